import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './checks/command.ts'
import { caching, edited, headersOfAll, hostFiles, policyOf } from './hosting.ts'

describe.each(Object.keys(hostFiles))('hosting/%s', (name) => {
  const text = readFileSync(join(root, 'hosting', name), 'utf8')

  it.each(Object.entries(headersOfAll))('sends %s', (field, value) => {
    const line = text.split('\n').find((one) => one.includes(field))
    expect(line?.replaceAll('"', '')).toMatch(new RegExp(`${field}:? ${value.replace(/[()]/g, '\\$&')};?$`))
  })

  it('sends the policy of each page, and how long its files are good', () => {
    for (const part of ['@POLICY@', '@POLICY_OF_ONE_FILE@', caching.hashed, caching.other, '/assets/'])
      expect(text).toContain(part)
    // With it, the page could not do what it is for.
    expect(text).not.toMatch(/local-network|require-corp/)
  })
})

it('the policy of a header is that of the page, which nobody may have in a frame', () => {
  const html = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
  expect(policyOf(html)).toBe("default-src 'none'; frame-ancestors 'none'")
  expect(() => policyOf('<title>x</title>')).toThrow('no policy')
})

it.each(Object.entries(edited))('%s is shipped empty, and asked for anew each time', (name, text) => {
  expect(readFileSync(join(root, 'public', name), 'utf8').trim()).toBe(text)
  expect(readFileSync(join(root, 'hosting/_headers'), 'utf8')).toContain(
    `/${name}\n  Cache-Control: ${caching.other}\n`,
  )
})
