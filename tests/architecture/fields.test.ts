import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sourceFiles } from './import-graph.ts'

/** The tags of that pattern, as they are written in the components. */
const tagsOf = (pattern: RegExp) =>
  sourceFiles()
    .filter(({ path }) => path.endsWith('.svelte'))
    .flatMap(({ path }) => {
      // An arrow function has a > in it.
      const markup = readFileSync(path, 'utf8').replaceAll('=>', '')
      return [...markup.matchAll(pattern)].map(([tag]) => ({ path, tag }))
    })

/** What a user types text into. */
const fields = tagsOf(/<(?:input|textarea)\b[^>]*>/g).filter(
  ({ tag }) => !/type="(?:checkbox|file|number)"/.test(tag),
)

describe('a field for text', () => {
  it('is there', () => {
    expect(fields.length).toBeGreaterThan(10)
  })

  it.each(fields)('of $path is not written to the disk with the session', ({ tag }) => {
    expect(tag).toContain('autocomplete="off"')
  })

  it.each(fields)('of $path is no password that a browser offers to save', ({ tag }) => {
    expect(tag).not.toMatch(/type=.*password/)
  })
})

// Chromium chooses in a page that is opened anew what was chosen in the one before, at the same place of the tab's history.
it.each(tagsOf(/<select\b[^>]*>/g))(
  'a choice of $path shows what the page has, after Back, too',
  ({ tag }) => {
    expect(tag).toContain('autocomplete="off"')
  },
)
