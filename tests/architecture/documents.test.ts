import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { documents } from './documents.ts'

describe('SECURITY.md', () => {
  const promises = readFileSync('SECURITY.md', 'utf8')
    .split('\n')
    .filter((line) => /^\| .*\.(?:ts|svelte)`/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))

  it('has promises', () => {
    expect(promises.length).toBeGreaterThan(25)
  })

  it.each(promises)('%s%s has a test', (_, promise, proof = '') => {
    const [, file = '', title = ''] = /^`([^`]+)`: (.+)$/.exec(proof) ?? []
    expect(promise).not.toBe('')
    expect(title).not.toBe('')
    expect(readFileSync(file, 'utf8')).toContain(title)
  })

  it('promises nothing without a test', () => {
    const rows = readFileSync('SECURITY.md', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| ') && !/^\| (?:promise|---)/.test(line))
    expect(rows).toHaveLength(promises.length)
  })
})

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
