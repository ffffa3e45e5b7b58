import { describe, expect, it } from 'vitest'
import { readResponse } from '../../oauth/response/read-response.ts'
import { readCame } from './facts/came.ts'
import type { Facts } from './facts/facts.ts'
import { readSent } from './facts/sent.ts'
import { findReason } from './reason.ts'
import { factsOf, jwt, now, type Refusal } from './refusal-testing.ts'

/** What a server that nobody wrote down says, next to what was sent. */
const told = (facts: Facts) => {
  const { reasons, stage, among, certainty } = findReason(facts, null, [])
  return { id: reasons[0]?.id, stage, among, certainty }
}

const cameOf = (status: number, headers: readonly (readonly [string, string])[], body: string) =>
  readCame(readResponse({ status, statusText: '', headers, body: new TextEncoder().encode(body) }).answer)

const rawBasic = (client_id: string, client_secret: string, refusal: Refusal): Facts => {
  const facts = factsOf({ ...refusal, credentials: 'header' })
  return { ...facts, config: { ...facts.config, client_id, client_secret, basic_encoding: 'raw' } }
}

describe('a raw Basic header', () => {
  it('that nobody can form-decode is the cause, whatever the code', () => {
    const percent = rawBasic('m2m', '100%sure', { error: 'invalid_request' })
    expect(told(percent)).toMatchObject({
      id: 'basic-not-form-encoded',
      stage: 'client',
      certainty: 'likely',
    })
    const failed = rawBasic('m2m', '100%sure', { status: 500 })
    expect(told(failed)).toMatchObject({ id: 'basic-not-form-encoded', certainty: 'likely' })
    const plain = rawBasic('m2m', 'password', { error: 'invalid_request' })
    expect(told(plain).id).not.toBe('basic-not-form-encoded')
  })

  it('that reads otherwise when decoded may be behind unauthorized_client, and so may the grant', () => {
    const plus = rawBasic('m2m', 'a+b:c', { error: 'unauthorized_client' })
    expect(told(plus)).toMatchObject({ stage: null, among: ['secret', 'grant'], certainty: 'possible' })
    const plain = rawBasic('m2m', 'password', { error: 'unauthorized_client' })
    expect(told(plain)).toMatchObject({ id: 'grant-not-allowed', stage: 'grant' })
  })

  it('without a secret, or with an ID beyond ASCII, is refused for that', () => {
    expect(told(rawBasic('m2m', '', { error: 'invalid_request' })).id).toBe('no-credentials')
    expect(told(rawBasic('mü', 'x', { error: 'invalid_request' })).id).toBe('client-id-characters')
  })
})

describe('a secret', () => {
  it('with the name of its encoding is named, and a hash behind that name is a hash', () => {
    const bare = { error: 'invalid_client', status: 401 }
    expect(told(factsOf({ ...bare, secret: '{noop}change-me' })).id).toBe('secret-with-prefix')
    expect(told(factsOf({ ...bare, secret: '{bcrypt}$2a$10$abc' })).id).toBe('secret-is-hash')
    expect(told(factsOf({ ...bare, secret: '{a}b {c}' })).id).toBe('secret-with-prefix')
    expect(told(factsOf({ ...bare, secret: 'a{noop}' })).id).toBe('secret-wrong')
  })

  it('that was not sent is what an empty 401 is about, and nothing else', () => {
    const none = factsOf({ status: 401, credentials: 'none' })
    expect(told(none)).toMatchObject({ id: 'no-credentials', stage: 'secret', certainty: 'likely' })
    expect(told(factsOf({ status: 401 })).stage).toBeNull()
  })

  it('in the body, and a challenge for the header: something else asks for a login', () => {
    const login = factsOf({ status: 401, headers: [['www-authenticate', 'Basic realm="x"']] })
    expect(told(login)).toMatchObject({ stage: null, certainty: 'possible' })
    expect(told(login).among).toEqual(expect.arrayContaining(['gateway', 'route', 'client', 'secret']))
  })
})

describe('an assertion or a proof that is faulty by itself', () => {
  const seconds = now / 1000
  const signed = (claims: object, header: object = { alg: 'ES256' }): Facts => {
    const facts = factsOf({ error: 'invalid_client', status: 401, credentials: 'assertion' })
    const whole = {
      iss: 'm2m',
      sub: 'm2m',
      aud: 'https://as.example',
      jti: 'a',
      exp: seconds + 60,
      ...claims,
    }
    const body = new URLSearchParams({
      client_id: 'm2m',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: jwt(whole, header),
    }).toString()
    const headers = [['content-type', 'application/x-www-form-urlencoded']] as const
    return { ...facts, sent: readSent({ method: 'POST', url: facts.sent.url.href, headers, body }) }
  }

  it.each([
    ['assertion-expired', { exp: seconds - 100 }, { alg: 'ES256' }],
    ['assertion-claim-missing', { aud: undefined }, { alg: 'ES256' }],
    ['assertion-issuer', { sub: 'other' }, { alg: 'ES256' }],
    ['assertion-audience', { aud: 'https://else.example' }, { alg: 'ES256' }],
    ['assertion-alg-none', {}, { alg: 'none' }],
  ])('%s is the one cause of a bare invalid_client', (id, claims, header) => {
    expect(told(signed(claims, header))).toEqual({
      id,
      stage: 'assertion',
      among: ['assertion'],
      certainty: 'likely',
    })
  })

  it('for another URL of the same server may be right there', () => {
    expect(told(signed({ aud: 'https://as.example/introspect' })).certainty).toBe('possible')
  })
})

describe('the page of a framework', () => {
  const boot = (status: number, error: string) =>
    cameOf(
      status,
      [['content-type', 'application/json']],
      JSON.stringify({ timestamp: '2026-11-30T00:00:00Z', status, error, path: '/token' }),
    )

  it('is no refusal of OAuth: Spring Boot has the status in words there', () => {
    const came = boot(403, 'Forbidden')
    expect(came).toMatchObject({ framework: 'Spring Boot', code: '', error: '', words: '', layer: 'other' })
    expect(told({ ...factsOf(), came })).toMatchObject({ stage: null, among: ['route', 'gateway'] })
    expect(told({ ...factsOf(), came: boot(404, 'Not Found') }).id).toBe('path-unknown')
    // Another status than that of the response is a member of somebody else's.
    const other = cameOf(400, [], '{"timestamp":1,"status":1,"error":"invalid_scope","path":"/"}')
    expect(other).toMatchObject({ framework: null, code: 'invalid_scope' })
  })

  it('is one of Tomcat by its title', () => {
    const html = '<!doctype html><html><head><title>HTTP Status 404 – Not Found</title></head></html>'
    const came = cameOf(404, [['content-type', 'text/html']], html)
    expect(came).toMatchObject({ framework: 'Tomcat', words: '' })
    expect(told({ ...factsOf(), came })).toMatchObject({ id: 'path-unknown', stage: 'route' })
  })

  it('says in words that http was spoken to a TLS port, or that CORS refuses the request', () => {
    const tls = cameOf(400, [], 'Bad Request\nThis combination of host and port requires TLS.')
    expect(told({ ...factsOf(), came: tls })).toMatchObject({ id: 'https-required', stage: 'https' })
    const cors = cameOf(403, [], 'Invalid CORS request')
    expect(told({ ...factsOf(), came: cors })).toMatchObject({ id: 'cors-request-refused', stage: 'origin' })
  })
})

describe('a redirect to a login page', () => {
  const toLogin = (refusal: Refusal) => ({
    ...factsOf(refusal),
    came: cameOf(302, [['location', '/login;jsessionid=1']], ''),
  })

  it('is of the path, if credentials were sent; else of them or the path', () => {
    expect(told(toLogin({}))).toMatchObject({ id: 'path-unknown', stage: 'route', certainty: 'possible' })
    expect(told(toLogin({ credentials: 'none' }))).toMatchObject({
      id: 'no-credentials',
      stage: null,
      among: ['secret', 'route'],
      certainty: 'possible',
    })
  })
})
