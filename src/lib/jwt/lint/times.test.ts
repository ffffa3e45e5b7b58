import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { contextOfPasted } from '../../oauth/token/lint-context.ts'
import { decide } from '../resource-server/resource-server.ts'
import { token } from '../verify/jws-testing.ts'
import { type LintContext, lintToken } from './lint-token.ts'

const now = 1_796_000_000_000
const s = now / 1000
const hour = 3600
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** A payload as its text, as a number has more than one. */
const signed = (members: string) =>
  token({ alg: 'ES256', typ: 'at+jwt' }, `{"iss":"https://as.example","aud":"api",${members}}`, privateKey)

async function found(what: string, members: string, more: Partial<LintContext> = {}) {
  const { checks, usable } = await lintToken(signed(members), { ...contextOfPasted(now), ...more })
  const check = checks.find((one) => one.what === what)
  return { usable, said: `${check?.result}: ${check?.found}` }
}

describe('RFC 7519 4.1.4: "Its value MUST be a number containing a NumericDate value"', () => {
  test.each([
    [
      `"exp":"${s + 300}"`,
      /^fail: exp is “1796000300”, and not a number.*As a number it is 1796000300, in 5 min/,
    ],
    [`"exp":"${now + 300_000}"`, /^fail: exp is “1796000300000”.*As a number it is 1796000300, in 5 min/],
    ['"exp":"2026-12-01T00:53:20Z"', /^fail: .*As a number it is 1796086400, in 24 h/],
    ['"exp":"Tue, 01 Dec 2026 00:53:20 GMT"', /^fail: .*As a number it is 1796086400, in 24 h/],
    ['"exp":"2026-12-01 00:53:20+00:00"', /^fail: .*As a number it is 1796086400, in 24 h/],
    [
      '"exp":"1h"',
      /^fail: exp is “1h”, and not a number of seconds since 1970\. Most readers refuse the token\.$/,
    ],
    [
      '"exp":""',
      /^fail: exp is “”, and not a number of seconds since 1970\. Most readers refuse the token\.$/,
    ],
    ['"exp":null', /^fail: exp is null, and not a number/],
    ['"exp":true', /^fail: exp is true, and not a number/],
    [`"exp":[${s}]`, /^fail: exp is \[1796000000\], and not a number/],
    ['"exp":{"seconds":1}', /^fail: exp is an object, and not a number/],
    ['"exp":0', /^fail: exp is 0 \(1970-01-01T00:00:00Z\)\. Zero is 1970 and does not mean “never”/],
    ['"exp":-1', /^fail: exp is -1 \(1969-12-31T23:59:59Z\)\. That is before 1970/],
    ['"exp":3600', /^fail: exp is 3600 .*That is a lifetime and no moment/],
    ['"exp":86400', /^fail: .*That is a lifetime and no moment/],
    ['"exp":1000000001', /^fail: exp is 9213 days ago/],
    [`"exp":${now + 300_000}`, /^warn: .*as milliseconds, it is in 5 min/],
    [`"exp":${now + 300_000}000`, /^warn: .*as microseconds, it is in 5 min/],
    [`"exp":${now + 300_000}000000`, /^warn: .*as nanoseconds, it is in 5 min/],
    [`"exp":1.7960003e9`, /^pass: exp is in 5 min \(2026-11-30T00:58:20Z\)/],
    [`"exp":1.7960003E+09`, /^pass: exp is in 5 min/],
    [`"exp":${s + 300}.5`, /^pass: exp is in 5 min/],
  ])('%s', async (members, words) => {
    const { said, usable } = await found('It has not expired', members)
    expect(said).toMatch(words)
    expect(usable).toBe(said.startsWith('pass') ? 'yes' : 'no')
  })

  test.each([
    ['"exp":1.7960003e9', /^note: exp is written 1\.7960003e9\. The standard allows that.*int64/],
    [`"exp":${s + 300},"iat":${s}.25`, /^note: iat is written 1796000000\.25/],
    [`"exp":${now}000`, /^fail: exp: microseconds/],
    [`"exp":${s + 300},"auth_time":${now}`, /^warn: auth_time: milliseconds/],
    [`"exp":${s + 300}`, /^pass/],
  ])('in which unit, and how it is written: %s', async (members, words) => {
    expect((await found('Its times are in seconds', members)).said).toMatch(words)
  })

  test.each([
    [`"exp":"${s + 300}"`, 401, /exp is “1796000300”, and must be a number/],
    ['"exp":null', 401, /exp is null, and must be a number/],
    ['"iat":1', 401, /It has no exp, which is required/],
    ['"exp":0', 401, /20787 days ago/],
    [`"exp":${now}`, 200, /exp is in milliseconds, as it seems/],
    ['"exp":1.7960003e9', 200, /exp is in 5 min/],
  ])('an API: %s', (members, status, words) => {
    const demands = { issuer: '', audience: '', scope: '', scheme: 'Bearer' } as const
    const { checks, response } = decide(signed(members), demands, { verification: null, now, tolerance: 0 })
    expect(response.status).toBe(status)
    expect(checks.find(({ what }) => what === 'It is good now')?.found).toMatch(words)
  })
})

describe('a moment that is whole hours off is local time written for UTC', () => {
  const iat = 'It was issued in the past'
  const nbf = 'It may be used already'
  const zone = /the server writes local time for UTC/

  test.each([
    [iat, `"iat":${s + 2 * hour - 60}`, /iat is in 1 h 59 min .*it is 2 h ahead/],
    [iat, `"iat":${s + 2 * hour}`, /it is 2 h ahead/],
    [iat, `"iat":${s + 5.5 * hour - 300}`, /it is 5\.5 h ahead/],
    [iat, `"iat":${s + 10 * hour - 5}`, /it is 10 h ahead/],
    [nbf, `"nbf":${s + hour - 30}`, /nbf is in 1 h .*it is 1 h ahead/],
    [nbf, `"iat":${s},"nbf":${s + hour}`, /It is 1 h after iat, to the second: unless that is meant/],
    [nbf, `"iat":${s - 9 * hour},"nbf":${s + 0.5 * hour}`, /It is 9\.5 h after iat/],
  ])('%s, of a token that was pasted: %s', async (what, members, words) => {
    const { said } = await found(what, `"exp":${s + 15 * hour},${members}`)
    expect(said).toMatch(words)
    expect(said).toMatch(zone)
  })

  test.each([
    [iat, `"iat":${s + 100}`, /The clocks differ/],
    [iat, `"iat":${s + 20 * hour}`, /The clocks differ/],
    [iat, `"iat":${s + hour + 700}`, /The clocks differ/],
    [iat, `"iat":${s}`, /^pass/],
    [nbf, `"nbf":${s + 60}`, /^fail: nbf is in 1 min [^.]*\.$/],
    [nbf, `"iat":${s},"nbf":${s + 100}`, /^fail: nbf is in 2 min [^.]*\.$/],
  ])('%s: %s is something else', async (what, members, words) => {
    const { said } = await found(what, `"exp":${s + 30 * hour},${members}`)
    expect(said).toMatch(words)
    expect(said).not.toMatch(zone)
  })

  it('of a token that just arrived, the hours are known', async () => {
    const { said } = await found(nbf, `"exp":${s + 9 * hour},"nbf":${s + 2 * hour}`, { receivedAt: now })
    expect(said).toMatch(/On arrival it was 2 h ahead of this machine’s clock/)
  })
})

describe('RFC 7519 4.1.5: an end that is not after the beginning', () => {
  test.each([
    [`"exp":${s + 100},"iat":${s + 200}`, /expires 100 s before it begins/],
    [`"exp":${s + 100},"iat":${s},"nbf":${s + 200}`, /exp is not after its nbf: it is never good/],
    [`"exp":${s + 100},"iat":${s},"nbf":${s + 100}`, /exp is not after its nbf/],
    [`"exp":${s + 100},"iat":${s},"nbf":${s}`, /^pass: It lives 100 s/],
    [`"exp":0,"iat":${s}`, /^skipped: Its exp does not tell/],
  ])('%s', async (members, words) => {
    expect((await found('It is short-lived', members)).said).toMatch(words)
  })
})
