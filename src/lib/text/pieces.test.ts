import { expect, it } from 'vitest'
import { piecesOf } from './pieces.ts'

it('joins to the text, of any length, with and without lines', () => {
  for (const text of [
    '',
    'a',
    'a\n'.repeat(100_000),
    'x'.repeat(500_001),
    `${'x'.repeat(65_536)}\n${'y'.repeat(10)}`,
  ]) {
    expect(piecesOf(text).join('')).toBe(text)
  }
})

it('never cuts a character in two', () => {
  for (const piece of piecesOf(`x${'😀'.repeat(100_000)}`)) expect(piece).not.toMatch(/\p{Surrogate}/u)
})

it('ends a piece at a line break if one is near, and leaves a short text whole', () => {
  const lines = 'a line of forty characters, more or less\n'.repeat(10_000)
  const pieces = piecesOf(lines)
  expect(pieces.length).toBeGreaterThan(4)
  for (const piece of pieces) expect(piece.endsWith('\n')).toBe(true)
  expect(piecesOf('short')).toEqual(['short'])
})
