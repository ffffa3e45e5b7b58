import { describe, expect, it } from 'vitest'
import type { HttpResponse } from '../../http/message.ts'
import { emptyConfig } from '../config/config.ts'
import { invalidDpopProof, useDpopNonce } from './dpop-refused.ts'
import { readTokenResponse, type Answer } from '../response/read-response.ts'

const bound = (dpop: object = {}) => ({ ...emptyConfig, dpop: { ...emptyConfig.dpop, on: true, ...dpop } })

function refusal(error_description: string, headers: HttpResponse['headers'] = []): Answer {
  const body = new TextEncoder().encode(JSON.stringify({ error: 'x', error_description }))
  const response = { status: 400, statusText: '', headers, body }
  const reading = readTokenResponse({ kind: 'response', response })
  if (reading.kind !== 'refused') throw new Error('Not a refusal')
  return reading.answer
}

describe('a proof that is refused', () => {
  it.each([
    ['DPoP proof htu mismatch', 'another URL than the htu'],
    ['the htu parameter must be equals to https://localhost:5001/master/token', 'another URL than the htu'],
    ['the alg PS256 is not supported', 'the algorithm of the key'],
    ['DPoP proof JWT Replay detected', 'was used before'],
    ['DPoP proof iat is not recent enough', 'The clocks differ'],
    ['DPoP is expired', 'demands an exp'],
    ['DPoP proof must have an exp', 'demands an exp'],
    ['no', 'The clocks differ'],
  ])('“%s”: what the words point at comes first', (words, first) => {
    const { causes } = invalidDpopProof(bound(), refusal(words))
    expect(causes[0]).toContain(first)
    expect(causes).toHaveLength(5)
    expect(new Set(causes).size).toBe(5)
  })

  it('has an end offered only if it has none', () => {
    const { causes, fixes } = invalidDpopProof(bound({ lifetime: 200 }), refusal('DPoP is expired'))
    expect(causes[0]).toContain('The clocks differ')
    expect(JSON.stringify([causes, fixes])).not.toContain('exp of 200')
    expect(invalidDpopProof(bound(), refusal('')).fixes).toContainEqual(
      expect.objectContaining({ change: { dpop: { lifetime: 200 } } }),
    )
  })

  it('names the members the user has put into it, with the way back', () => {
    const config = bound({ payload: '{"htu": "https://a.example", "nonce": "x"}' })
    const { causes, fixes } = invalidDpopProof(config, refusal(''))
    expect(causes[0]).toBe('“More members” put htu, nonce into the proof.')
    expect(fixes[0]).toMatchObject({ change: { dpop: { payload: '' } } })
  })
})

describe('a nonce that is demanded', () => {
  it('is said to be the way to go if a page can read it, and hidden if it cannot', () => {
    const told = useDpopNonce(bound(), refusal('', [['dpop-nonce', 'n']]))
    expect(told.meaning).toContain('The one to use came with this response')
    const hidden = useDpopNonce(bound(), refusal(''))
    expect(hidden.meaning).toContain('no retry can succeed from a page')
    expect(JSON.stringify(hidden.fixes)).toContain('Access-Control-Expose-Headers: DPoP-Nonce')
  })
})
