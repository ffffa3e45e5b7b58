import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyConfig } from './oauth/config.ts'
import { defaultSettings, parseSettings, toStored } from './settings.ts'

const config = {
  ...emptyConfig,
  token_endpoint: 'https://as.example/token?tenant=1',
  client_id: 'm2m',
  scope: 'read',
}

describe('toStored', () => {
  it('keeps what differs from the server’s own values, and never the secret', () => {
    expect(toStored({ ...config, client_secret: 'password' }, emptyConfig)).toEqual({
      token_endpoint: 'https://as.example/token?tenant=1',
      client_id: 'm2m',
      scope: 'read',
    })
    expect(toStored({ ...config, scope: 'write' }, config)).toEqual({ scope: 'write' })
    expect(toStored(config, config)).toEqual({})
  })

  it.each([
    ['a URL with a password', { token_endpoint: 'https://user:pw@as.example/token' }],
    ['a URL with a password and no scheme yet', { token_endpoint: 'bob:hunter22@as.example/token' }],
    ['a query with a secret', { token_endpoint: 'https://as.example/token?client_secret=shh' }],
    ['a query with an API key', { token_endpoint: 'https://as.example/token?x=1&api-key=shh' }],
    ['a token pasted into the wrong field', { client_id: 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln' }],
    ['the secret pasted into the wrong field', { scope: 'read password', client_secret: 'password' }],
  ])('leaves out %s', (_what, odd) => {
    const [field = '', value = ''] = Object.entries(odd)[0] ?? []
    const stored = JSON.stringify(toStored({ ...config, ...odd }, emptyConfig))
    expect(stored).toContain(`"${field}":""`)
    expect(stored).not.toContain(value)
  })

  it('never holds a secret, wherever it was pasted', () => {
    const fields = fc.constantFrom('token_endpoint', 'client_id', 'scope')
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, unit: 'grapheme' }),
        fields,
        fc.string(),
        (client_secret, field, around) => {
          const pasted = { ...config, client_secret, [field]: around + client_secret }
          for (const value of Object.values(toStored(pasted, emptyConfig)))
            expect(value).not.toContain(client_secret)
        },
      ),
    )
  })
})

describe('parseSettings', () => {
  it('gives back what was written', () => {
    const settings = {
      theme: 'dark',
      timeout: 5,
      server: 'own',
      configs: { own: toStored(config, emptyConfig) },
    } as const
    expect(parseSettings(JSON.stringify(settings))).toEqual(settings)
  })

  it.each([null, '', '{', '[]', '"x"', '{"theme":"pink","timeout":-1,"server":3,"configs":[]}'])(
    'falls back to the defaults for %j',
    (text) => {
      expect(parseSettings(text)).toEqual(defaultSettings)
    },
  )

  it('takes no member that a configuration does not have, and no method that is not known', () => {
    const forged = {
      configs: { own: { client_secret: 'x', token_endpoint_auth_method: '__proto__', extra: 1 } },
    }
    const { configs } = parseSettings(JSON.stringify(forged))
    expect(configs['own']).toEqual({})
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseSettings(text).timeout).toBeGreaterThan(0)
      }),
    )
  })
})
