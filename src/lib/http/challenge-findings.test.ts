import { describe, expect, it } from 'vitest'
import { challengeFindings } from './challenge-findings.ts'
import { challengeParameter, parseChallenges } from './challenges.ts'

const listed = 'The access token provided is expired, revoked, malformed, or invalid for other reasons.'

/** What is read of each parameter, and the sections of what deviates. */
const read = (field: string, status = 401) => ({
  challenges: parseChallenges(field).map(({ scheme, parameters }) => [
    scheme,
    ...parameters.map(([name, value]) => `${name}=${value}`),
  ]),
  sections: challengeFindings(field, status)
    .filter(({ result }) => result !== 'pass')
    .map(({ result, spec }) => `${result} ${spec?.label ?? ''}`),
})

describe('a challenge that deviates from the grammar is read, and each deviation has its section', () => {
  it.each<[field: string, challenges: readonly (readonly string[])[], sections: readonly string[]]>([
    [
      `Bearer, error="invalid_token", error_description="${listed}"`,
      [['Bearer', 'error=invalid_token', `error_description=${listed}`]],
      ['fail RFC 9110 11.2'],
    ],
    [
      'Bearer error="invalid_token", error_description="The "aud" claim is bad", error_uri="https://a.example"',
      [
        [
          'Bearer',
          'error=invalid_token',
          'error_description=The "aud" claim is bad',
          'error_uri=https://a.example',
        ],
      ],
      ['fail RFC 9110 5.6.4'],
    ],
    [
      'Bearer error="invalid_token", error_description="expected "a", got "b""',
      [['Bearer', 'error=invalid_token', 'error_description=expected "a", got "b"']],
      ['fail RFC 9110 5.6.4'],
    ],
    [
      "Bearer realm='a b', error='invalid_token', error_description='The token isn't valid'",
      [['Bearer', 'realm=a b', 'error=invalid_token', "error_description=The token isn't valid"]],
      ['fail RFC 9110 5.6.4'],
    ],
    [
      'Bearer error=“invalid_token”, error_description=“Gone”',
      [['Bearer', 'error=invalid_token', 'error_description=Gone']],
      ['fail RFC 9110 5.6.4'],
    ],
    [
      'Bearer error=\\"invalid_token\\", realm=\\"x\\"',
      [['Bearer', 'error=invalid_token', 'realm=x']],
      ['fail RFC 9110 5.6.4'],
    ],
    [
      'Bearer error="invalid_token, error_description="The token expired"',
      [['Bearer', 'error=invalid_token', 'error_description=The token expired']],
      ['fail RFC 9110 5.6.4'],
    ],
    [
      'Bearer error="invalid_token", error_description="The token expired',
      [['Bearer', 'error=invalid_token', 'error_description=The token expired']],
      ['fail RFC 9110 5.6.4'],
    ],
    [
      'Bearer error="invalid_token", error_description="Zugriff verweigert: \u00c3\u00bcber"',
      [['Bearer', 'error=invalid_token', 'error_description=Zugriff verweigert: über']],
      ['fail RFC 6750 3'],
    ],
    [
      'Bearer error="invalid_token", error_description="caf\u00e9"',
      [['Bearer', 'error=invalid_token', 'error_description=café']],
      ['fail RFC 6750 3'],
    ],
    [
      'Bearer realm="x" error="invalid_token" error_description="Gone"',
      [['Bearer', 'realm=x', 'error=invalid_token', 'error_description=Gone']],
      ['fail RFC 9110 11.2'],
    ],
    [
      'Bearer realm=x scope="a b"',
      [['Bearer', 'realm=x', 'scope=a b']],
      ['note RFC 9110 11.2', 'fail RFC 9110 11.2'],
    ],
    ['Bearer error=invalid_token', [['Bearer', 'error=invalid_token']], ['note RFC 9110 11.2']],
    [
      'Bearer error=invalid_token, error_description=The token expired',
      [['Bearer', 'error=invalid_token', 'error_description=The token expired']],
      ['note RFC 9110 11.2', 'fail RFC 9110 5.6.4'],
    ],
    ['bearer realm="x"', [['bearer', 'realm=x']], ['note RFC 9110 11.1']],
    ['Bearer', [['Bearer']], ['fail RFC 6750 3']],
    ['Bearer realm="x"', [['Bearer', 'realm=x']], []],
    ['DPoP algs="ES256 PS256"', [['DPoP', 'algs=ES256 PS256']], []],
    ['Negotiate, Bearer', [['Negotiate'], ['Bearer']], ['fail RFC 6750 3']],
    ['Negotiate, Basic realm="x"', [['Negotiate'], ['Basic', 'realm=x']], []],
    [
      'Bearer error="invalid_token", DPoP algs="ES256", error="invalid_token"',
      [
        ['Bearer', 'error=invalid_token'],
        ['DPoP', 'algs=ES256', 'error=invalid_token'],
      ],
      [],
    ],
    [
      'Bearer realm="x"; error="invalid_token"; error_description="Gone, for good"',
      [['Bearer', 'realm=x', 'error=invalid_token', 'error_description=Gone, for good']],
      ['fail RFC 9110 11.2'],
    ],
    [
      'Bearer {"error":"invalid_token","error_description":"Gone"}',
      [['Bearer', 'error=invalid_token', 'error_description=Gone']],
      ['fail RFC 9110 11.6.1', 'fail RFC 9110 11.2', 'fail RFC 9110 11.2'],
    ],
    ['Bearer: error="invalid_token"', [['Bearer', 'error=invalid_token']], ['fail RFC 9110 11.6.1']],
    [
      'error="invalid_token", error_description="Gone"',
      [['', 'error=invalid_token', 'error_description=Gone']],
      ['fail RFC 9110 11.6.1'],
    ],
    [
      'Bearer error="invalid_token", error="invalid_request"',
      [['Bearer', 'error=invalid_token', 'error=invalid_request']],
      ['fail RFC 6750 3'],
    ],
    ['', [], []],
  ])('%s', (field, challenges, sections) => {
    expect(read(field)).toEqual({ challenges, sections })
  })

  it('says so if nothing deviates, and which status a code goes with', () => {
    expect(challengeFindings('Bearer realm="x"', 401)).toMatchObject([{ result: 'pass' }])
    expect(challengeFindings('Bearer error="insufficient_scope"', 401)).toMatchObject([
      { result: 'note', what: 'insufficient_scope comes with status 403', found: 'The status is 401' },
    ])
    const [comma] = challengeFindings('Bearer, error="insufficient_scope"', 403)
    expect(comma?.found).toContain('A comma is between “Bearer” and its first parameter')
  })

  it('keeps a quotation mark that is escaped, and is no deviation', () => {
    const [challenge] = parseChallenges('Bearer error_description="\\"exp\\" claim timestamp check failed"')
    expect(challenge && challengeParameter(challenge, 'error_description')).toBe(
      '"exp" claim timestamp check failed',
    )
    expect(read('Bearer title="a, b=\\"c\\", d=", e="f"').sections).toEqual([])
  })
})
