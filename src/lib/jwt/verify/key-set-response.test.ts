import { describe, expect, test } from 'vitest'
import type { HttpResponse, Outcome } from '../../http/message.ts'
import { readKeySetAnswer } from './key-set-response.ts'

const answer = (body: string, status = 200): Outcome => ({
  kind: 'response',
  response: { status, statusText: '', headers: [], body: new TextEncoder().encode(body) },
})
const partial: HttpResponse = { status: 200, statusText: '', headers: [], body: new Uint8Array(3) }

const explained = (outcome: Outcome) => {
  const read = readKeySetAnswer(outcome)
  return read.ok ? 'keys' : read.explanation
}

test('the keys of a JWK Set are read, and an empty set is one', () => {
  const read = readKeySetAnswer(answer('{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k","x":"AA"}]}'))
  expect(read).toMatchObject({ ok: true, source: { kind: 'set', keys: [{ kid: 'k', kty: 'OKP' }] } })
  expect(readKeySetAnswer(answer('{"keys":[]}'))).toMatchObject({ ok: true, source: { keys: [] } })
})

const jwk = `{"kty":"OKP","crv":"Ed25519","kid":"k","x":"${'A'.repeat(43)}"}`
const pem =
  '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----'

test.each([
  ['a bare array', `[${jwk}]`, /bare array/],
  ['a single JWK', jwk, /single JWK/],
  ['a set inside something else', `{"data":{"keys":[${jwk}]}}`, /somewhere inside/],
  ['a PEM', pem, /PEM or DER/],
])(
  'RFC 7517 5: "A JWK Set is a JSON object" with keys: %s is read, and others refuse it',
  (_, body, words) => {
    const read = readKeySetAnswer(answer(body))
    if (!read.ok || read.source.kind !== 'set') throw new Error('no keys')
    expect(read.source.keys).toHaveLength(1)
    expect(read.source.notes.join()).toMatch(words)
    expect(read.source.notes.join()).toContain('jose, PyJWKClient')
  },
)

test('of a JWK Set nothing is said', () => {
  expect(readKeySetAnswer(answer(`{"keys":[${jwk}]}`))).toMatchObject({ source: { notes: [] } })
})

describe('if no keys came, it is said why', () => {
  test.each<[string, Outcome, RegExp]>([
    ['nothing there', answer('', 404), /\(404\).*jwks_uri/],
    ['an empty response', answer(''), /empty/],
    ['bytes', answer('\0\0'), /not text.*NUL/],
    ['a page', answer('<!doctype html><title>Sign in</title>'), /page in HTML, titled “Sign in”/],
    ['JSON of another kind', answer('{"active":false}'), /no JWK/],
    [
      'a response that broke off',
      { kind: 'failure', name: 'TypeError', message: '', partial },
      /before the response was complete/,
    ],
    ['too long a wait', { kind: 'aborted', by: 'timeout', partial: null }, /time was over/],
    ['a download', { kind: 'aborted', by: 'size', partial: null }, /16 MiB/],
    ['a change of mind', { kind: 'aborted', by: 'person', partial: null }, /Cancelled/],
  ])('%s', (_case, outcome, words) => {
    const read = readKeySetAnswer(outcome)
    if (read.ok) throw new Error('keys')
    const { title, meaning, fixes } = read.explanation
    expect(`${title}. ${meaning}`).toMatch(words)
    expect(fixes).toEqual([])
  })

  test('what a page may not read can be pasted', () => {
    const failure = { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null } as const
    const paste = { text: 'Paste the keys', paste: 'keys' }
    expect(explained(failure)).toMatchObject({
      certainty: 'possible',
      causes: expect.arrayContaining([expect.stringContaining('CORS')]) as string[],
      fixes: [expect.stringContaining('in a tab'), paste],
    })
    expect(explained({ kind: 'opaque-redirect' })).toMatchObject({ fixes: [expect.any(String), paste] })
  })

  test('metadata says where the keys are instead', () => {
    const metadata = '{"issuer":"https://as.example","jwks_uri":"https://as.example/jwks"}'
    expect(explained(answer(metadata))).toMatchObject({
      fixes: [{ text: 'Fetch them there', moveTo: 'https://as.example/jwks' }],
    })
  })
})
