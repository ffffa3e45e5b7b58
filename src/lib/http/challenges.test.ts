import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { challengeParameter, challengesOf, parseChallenges } from './challenges.ts'

const challenge = (scheme: string, ...parameters: [string, string][]) => ({
  scheme,
  token68: null,
  parameters,
})

describe('RFC 9110 section 11.6.1', () => {
  it('"the field value might contain more than one challenge": the example', () => {
    expect(
      parseChallenges('Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""'),
    ).toEqual([
      challenge('Basic', ['realm', 'simple']),
      challenge('Newauth', ['realm', 'apps'], ['type', '1'], ['title', 'Login to "apps"']),
    ])
  })

  it.each<[string, string, ReturnType<typeof parseChallenges>]>([
    ['a scheme alone', 'Negotiate', [challenge('Negotiate')]],
    ['two schemes alone', 'Bearer, DPoP', [challenge('Bearer'), challenge('DPoP')]],
    [
      'token68',
      'Negotiate a87421000492aa874209af8bc028==, Basic realm="x"',
      [
        { scheme: 'Negotiate', token68: 'a87421000492aa874209af8bc028==', parameters: [] },
        challenge('Basic', ['realm', 'x']),
      ],
    ],
    [
      'token68 of one padding',
      'NTLM TlRMTVNTUAA=',
      [{ scheme: 'NTLM', token68: 'TlRMTVNTUAA=', parameters: [] }],
    ],
    [
      'empty list elements',
      ' , ,Basic realm="x",, Bearer ,',
      [challenge('Basic', ['realm', 'x']), challenge('Bearer')],
    ],
    [
      'white space around =',
      'Bearer realm = "x" ,\terror\t=\ta',
      [challenge('Bearer', ['realm', 'x'], ['error', 'a'])],
    ],
    [
      'commas and escapes in a quoted string',
      'Bearer d="a, b=\\"c\\\\", e=1',
      [challenge('Bearer', ['d', 'a, b="c\\'], ['e', '1'])],
    ],
    [
      'names and repeats as they came',
      'bEARER Realm="x", realm="y"',
      [challenge('bEARER', ['Realm', 'x'], ['realm', 'y'])],
    ],
    ['nothing', '', []],
  ])('reads %s', (_what, value, expected) => {
    expect(parseChallenges(value)).toEqual(expected)
  })
})

describe('what servers send beyond the grammar', () => {
  it.each<[string, string, ReturnType<typeof parseChallenges>]>([
    [
      'no comma between parameters',
      'Bearer realm="x" error="invalid_token"',
      [challenge('Bearer', ['realm', 'x'], ['error', 'invalid_token'])],
    ],
    [
      'no comma between challenges',
      'Digest realm="x" Bearer error="y"',
      [challenge('Digest', ['realm', 'x']), challenge('Bearer', ['error', 'y'])],
    ],
    [
      'words without quotes',
      'Bearer error=invalid_token, error_description=The token expired',
      [challenge('Bearer', ['error', 'invalid_token'], ['error_description', 'The token expired'])],
    ],
    [
      'a URL without quotes',
      'Bearer error_uri=https://a.example/?b=c',
      [challenge('Bearer', ['error_uri', 'https://a.example/?b=c'])],
    ],
    [
      'a quote that is not closed',
      'Bearer error="invalid_token, x',
      [challenge('Bearer', ['error', 'invalid_token, x'])],
    ],
    [
      'no scheme',
      'error="invalid_token", error_description="gone"',
      [challenge('', ['error', 'invalid_token'], ['error_description', 'gone'])],
    ],
    ['an empty value', 'Bearer error="x", realm=', [challenge('Bearer', ['error', 'x'], ['realm', ''])]],
    ['stray characters', '(;) Bearer realm="x" @', [challenge('Bearer', ['realm', 'x'])]],
  ])('reads %s', (_what, value, expected) => {
    expect(parseChallenges(value)).toEqual(expected)
  })
})

describe('the fields of a response', () => {
  it('are read as one list, by any spelling of the name', () => {
    const read = challengesOf([
      ['www-authenticate', 'Bearer realm="x"'],
      ['date', 'y'],
      ['WWW-Authenticate', 'DPoP algs="ES256"'],
    ])
    expect(read.map(({ scheme }) => scheme)).toEqual(['Bearer', 'DPoP'])
  })

  it('give a parameter by its name in any case, the first of repeats', () => {
    const [read] = parseChallenges('Bearer Error="a", error="b"')
    expect(read && challengeParameter(read, 'error')).toBe('a')
    expect(read && challengeParameter(read, 'scope')).toBeNull()
  })
})

describe('hostile input', () => {
  const hard = fc.string({
    unit: fc.constantFrom('a', 'B', '=', '"', '\\', ',', ' ', '\t', '/', '\u0000', 'é', '\n'),
  })

  it('never throws, and stays within bounds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), hard), (value) => {
        expect(parseChallenges(value).length).toBeLessThanOrEqual(32)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['many challenges', 'a, '.repeat(100_000)],
    ['many parameters', `a ${'b="c",'.repeat(100_000)}`],
    ['one long scheme', 'a'.repeat(1_000_000)],
    ['one long token68 that is none', `a ${'b'.repeat(1_000_000)} c`],
    ['a quote that is never closed', `a b="${'\\"'.repeat(500_000)}`],
    ['spaces', `a${' '.repeat(1_000_000)}b`],
    ['unquoted words', `a b=${'c '.repeat(500_000)}`],
  ])('is not held up by %s', (_what, value) => {
    const found = parseChallenges(value)
    expect(found.length).toBeLessThanOrEqual(32)
    expect(found.flatMap(({ parameters }) => parameters).length).toBeLessThanOrEqual(128)
  })

  it('gives back what was put together by the grammar', () => {
    const token = fc.stringMatching(/^[A-Za-z][\w!#$%&'*+.^`|~-]{0,8}$/)
    const text = fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\\', '=', 'é') })
    const parameter = fc.tuple(token, text)
    const written = fc.array(fc.tuple(token, fc.array(parameter, { minLength: 1, maxLength: 3 })), {
      maxLength: 3,
    })
    fc.assert(
      fc.property(written, (challenges) => {
        const value = challenges
          .map(([scheme, parameters]) => {
            const list = parameters.map(([name, meant]) => `${name}="${meant.replace(/["\\]/g, '\\$&')}"`)
            return `${scheme} ${list.join(', ')}`
          })
          .join(', ')
        expect(parseChallenges(value)).toEqual(
          challenges.map(([scheme, parameters]) => challenge(scheme, ...parameters)),
        )
      }),
    )
  })
})
