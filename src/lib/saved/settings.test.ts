import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyConfig } from '../oauth/config/config.ts'
import { defaultSettings, parseSettings, validTimeout } from './settings.ts'
import { toStored } from './stored-config.ts'

const config = {
  ...emptyConfig,
  token_endpoint: 'https://as.example/token',
  client_id: 'm2m',
  dpop: { ...emptyConfig.dpop, on: true },
  resource: ['https://api.example/'],
}

describe('parseSettings', () => {
  it('gives back what was written', () => {
    const stored = toStored(config, emptyConfig)
    const settings = {
      theme: 'dark',
      timeout: 5,
      explain: false,
      projector: false,
      server: 'own',
      configs: { own: stored },
      connections: [{ id: '1', name: 'Shop', server: 'own', config: stored }],
      solved: ['first-token'],
    } as const
    expect(parseSettings(JSON.stringify(settings))).toEqual(settings)
  })

  it('reads what was written before there were connections', () => {
    const before = {
      theme: 'dark',
      timeout: 5,
      explain: false,
      server: 'own',
      configs: { own: { scope: 'read' } },
    }
    expect(parseSettings(JSON.stringify(before))).toEqual({
      ...before,
      projector: false,
      connections: [],
      solved: [],
    })
  })

  it.each([
    null,
    '',
    '{',
    '[]',
    '"x"',
    '{"theme":"pink","timeout":-1,"server":3,"configs":[],"connections":{}}',
  ])('falls back to the defaults for %j', (text) => {
    expect(parseSettings(text)).toEqual(defaultSettings)
  })

  it('accepts no member that a configuration does not have, and no method that is not known', () => {
    const forged = {
      configs: { own: { client_secret: 'x', token_endpoint_auth_method: '__proto__', extra: 1 } },
      connections: [{ id: '1', name: 'Shop', server: 'own', config: { client_secret: 'x' }, extra: 1 }],
    }
    const { configs, connections } = parseSettings(JSON.stringify(forged))
    expect(configs['own']).toEqual({})
    expect(connections).toEqual([{ id: '1', name: 'Shop', server: 'own', config: {} }])
  })

  it('accepts the configurations of a hundred servers', () => {
    const configs = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`s${index}`, {}]))
    expect(Object.keys(parseSettings(JSON.stringify({ configs })).configs)).toHaveLength(100)
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseSettings(text).timeout).toBeGreaterThan(0)
      }),
    )
  })
})

describe('validTimeout', () => {
  it.each([
    [1, 1],
    [600, 600],
    [0, null],
    [601, null],
    [Number.NaN, null],
    ['5', null],
  ])('%j is %j', (value, timeout) => {
    expect(validTimeout(value)).toBe(timeout)
  })
})
