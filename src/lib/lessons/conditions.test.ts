import { describe, expect, it } from 'vitest'
import { conditionNames, type ExchangeCondition, holds } from './conditions.ts'
import { basic, entryOf, issuing, jwtOf, type Told } from './entry-testing.ts'
import { seen } from './seen.ts'

/** A value of a condition, with exchanges for which it holds and exchanges for which it does not. */
interface Case<Wanted = unknown> {
  readonly wanted: Wanted
  readonly holds: readonly Told[]
  readonly not: readonly Told[]
}

const token = jwtOf({ iss: 'https://as.example', aud: ['a', 'b'], exp: 100, scope: 'read' })
const api = { about: 'api', method: 'GET', url: 'https://api.example/v1/things', token }
const bearer = (used: string): Told => ({ ...api, headers: [['authorization', `Bearer ${used}`]] })
const withProof = (claims: object): Told => ({ ...api, headers: [['DPoP', jwtOf(claims)]] })
const refused = (error: string): Told => ({ status: 400, body: { error } })
const secretInBody = [
  ['client_id', 'c'],
  ['client_secret', 's'],
] as const

const cases: {
  readonly [Name in keyof Required<ExchangeCondition>]: readonly Case<NonNullable<ExchangeCondition[Name]>>[]
} = {
  about: [{ wanted: 'token', holds: [{}], not: [{ about: 'probe' }, api] }],
  status: [{ wanted: 200, holds: [{}], not: [{ status: 400 }, { status: null }] }],
  error: [
    {
      wanted: 'invalid_scope',
      holds: [refused('invalid_scope')],
      not: [refused('invalid_client'), { status: null }, {}],
    },
    {
      wanted: 'invalid_token',
      holds: [{ ...api, status: 401, challenge: 'Bearer realm="x", error="invalid_token"' }],
      not: [{ ...api, status: 401, challenge: 'Bearer realm="x"' }],
    },
    {
      wanted: '',
      holds: [{ ...api, status: 401, challenge: 'Bearer realm="x"' }, { ...issuing(token) }],
      not: [refused('invalid_scope'), { status: null }],
    },
  ],
  method: [{ wanted: 'GET', holds: [api], not: [{}] }],
  path: [{ wanted: '/things', holds: [api], not: [{}, { ...api, url: 'https://api.example/a?b=/things' }] }],
  client: [{ wanted: 'm2m', holds: [{ client: 'm2m' }], not: [{ client: 'm2m-two' }] }],
  auth: [
    { wanted: 'header', holds: [{ headers: basic('c:s') }], not: [{}, { form: secretInBody }] },
    { wanted: 'body', holds: [{ form: secretInBody }], not: [{ form: [['client_id', 'c']] }] },
    { wanted: 'both', holds: [{ headers: basic('c:s'), form: secretInBody }], not: [{ form: secretInBody }] },
    {
      wanted: 'assertion',
      holds: [{ form: [['client_assertion', jwtOf({})]] }],
      not: [{ form: secretInBody }],
    },
    { wanted: 'none', holds: [{ form: [['client_id', 'c']] }], not: [{ headers: basic('c:s') }] },
  ],
  encoded: [
    {
      wanted: true,
      holds: [{ headers: basic('c:p%C3%BC+s') }, { headers: basic('c-1.x_y:*') }],
      not: [{ headers: basic('c:p ü') }, { headers: basic('c:50%') }, { form: secretInBody }],
    },
    {
      wanted: false,
      holds: [{ headers: basic('c:a:b') }, { headers: basic('c:ü') }, { headers: basic('c:100%') }],
      not: [{ headers: basic('c:s') }, {}, { headers: [['authorization', 'Basic !']] }],
    },
  ],
  assertion: [
    {
      wanted: { sub: 'c', jti: true, nbf: false },
      holds: [{ form: [['client_assertion', jwtOf({ sub: 'c', jti: 'j' })]] }],
      not: [
        { form: [['client_assertion', jwtOf({ sub: 'd', jti: 'j' })]] },
        { form: [['client_assertion', jwtOf({ sub: 'c', jti: 'j', nbf: 1 })]] },
        { form: [['client_assertion', 'opaque']] },
        {},
      ],
    },
  ],
  sent: [
    {
      wanted: { scope: false, resource: 'https://b.example' },
      holds: [
        {
          form: [
            ['resource', 'https://a.example'],
            ['resource', 'https://b.example'],
          ],
        },
      ],
      not: [
        {
          form: [
            ['resource', 'https://b.example'],
            ['scope', ''],
          ],
        },
        { form: [['resource', 'https://b.example/']] },
      ],
    },
    { wanted: { scope: true }, holds: [{ form: [['scope', 'read']] }], not: [{ form: [] }, {}] },
  ],
  granted: [
    {
      wanted: 'read write',
      holds: [
        issuing(token, { scope: 'write read' }),
        // As asked for, if the response names none.
        { ...issuing(token), form: [['scope', 'read write']] },
      ],
      not: [
        issuing(token, { scope: 'read' }),
        { ...issuing(token, { scope: 'read' }), form: [['scope', 'read write']] },
        { ...refused('invalid_scope'), form: [['scope', 'read write']] },
      ],
    },
  ],
  claims: [
    {
      wanted: { aud: 'b', cnf: false, exp: true },
      holds: [issuing(token), bearer(token)],
      not: [
        issuing(jwtOf({ aud: 'b' })),
        issuing(jwtOf({ aud: 'b', exp: 1, cnf: {} })),
        issuing('opaque'),
        {},
      ],
    },
  ],
  opaque: [
    { wanted: true, holds: [issuing('abc')], not: [issuing(token), {}] },
    { wanted: false, holds: [issuing(token)], not: [issuing('abc'), refused('invalid_client')] },
  ],
  presented: [
    { wanted: 'Bearer', holds: [bearer(token)], not: [api, { headers: basic('c:s') }] },
    {
      wanted: 'DPoP',
      holds: [{ ...api, headers: [['Authorization', `dpop ${token}`]] }],
      not: [bearer(token)],
    },
    { wanted: 'none', holds: [api, withProof({})], not: [bearer(token)] },
  ],
  altered: [
    { wanted: true, holds: [bearer(`${token}x`)], not: [bearer(token), api] },
    { wanted: false, holds: [bearer(token)], not: [bearer('from elsewhere'), api] },
  ],
  expired: [
    { wanted: true, holds: [{ ...api, at: 100_000 }], not: [{ ...api, at: 99_999 }, {}] },
    {
      wanted: false,
      holds: [{ ...api, at: 99_999 }],
      not: [
        { ...api, at: 100_000 },
        { ...api, token: 'opaque' },
      ],
    },
  ],
  proof: [
    {
      wanted: { nonce: true, htm: 'GET' },
      holds: [withProof({ htm: 'GET', nonce: 'n' })],
      not: [withProof({ htm: 'GET' }), withProof({ htm: 'POST', nonce: 'n' }), api],
    },
  ],
  active: [
    {
      wanted: true,
      holds: [{ about: 'introspection', body: { active: true } }],
      not: [
        { about: 'introspection', body: { active: false } },
        { about: 'introspection', body: {} },
        { body: { active: true } },
      ],
    },
    {
      wanted: false,
      holds: [{ about: 'introspection', body: { active: false } }],
      not: [
        { about: 'introspection', body: { active: true } },
        { about: 'introspection', status: 401 },
      ],
    },
  ],
  replay: [
    { wanted: true, holds: [{ replayOf: 3 }], not: [{}] },
    { wanted: false, holds: [{}], not: [{ replayOf: 3 }] },
  ],
  token: [
    { wanted: 'same', holds: [issuing(token), bearer(token)], not: [issuing('abc'), {}] },
    { wanted: 'other', holds: [issuing('abc')], not: [issuing(token), bearer(token), {}] },
  ],
}

it('every condition has its cases', () => {
  expect([...conditionNames].sort()).toEqual(Object.keys(cases).sort())
})

describe.each(conditionNames)('%s', (name) => {
  const context = { before: seen(entryOf(issuing(token))), issued: new Map([[token, 0]]) }
  const check = (wanted: unknown, told: Told) => {
    const entry = entryOf(told)
    return holds({ about: entry.about, [name]: wanted } as ExchangeCondition, seen(entry), context)
  }

  it.each(cases[name] as readonly Case[])(
    '$wanted holds for some exchanges, and for others it does not',
    (one) => {
      expect(one.holds.map((told) => check(one.wanted, told))).toEqual(one.holds.map(() => true))
      expect(one.not.map((told) => check(one.wanted, told))).toEqual(one.not.map(() => false))
    },
  )
})

it('nothing is the same token as none, if no exchange met a step before', () => {
  const first = seen(entryOf(issuing(token)))
  for (const wanted of ['same', 'other'] as const)
    expect(holds({ about: 'token', token: wanted }, first, { before: null, issued: new Map() })).toBe(false)
})
