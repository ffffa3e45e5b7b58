import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bashRequests } from './bash.ts'
import { curlRequests } from './curl-request.ts'

/** Quotes and escapes, and nothing that runs, expands or redirects. */
const pieces = [
  "'",
  '"',
  '\\',
  ' ',
  "$'",
  '$"',
  'a',
  'n',
  'x41',
  '\\u00e9',
  '\\x7',
  '\\101',
  'é',
  '#',
  '=',
  '-',
  '\\\n',
  '!',
  '%',
]
const words = fc.string({ unit: fc.constantFrom(...pieces), maxLength: 12 })

const hasBash = spawnSync('bash', ['--version']).status === 0

/** The words that bash hands to a program; `null`: it does not read the text. */
function wordsOf(text: string): readonly string[] | null {
  const script = `curl() { printf '%s\\0' "$@"; exit; }\n${text}\n`
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], {
    encoding: 'utf8',
    env: { LC_ALL: 'C.UTF-8' },
  })
  return status === 0 && stderr === '' ? stdout.split('\0').slice(0, -1) : null
}

it.skipIf(!hasBash)(
  'the words are those of bash itself',
  async () => {
    const seen = { read: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(words, async (text) => {
        const command = `curl https://x.example/ --data-raw x${text}`
        const expected = wordsOf(command)
        const found = await bashRequests(command)
        if (expected === null)
          expect(found).toEqual([{ refusal: expect.stringContaining('does not read') as string }])
        else expect(found).toEqual(curlRequests({ words: expected, stdin: null }))
        seen[expected === null ? 'refused' : 'read'] += 1
      }),
      { numRuns: 300 },
    )
    expect(seen.read).toBeGreaterThan(50)
    expect(seen.refused).toBeGreaterThan(20)
  },
  30_000,
)
