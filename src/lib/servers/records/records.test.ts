import type { FormFix } from '../../explanation/explanation.ts'
import { describe, expect, it } from 'vitest'
import { emptyConfig } from '../../oauth/config/config.ts'
import {
  addresses,
  corsSteps,
  endpointOf,
  type GuideForm,
  guideForm,
  isMade,
  issuerValues,
  type ServerGuide,
  valuesOf,
} from '../../explanation/server-record.ts'
import { wholeMembers } from '../../explanation/config-change.ts'
import { apiAt, records } from './records.ts'
import { expand, match } from '../../explanation/pattern.ts'
import { type Server, serversFor } from '../servers.ts'
import fc from 'fast-check'

const servers = serversFor('http://localhost:9000').filter(
  ({ id }) => !['practice', 'local', 'own'].includes(id),
)

const find = (id: string): Server => {
  const found = servers.find((server) => server.id === id)
  if (!found) throw new Error(`There is no ${id}`)
  return found
}

const guided = servers.map((server) => {
  const { guide, endpoints } = records[server.kind]
  if (!guide) throw new Error(`There is no guide for ${server.id}`)
  return [server.id, { server, guide, endpoints }] as const
})

const origin = 'https://page.example:8443'
const fixes = ({ client, quirks }: ServerGuide, form: GuideForm): FormFix[] =>
  [...client(form), ...quirks].flatMap(({ fix }) => (fix ? [fix] : []))

describe('records', () => {
  it.each(['practice', 'local', 'own'] as const)('have no guide if the picker says it all: %s', (id) => {
    expect(records[id].guide).toBeNull()
  })
})

describe('apiAt', () => {
  it('knows HelseID’s Sample API, and nothing of any other', () => {
    expect(apiAt('https://localhost:5081/machine-clients/greetings').checks).not.toBeNull()
    expect(apiAt('https://api.example/').checks).toBeNull()
    expect(apiAt('nonsense').checks).toBeNull()
  })
})

describe.each(guided)('%s', (_id, { server, guide, endpoints }) => {
  const form = guideForm(server, server.config, origin)

  it('has the addresses that the picker starts with', () => {
    expect(addresses(server, server.initial)).toEqual({
      discovery: server.config.discovery,
      issuer: '',
      token_endpoint: server.config.token_endpoint,
    })
    expect(valuesOf(server, server.config)).toEqual(server.initial)
    expect(Object.keys(guide.labels)).toEqual(Object.keys(server.initial))
  })

  it('finds the variables of whatever address they made', () => {
    const base = fc
      .tuple(fc.constantFrom('http', 'https'), fc.domain(), fc.integer({ min: 1, max: 65535 }))
      .map(([scheme, host, port]) => `${scheme}://${host}:${port}`)
    const values = fc.record(
      Object.fromEntries(
        Object.keys(server.initial).map((name) => [
          name,
          name === 'base' ? base : fc.string({ unit: 'grapheme' }),
        ]),
      ),
    )
    fc.assert(
      fc.property(values, (of) => {
        for (const pattern of Object.values(server.patterns)) {
          const found = match(pattern, expand(pattern, of))
          expect(found).toHaveProperty('base')
          expect(of).toMatchObject(found ?? {})
        }
        expect(valuesOf(server, { ...emptyConfig, ...addresses(server, of) })).toEqual(of)
      }),
      { numRuns: 50 },
    )
  })

  it('makes its endpoints of the same variables, on the machine of its token endpoint', () => {
    const { hostname } = new URL(server.config.token_endpoint)
    for (const [name, place] of Object.entries(endpoints)) {
      const url = endpointOf(server, place, server.config)
      expect(url, name).not.toMatch(/[{}]/)
      expect(new URL(url).hostname).toBe(hostname)
      if (typeof place !== 'string') continue
      expect(place.startsWith('{base}/')).toBe(true)
      for (const [, used] of place.matchAll(/\{(\w+)\}/g)) {
        expect(Object.keys(server.initial)).toContain(used)
      }
    }
  })

  it('is in the group that its response to a page puts it in', () => {
    expect(server.group === 'closed').toBe(guide.browser === 'no')
    expect(guide.why !== undefined).toBe(guide.browser === 'no' || guide.browser === 'unknown')
  })

  it('says where everything is known from, by https', () => {
    const sources = [guide.source, ...guide.quirks.map(({ source }) => source)]
    const others = [...guide.client(form), ...guide.start(form), ...corsSteps(guide, form)].flatMap(
      ({ source }) => (source ? [source] : []),
    )
    for (const { label, href } of [...sources, ...others]) {
      expect(label).not.toBe('')
      expect(new URL(href).protocol).toBe('https:')
    }
  })

  it('puts the page’s origin where it is to be allowed', () => {
    const steps = JSON.stringify(corsSteps(guide, form))
    if (guide.browser === 'after-setup') expect(steps).toContain(origin)
    expect(steps).not.toContain('null')
  })

  it('tells a page opened as a file what its origin is', () => {
    const told = corsSteps(guide, { ...form, origin: 'null' }).map(({ text }) => text)
    if (guide.browser === 'no') expect(told).toEqual([])
    else expect(told[0]).toContain('“null”')
    // A list of origins is not to get that one.
    if (guide.browser === 'after-setup') expect(told).toHaveLength(1)
  })

  it('is written in whole sentences', () => {
    const { summary, why, client, quirks, start } = guide
    const steps = [...corsSteps(guide, form), ...client(form), ...start(form)]
    const texts = [summary, why, ...steps.map(({ text }) => text), ...quirks.map(({ text }) => text)]
    for (const text of texts) if (text !== undefined) expect(text).toMatch(/^[^ ].*[.:”]$/)
  })

  it('offers changes that change something, each by words of its own', () => {
    const labels = fixes(guide, form).map(({ text }) => text)
    expect(new Set(labels).size).toBe(labels.length)
    for (const { change } of fixes(guide, form)) {
      const members = wholeMembers(server.config, change)
      expect(Object.keys(members)).not.toEqual([])
      expect(Object.keys(emptyConfig)).toEqual(expect.arrayContaining(Object.keys(members)))
    }
  })
})

describe('valuesOf', () => {
  const keycloak = find('keycloak')
  const authentik = find('authentik')

  it('is nothing for an address that the pattern cannot make', () => {
    expect(valuesOf(keycloak, { ...emptyConfig, token_endpoint: 'http://localhost:8080/token' })).toBeNull()
  })

  it('reads from the issuer what the token endpoint does not show', () => {
    const token_endpoint = 'https://id.example/application/o/token/'
    const config = { ...emptyConfig, token_endpoint }
    expect(valuesOf(authentik, config)).toEqual({ base: 'https://id.example', application: 'm2m' })
    const discovery = 'https://other.example/application/o/shop/'
    expect(valuesOf(authentik, { ...config, discovery })).toEqual({
      base: 'https://id.example',
      application: 'shop',
    })
  })
})

describe('issuerValues', () => {
  it('is what the issuer shows, whatever the token endpoint is', () => {
    const keycloak = find('keycloak')
    const config = { ...emptyConfig, token_endpoint: 'https://proxy.example/token' }
    const discovery = 'https://kc.example/realms/my%20shop'
    expect(issuerValues(keycloak, { ...config, discovery })).toEqual({
      base: 'https://kc.example',
      realm: 'my shop',
    })
    expect(issuerValues(keycloak, { ...config, discovery: 'https://kc.example' })).toBeNull()
    expect(issuerValues(keycloak, config)).toBeNull()
  })
})

describe('wholeMembers', () => {
  it('leaves the rest of the assertion and of DPoP as it is', () => {
    const config = {
      ...emptyConfig,
      assertion: { ...emptyConfig.assertion, key: 'a-thumbprint', lifetime: 5 },
      dpop: { ...emptyConfig.dpop, on: true, key: 'another' },
    }
    expect(
      wholeMembers(config, { scope: 'read', assertion: { aud: 'both' }, dpop: { lifetime: 200 } }),
    ).toEqual({
      scope: 'read',
      assertion: { ...config.assertion, aud: 'both' },
      dpop: { ...config.dpop, lifetime: 200 },
    })
    expect(wholeMembers(config, { scope: 'read' })).toEqual({ scope: 'read' })
  })
})

describe('isMade', () => {
  it('compares only what the change names', () => {
    const config = { ...emptyConfig, scope: 'read', dpop: { ...emptyConfig.dpop, lifetime: 200 } }
    expect(isMade(config, { scope: 'read', dpop: { lifetime: 200 } })).toBe(true)
    expect(isMade(config, { scope: 'read', dpop: { on: true } })).toBe(false)
    expect(isMade(config, { scope: 'write' })).toBe(false)
  })
})
