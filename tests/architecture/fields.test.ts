import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sourceFiles } from './import-graph.ts'

/** What a user types text into, as it is written in the components. */
const fields = sourceFiles()
  .filter(({ path }) => path.endsWith('.svelte'))
  .flatMap(({ path }) => {
    // An arrow function has a > in it.
    const markup = readFileSync(path, 'utf8').replaceAll('=>', '')
    return [...markup.matchAll(/<(?:input|textarea)\b[^>]*>/g)].map(([tag]) => ({ path, tag }))
  })
  .filter(({ tag }) => !/type="(?:checkbox|file|number)"/.test(tag))

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
