import { expect, test } from 'vitest'
import { createDpopNonces } from './dpop-nonces.ts'

test('a nonce is good for 120 s, then known as expired, and unknown once a thousand came after it', () => {
  let now = 0
  const nonces = createDpopNonces(() => now)
  const first = nonces.issue()
  expect(nonces.check(first)).toEqual({ result: 'pass', found: `nonce '${first}', 120 s left` })
  now = 120_000
  expect(nonces.check(first).found).toBe(`nonce '${first}' expired 0 s ago; the one to use is in DPoP-Nonce`)
  for (let count = 0; count < 1000; count++) nonces.issue()
  expect(nonces.check(first).found).toBe(`nonce '${first}' is unknown; the one to use is in DPoP-Nonce`)
})

test('no nonce is like another, and each has the syntax of one', () => {
  const nonces = createDpopNonces(() => 0)
  const issued = Array.from({ length: 100 }, () => nonces.issue())
  expect(new Set(issued).size).toBe(100)
  for (const nonce of issued) expect(nonce).toMatch(/^[\x21\x23-\x5b\x5d-\x7e]+$/)
})
