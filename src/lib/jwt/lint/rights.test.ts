import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { parseJson } from '../../json/parse.ts'
import { contextOfPasted } from '../../oauth/token/lint-context.ts'
import { decide } from '../resource-server/resource-server.ts'
import { cpuMs, token } from '../verify/jws-testing.ts'
import { lintToken } from './lint-token.ts'
import { heldElsewhere } from './rights.ts'

const now = 1_796_000_000_000
const s = now / 1000
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const signed = (more: object) =>
  token(
    { alg: 'ES256', typ: 'at+jwt' },
    { iss: 'https://as.example', aud: 'api', sub: 'm2m', exp: s + 300, ...more },
    privateKey,
  )

/** The status, and what an API that demands a scope says of it. */
function api(more: object, scope = 'read'): string {
  const demands = { issuer: '', audience: '', scope, scheme: 'Bearer' } as const
  const { checks, response } = decide(signed(more), demands, { verification: null, now, tolerance: 0 })
  const check = checks.at(-1)
  return `${response.status} ${check?.result}: ${check?.found}`
}

async function lint(more: object, requestedScope: string | null = 'read'): Promise<string> {
  const { checks } = await lintToken(signed(more), { ...contextOfPasted(now), requestedScope })
  const check = checks.find(({ what }) => what === 'The scope is the one asked for')
  return `${check?.result}: ${check?.found}`
}

const holders: readonly (readonly [claims: object, place: string, who?: RegExp])[] = [
  [{ roles: ['read'] }, 'roles', /Microsoft Entra ID/],
  [{ roles: 'read' }, 'roles', /Microsoft Entra ID/],
  [{ roles: ['ROLE_read'] }, 'roles'],
  [{ permissions: ['read', 'x'] }, 'permissions', /Auth0/],
  [{ permissions: 'x read' }, 'permissions', /Auth0/],
  [{ authorities: ['read'] }, 'authorities', /UAA/],
  [{ authorities: [{ authority: 'SCOPE_read' }] }, 'authorities.authority'],
  [{ groups: ['read'] }, 'groups', /map groups/],
  [{ 'cognito:groups': ['read'] }, 'cognito:groups', /map groups/],
  [{ entitlements: ['read'] }, 'entitlements'],
  [{ realm_access: { roles: ['read'] } }, 'realm_access.roles', /Keycloak/],
  [{ resource_access: { 'my-api': { roles: ['x', 'read'] } } }, 'resource_access.my-api.roles', /Keycloak/],
  [
    { authorization: { permissions: [{ rsname: 'r', scopes: ['read'] }] } },
    'authorization.permissions.scopes',
  ],
  [
    { authorization_details: [{ type: 'x', actions: ['read'] }] },
    'authorization_details.actions',
    /RFC 9396/,
  ],
  [
    { 'urn:zitadel:iam:org:project:roles': { read: { '1': 'x.example' } } },
    'urn:zitadel:iam:org:project:roles',
    /zitadel/,
  ],
  [{ 'https://api.example/roles': ['read'] }, 'https://api.example/roles'],
  [{ role: 'read' }, 'role'],
  [{ rights: 'write,read' }, 'rights'],
  [{ ext: { scopes: ['read'] } }, 'ext.scopes'],
  [{ client_scopes: 'read' }, 'client_scopes'],
]

describe('RFC 9068 2.2.3.1: a right that is in another claim is there', () => {
  test.each(holders.map(([claims, place, who = /./]) => ({ claims, place, who })))(
    '$claims',
    async ({ claims, place, who }) => {
      const [said, linted] = [api(claims), await lint(claims)]
      expect(said).toContain(
        `200 warn: It has no scope. “read” is in ${place}: an API that reads ${place} finds it, and one that reads the scope alone does not.`,
      )
      expect(linted).toContain(
        `note: Neither the response nor the token names a scope. “read” is in ${place}:`,
      )
      expect(said).toMatch(who)
    },
  )

  it('of two values, each is named with its place, and what is nowhere is missing', () => {
    const claims = { scope: 'openid', roles: ['read'], permissions: ['write'] }
    expect(api(claims, 'read write')).toMatch(/^200 .*“read” is in roles.*“write” is in permissions/)
    expect(api(claims, 'read admin')).toMatch(
      /^403 fail: scope has “openid”\. Missing: “admin”\. “read” is in roles/,
    )
    expect(api({ roles: ['read', 'write'] }, 'read write')).toContain(
      '“read”, “write” are in roles: an API that reads roles finds them',
    )
  })

  it('with a scope that lacks it, the lint says the same', async () => {
    expect(await lint({ scope: 'profile', roles: ['read'] })).toMatch(
      /^warn: .*Not granted: “read”.*“read” is in roles/,
    )
  })

  test.each([
    [{ roles: ['reader'] }],
    [{ roles: ['READ'] }],
    [{ sub: 'read' }],
    [{ client_id: 'read' }],
    [{ azp: 'read' }],
    [{ name: 'read' }],
    [{ settings: { read: true } }],
    [{ roles: [] }],
    [{ roles: null }],
  ])('%j is no such right', (claims) => {
    expect(api(claims)).toMatch(/^403 fail: It has no scope\. Missing: “read”\.$/)
  })
})

describe('RFC 8693 4.2: "a JSON string containing a space-separated list of scopes"', () => {
  test.each([
    [{ scope: 'read' }, /^200 pass: scope has “read”\.$/],
    [{ scope: ['read'] }, /^200 pass: scope has “read”\.$/],
    [{ scp: 'write read' }, /^200 pass: scp has “write”, “read”\.$/],
    [{ scope: '', scp: ['read'] }, /^200 pass: scp has “read”\.$/],
    [{ scope: null, scopes: ['read'] }, /^200 warn: scopes has “read”\. scope is null, and neither/],
    [{ scope: ['write read'] }, /^200 warn: .*“write read” in it is one item/],
    [
      { scope: 'write,read' },
      /^403 fail: .*scope is “write,read”: values are separated by spaces.*Missing: “read”/,
    ],
    [
      { scope: null },
      /^403 fail: It has no scope\. scope is null, and neither a string nor an array of strings: no API reads it\. Missing/,
    ],
    [{ scope: { read: true } }, /^403 fail: .*scope is an object, and neither/],
    [{ scope: [1] }, /^403 fail: .*scope is \[1\], and neither/],
    [{ scope: 'api/read' }, /^403 fail: .*Missing: .*It has “api\/read”, which is not “read”/],
    [{ scope: 'READ' }, /^403 fail: .*It has “READ”, which is not “read”/],
    [{ scope: [] }, /^403 fail: scope has none\. Missing: “read”\.$/],
  ])('%j', (claims, words) => {
    expect(api(claims)).toMatch(words)
  })

  it('Spring puts SCOPE_ before what it reads in the scope', () => {
    expect(api({ scope: 'read' }, 'SCOPE_read')).toMatch(/^200 pass/)
  })

  test.each([
    [{ scope: 'write,read' }, 'read', /^warn: .*values are separated by spaces/],
    [{ scope: null }, 'read', /^warn: scope is null/],
    [{ scope: null }, null, /^warn: scope is null/],
    [
      { roles: ['Orders.Read'] },
      'api://orders/.default',
      /^pass: “\.default” asks for all.*that is in roles\./,
    ],
    [{}, 'https://graph.microsoft.com/.default', /^warn: .*no application permission is granted/],
    [{ authorities: ['x'] }, null, /^skipped: .*It has authorities\./],
    [{ groups: [] }, null, /^warn: None was asked for, and none is named/],
  ])('the lint: %j, asked for %s', async (claims, asked, words) => {
    expect(await lint(claims, asked)).toMatch(words)
  })
})

it('of a hundred thousand values, no more are looked at than a token has', () => {
  const roles = Array.from({ length: 100_000 }, (_, i) => `r${i}`)
  const parsed = parseJson(JSON.stringify({ roles, deep: { a: { b: { c: { d: { e: 'read' } } } } } }))
  const start = cpuMs()
  expect(heldElsewhere(parsed.ok ? parsed.value : null, ['read', 'r5', 'r99999'])).toEqual([
    { wanted: 'r5', path: 'roles' },
  ])
  expect(cpuMs() - start).toBeLessThan(2000)
})
