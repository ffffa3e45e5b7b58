import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkConfig, isSendable } from './check-config.ts'
import { checkTyped } from './check-typed.ts'
import { emptyConfig, type TokenRequestConfig } from '../config/config.ts'
import { composeTokenRequest } from '../token/token-request.ts'

const noKeys = () => undefined

const good: TokenRequestConfig = {
  ...emptyConfig,
  token_endpoint: 'https://as.example/token',
  client_id: 'm2m',
  client_secret: 'password',
  scope: 'read',
}
/** All that the form says: what prevents sending, and the rest. */
const check = (config: TokenRequestConfig) => checkTyped(config, checkConfig(config))
const problems = (field: keyof TokenRequestConfig, value: string) => check({ ...good, [field]: value })

describe('checkConfig', () => {
  it('has nothing to say of a good configuration', () => {
    expect(check(good)).toEqual([])
    expect(problems('scope', '')).toEqual([])
    expect(problems('token_endpoint', 'http://localhost:8080/token?tenant=1')).toEqual([])
    expect(problems('token_endpoint', 'http://[::1]:8080/token')).toEqual([])
  })

  it.each([
    ['not a url', 'not an http'],
    ['ftp://as.example/token', 'not an http'],
    ['http://localhost:6000/token', 'refuse to send to port 6000'],
    ['\u00A0https://as.example/token', 'not an http'],
    ['javascript:alert(1)', 'not an http'],
    ['https://', 'not an http'],
    ['https://a b/token', 'a space in the URL'],
    ['https://user:pw@as.example/token', 'user name or password'],
  ])('cannot send to %s', (endpoint, message) => {
    const found = problems('token_endpoint', endpoint)
    expect(found[0]).toMatchObject({ level: 'error' })
    expect(found[0]?.message).toContain(message)
    expect(isSendable(found)).toBe(false)
  })

  it.each([
    ['localhost:5001/master/token', 'http://localhost:5001/master/token'],
    ['as.example/token', 'https://as.example/token'],
    ['//as.example/token', 'https://as.example/token'],
    ['https://user:pw@as.example/token', 'https://as.example/token'],
    ['https://as.example/token#frag', 'https://as.example/token'],
  ])('mends %s in one click', (endpoint, mended) => {
    expect(problems('token_endpoint', endpoint)[0]?.fix?.value).toBe(mended)
    expect(problems('token_endpoint', mended).filter(({ level }) => level === 'error')).toEqual([])
  })

  it.each([
    ['token_endpoint', 'https://as.example/token#x', 'fragment'],
    ['token_endpoint', 'http://as.example/token', 'read on the way'],
    ['token_endpoint', 'https://as.example/.well-known/openid-configuration', 'discovery document'],
    ['token_endpoint', ' https://as.example/token', 'a space'],
    ['client_id', 'm2m\u200B', 'a zero-width space'],
    ['client_secret', 'password\n', 'a line break'],
    ['client_secret', '\u00A0password', 'a no-break space'],
    ['scope', 'read,write', 'separated by spaces'],
    ['scope', 'read  write', 'one space'],
    ['scope', 'read "write"', '" is not allowed'],
    ['scope', 'read ', 'a space'],
  ] as const)('warns of %s %j, and does not prevent sending', (field, value, message) => {
    const found = problems(field, value)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ field, level: 'warning' })
    expect(found[0]?.message).toContain(message)
    expect(isSendable(found)).toBe(true)
  })

  it.each([
    ['client_id', 'm2m \u200B', 'm2m'],
    ['client_secret', '\t pass word\r\n', 'pass word'],
    ['scope', 'read,write, admin', 'read write admin'],
    ['scope', 'read\twrite\u00A0admin', 'read write admin'],
    ['scope', 'read read', 'read'],
  ] as const)('offers to mend %s %j', (field, value, mended) => {
    expect(problems(field, value).map(({ fix }) => fix?.value)).toContain(mended)
  })

  it('says what is still missing, and cannot send without', () => {
    for (const field of ['token_endpoint', 'client_id'] as const) {
      expect(problems(field, '')).toMatchObject([{ field, level: 'missing' }])
      expect(isSendable(problems(field, ''))).toBe(false)
    }
  })

  it('does not touch a secret of spaces alone, and notes one that is empty', () => {
    expect(problems('client_secret', '   ')).toEqual([])
    expect(problems('client_secret', '')[0]).toMatchObject({ level: 'note' })
    expect(check({ ...good, client_secret: '', token_endpoint_auth_method: 'none' })).toEqual([])
  })

  it('says what becomes of a colon in an ID that is not encoded', () => {
    const raw = { ...good, client_id: 'a:b', token_endpoint_auth_method: 'client_secret_basic' } as const
    expect(check({ ...raw, basic_encoding: 'raw' })).toHaveLength(1)
    expect(check({ ...raw, basic_encoding: 'form' })).toEqual([])
  })

  it('lets through only what can be composed, whatever is typed', async () => {
    const text = fc.string({ unit: 'binary' })
    const odd = fc.oneof(
      text,
      fc.constantFrom('\uD800', 'http:/x', 'https://[', '//', 'http://a:99999/', 'http://%/'),
    )
    await fc.assert(
      fc.asyncProperty(odd, odd, odd, odd, async (end, client_id, client_secret, scope) => {
        for (const token_endpoint of [end, `https://as.example/${end}`]) {
          const config = { ...good, token_endpoint, client_id, client_secret, scope }
          if (isSendable(check(config)))
            await expect(
              composeTokenRequest(config, { findKey: noKeys, now: () => 0, nonce: null }),
            ).resolves.toBeDefined()
        }
      }),
    )
  })
})
