import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { documents } from './documents.ts'

describe('a document of the project', () => {
  it.each(documents)('names only files that exist: %s', (document) => {
    const named = [...readFileSync(document, 'utf8').matchAll(/`((?:src|tests|scripts)\/[^`\s*{}]+)`/g)]
    const missing = named.map(([, path = '']) => path).filter((path) => !existsSync(path))
    expect(missing).toEqual([])
  })

  it('of how to contribute names files at all', () => {
    expect(readFileSync('CONTRIBUTING.md', 'utf8').match(/`(src|tests)\//g)?.length).toBeGreaterThan(20)
  })
})
