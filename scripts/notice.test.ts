import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { noticeMarkup, noticeScript } from './notice.ts'
import { neededFeatures, supportedBrowsers } from './supported.ts'

describe.each(['folder', 'file'] as const)('in the HTML of a %s', (delivery) => {
  it('the script is of 2015, so that an old browser can run it', () => {
    const script = noticeScript(delivery)
    const options = { target: ts.ScriptTarget.ES2015, removeComments: false }
    const lowered = ts.transpileModule(script, { compilerOptions: options }).outputText
    const asIs = ts.transpileModule(script, {
      compilerOptions: { target: ts.ScriptTarget.ESNext },
    }).outputText
    expect(lowered).toBe(asIs)
    for (const feature of Object.keys(neededFeatures)) expect(script).toContain(feature)
  })

  it('the notice names the browsers', () => {
    expect(noticeMarkup(delivery)).toContain(supportedBrowsers)
  })
})

it('only a folder has files that may be missing, and an address to correct', () => {
  expect(noticeMarkup('folder')).toContain('did not load')
  expect(noticeMarkup('file')).not.toContain('did not load')
  expect(noticeScript('folder')).toContain('pathname')
  expect(noticeScript('file')).not.toContain('pathname')
})

it('the README names the browsers', () => {
  expect(readFileSync('README.md', 'utf8').replaceAll(/\s+/g, ' ')).toContain(supportedBrowsers)
})
