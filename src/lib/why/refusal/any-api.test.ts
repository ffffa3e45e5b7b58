import { describe, expect, it } from 'vitest'
import { explainVerdict, textOf } from './explain.ts'
import { findReason } from './reason.ts'
import { factsOf, jwt, now, type Refusal } from './refusal-testing.ts'

const seconds = now / 1000

const refused = (refusal: Refusal, method = 'GET') => {
  const facts = factsOf({ endpoint: 'api', status: 401, ...refusal })
  const called = { ...facts, sent: { ...facts.sent, method } }
  const verdict = findReason(called, null, [])
  const { meaning, fixes } = explainVerdict(verdict, called)
  const { stage, certainty, reasons } = verdict
  return { cause: reasons[0]?.id, stage, certainty, meaning, fixes: fixes.map(textOf).join('\n'), verdict }
}

const challenge = (value: string) => [['www-authenticate', value]] as const

const good = { iss: 'https://as.example', aud: 'https://api.example', scope: 'read', exp: seconds + 300 }

describe('an API that nobody wrote down says of a token', () => {
  it.each<[string, string, object, object?]>([
    ['exp must be after iat', 'exp-before-iat', { ...good, iat: seconds + 400 }],
    ['expiresAt must be after issuedAt', 'exp-before-iat', { ...good, iat: seconds + 400 }],
    ['JOSE header typ (type) at+jwt not allowed', 'typ-not-valid', good],
    ['No matching key was found', 'key-unknown', good, { alg: 'RS256' }],
    ['No matching key was found', 'algorithm-other', good, { alg: 'RS384' }],
    ['Unsupported algorithm of none', 'alg-none', good, { alg: 'none' }],
    ['The specified alg value is not allowed', 'algorithm-other', good, { alg: 'RS256' }],
    ['The specified alg value is not allowed', 'alg-none', good, { alg: 'none' }],
    ['iss is not valid', 'issuer-missing', { aud: 'a' }],
    ['iss is not valid', 'issuer-other', good],
    ['the aud claim is not valid', 'audience-missing', { iss: 'a' }],
    ['jti is required', 'claim-missing', good],
    ['client_id is invalid', 'client-other', { ...good, client_id: 'm2m' }],
    ['Malformed payload', 'claim-type-wrong', { ...good, exp: '1704067200' }],
    ['Token isn’t active', 'token-not-active', good],
  ])('%s: %s', (words, cause, claims, header) => {
    const told = refused({ error: 'invalid_token', words, token: jwt(claims, header) })
    expect([told.cause, told.certainty === 'certain']).toEqual([cause, false])
  })

  it.each<[string, string]>([
    ['a token', 'token-characters'],
    ['Bearer abc', 'scheme-twice'],
    ['"abc"', 'token-in-quotes'],
    ['x'.repeat(128), 'token-reference'],
    ['abc', 'token-not-jwt'],
    ['', 'token-empty'],
  ])('that it is malformed: “%s”', (token, cause) => {
    expect(refused({ error: 'invalid_token', words: 'Malformed token', token }).cause).toBe(cause)
  })

  it('in words on the access token what is not wrong with the proof', () => {
    const words = 'DPoP access token is malformed.'
    expect(refused({ error: 'invalid_token', words, token: 'a b', dpop: true }).cause).toBe(
      'token-characters',
    )
  })

  it('that a key is missing, which no key set has if a shared secret signs it', () => {
    const { fixes, meaning } = refused({
      error: 'invalid_token',
      words: 'Invalid signature',
      token: jwt(good, { alg: 'HS256' }),
    })
    expect(meaning).toContain('shared secret')
    expect(fixes).not.toMatch(/jwks_uri|issuer/)
  })
})

describe('a 403 of an API that nobody wrote down', () => {
  it('does not say that the token is good, unless its code does', () => {
    const words = 'You may not do this'
    expect(refused({ status: 403, words }).meaning).not.toContain('token is good')
    expect(refused({ status: 403, words }).certainty).toBe('possible')
    expect(refused({ status: 403, error: 'insufficient_scope' }).meaning).toContain('token is good')
  })

  it('comes of a token that has expired, if its exp is over', () => {
    const token = jwt({ ...good, exp: seconds - 90 })
    expect(refused({ status: 403, token })).toMatchObject({ cause: 'token-expired', stage: 'time' })
    expect(refused({ status: 403, error: 'insufficient_scope', token }).cause).toBe('scope-insufficient')
  })

  it('without a token leaves open whether it is the token or CSRF protection', () => {
    const { verdict, certainty } = refused({ status: 403, credentials: 'none' }, 'POST')
    expect(verdict.stage).toBeNull()
    expect(verdict.among).toEqual(expect.arrayContaining(['csrf', 'header']))
    expect(certainty).toBe('possible')
  })

  it('to a POST is CSRF protection, if a GET with a proof was accepted', () => {
    const past = { acceptedScheme: 'dpop' }
    const after = { cause: 'csrf-protection', stage: 'csrf', certainty: 'possible' }
    expect(refused({ status: 403, dpop: true, past }, 'POST')).toMatchObject(after)
    const headers = challenge('Bearer')
    expect(refused({ dpop: true, past, headers }, 'POST')).toMatchObject(after)
    expect(refused({ dpop: true, headers }, 'POST')).toMatchObject({ cause: 'scheme-wrong' })
    expect(refused({ status: 403, dpop: true, past }, 'GET').cause).not.toBe('csrf-protection')
  })

  it.each([
    ['Missing openid scope', 'openid'],
    ['The scope admin is required', 'admin'],
    ['scope “items:write” is missing', 'items:write'],
  ])('names a scope in a sentence, which is asked for with one click: %s', (words, scope) => {
    const { cause, fixes } = refused({ status: 403, error: 'insufficient_scope', words })
    expect(cause).toBe('scope-insufficient')
    expect(fixes).toContain(`Ask for “${scope}” too`)
  })

  it.each([
    ['Token was not issued for this resource', 'audience-other', jwt(good)],
    ['Invalid Compact JWS', 'token-reference', 'o'.repeat(43)],
  ])('is met by the resource that its challenge names: %s', (words, expected, token) => {
    const address = 'https://api.example/.well-known/oauth-protected-resource/mcp'
    const headers = challenge(`Bearer error="invalid_token", resource_metadata="${address}"`)
    const past = { issued: true }
    const { cause, fixes } = refused({ error: 'invalid_token', words, token, headers, past })
    expect(cause).toBe(expected)
    expect(fixes).toContain('Ask for a token with the resource https://api.example/mcp')
  })

  it('of /userinfo may mean that a user is missing; a scope for users in the token is no reason', () => {
    const { cause, certainty, verdict } = refused({ status: 403, scope: 'openid read' })
    expect(verdict.reasons.map(({ id }) => id)).not.toContain('scope-user-only')
    expect(cause).not.toBe('user-needed')
    expect(certainty).toBe('possible')
    const facts = factsOf({ endpoint: 'api', status: 403 })
    const url = new URL('https://as.example/userinfo')
    const { reasons } = findReason({ ...facts, sent: { ...facts.sent, url } }, null, [])
    expect(reasons[0]?.id).toBe('user-needed')
  })

  it('is one for a role, if it is the whole text of it', () => {
    expect(refused({ status: 403, error: 'HTTP 403 Forbidden' })).toMatchObject({ cause: 'role-missing' })
  })
})

describe('a challenge without a code', () => {
  const headers = challenge('Bearer resource_metadata="https://api.example/.well-known/x"')

  it('of an API that names its metadata leads to what comes before the token', () => {
    const { verdict, certainty } = refused({ headers })
    expect([verdict.stage, certainty]).toEqual([null, 'possible'])
    expect(verdict.reasons.slice(0, 2).map(({ id }) => id)).toEqual([
      'credentials-lost',
      'metadata-not-fetched',
    ])
  })

  it('of an API that accepted a token which is no JWT does not say that it wants one', () => {
    const refusal = { error: 'invalid_token', token: 'ory_at_a.b' }
    const named = (past: object) => refused({ ...refusal, past }).verdict.reasons.map(({ id }) => id)
    const revoked = { issued: true, revoked: true }
    expect(named(revoked)).toEqual(expect.arrayContaining(['token-reference', 'token-not-jwt']))
    expect(named({ ...revoked, acceptedOpaque: true })).not.toContain('token-reference')
    expect(named({ ...revoked, acceptedOpaque: true })).not.toContain('token-not-jwt')
  })

  it('does not say that the header was lost, if another call got through', () => {
    const { verdict } = refused({ headers, past: { acceptedScheme: 'bearer' } })
    expect(verdict.reasons.map(({ id }) => id)).not.toContain('credentials-lost')
  })
})

it('faults that are seen in a proof are told alone', () => {
  const { verdict, fixes } = refused({ error: 'invalid_dpop_proof', dpop: true, past: { jtiSeen: true } })
  expect(verdict.stage).toBe('proof-valid')
  expect(verdict.reasons.map(({ id }) => id)).toEqual([
    'proof-replayed',
    'proof-ath-missing',
    'proof-key-missing',
    // A code on the proof may hide that the token has no key.
    'cnf-missing',
  ])
  expect(fixes).not.toMatch(/clock/)
})

describe('the metadata of an API that were read', () => {
  const past = { metadata: { resource: 'https://api.example/things', scopes: ['read', 'write'] } }

  it('list the scopes, if CORS hides which one is wanted', () => {
    const { fixes } = refused({ status: 403, error: 'insufficient_scope', past })
    expect(fixes).toMatch(/^Ask for all that the metadata of the API list: “read write”/)
    const named = challenge('Bearer error="insufficient_scope", scope="admin"')
    expect(refused({ status: 403, error: 'insufficient_scope', past, headers: named }).fixes).not.toContain(
      'metadata',
    )
  })

  it('say what aud has to be: another one is the likely reason of a refusal without one', () => {
    const token = jwt({ ...good, aud: 'https://api.example' })
    expect(refused({ error: 'invalid_token', token, past })).toMatchObject({
      cause: 'audience-other',
      certainty: 'likely',
    })
    const right = jwt({ ...good, aud: past.metadata.resource })
    expect(refused({ error: 'invalid_token', token: right, past }).certainty).toBe('possible')
  })
})
