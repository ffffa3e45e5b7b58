import { describe, expect, it } from 'vitest'
import { emptyConfig, type TokenRequestConfig } from '../oauth/config/config.ts'
import { serversFor } from '../servers/servers.ts'
import { destinations, filledIn } from './filled-in.ts'
import { readLink } from './read-link.ts'

const known = serversFor('http://localhost:9000')

/** That server with these values. */
function at(id: string, change: Partial<TokenRequestConfig> = {}) {
  const server = known.find((one) => one.id === id)
  if (!server) throw new Error(id)
  return { server, config: { ...server.config, ...change } }
}

function linked(fragment: string) {
  const read = readLink(fragment, known)
  if (read.kind !== 'link' || !read.connection) throw new Error(JSON.stringify(read))
  return read.connection
}

describe('filledIn', () => {
  it('names each field that changes, what is in it and what would be', () => {
    const link = linked('#1;server=own;endpoint=https://as.example/token;client=m2m;scope=read')
    expect(filledIn(at('practice'), link)).toEqual([
      { label: 'Server', now: 'Practice server', then: 'Your own' },
      { label: 'Issuer or discovery URL', now: 'https://practice.example', then: 'empty' },
      { label: 'Token endpoint', now: 'https://practice.example/token', then: 'https://as.example/token' },
      { label: 'Client ID', now: 'practice-client', then: 'm2m' },
      { label: 'Client authentication', now: 'client_secret_basic', then: 'client_secret_post' },
      { label: 'Client secret', now: 'what it starts with', then: 'empty' },
    ])
  })

  it('names what no link has, and what goes with it, and never a secret', () => {
    const typed = at('own', {
      client_secret: 'hunter22',
      authorization_details: '[]',
      assertion: { ...emptyConfig.assertion, custom_kid: 'k1' },
      headers: [{ name: 'X-Api-Key', value: 'hunter23', on: true }],
    })
    const rows = filledIn(typed, linked('#1;server=own;scope=read'))
    expect(rows).toEqual([
      { label: 'Scope', now: 'empty', then: 'read' },
      { label: 'Header fields', now: 'X-Api-Key', then: 'empty' },
      { label: 'Client secret', now: 'typed', then: 'empty' },
      { label: 'Authorization details', now: 'typed', then: 'empty' },
      { label: 'Text of kid', now: 'typed', then: 'empty' },
    ])
    expect(JSON.stringify(rows)).not.toMatch(/hunter2/)
  })

  it('has nothing to name if all is there', () => {
    expect(filledIn(at('practice'), linked('#1;server=practice'))).toEqual([])
  })
})

describe('destinations', () => {
  it('are named as the browser sends them', () => {
    const { config } = at('own', {
      token_endpoint: 'https://pаypal.example/token',
      discovery: 'http://id.example',
    })
    expect(destinations(config, 'https://api.example/greeting')).toEqual([
      { button: 'Get token', origin: 'https://xn--pypal-4ve.example', isInPage: false, isReadable: false },
      { button: 'Find', origin: 'http://id.example', isInPage: false, isReadable: true },
      { button: 'Call API', origin: 'https://api.example', isInPage: false, isReadable: false },
    ])
  })

  it('may be in this page, and need not be known', () => {
    expect(destinations(at('practice').config, '').map(({ isInPage }) => isInPage)).toEqual([true, true])
    expect(destinations(at('own').config, '')).toEqual([])
  })
})
