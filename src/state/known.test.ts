import { describe, expect, it } from 'vitest'
import { metadataOf } from './known.ts'

const api = 'https://api.example/mcp'
const place = 'https://api.example/.well-known/oauth-protected-resource/mcp'

/** What History has of a request for metadata. */
const read = (url: string, document: object, about: 'metadata' | 'keys' = 'metadata') => ({
  about,
  exchange: {
    id: 1,
    purpose: '',
    request: { method: 'GET', url, headers: [], body: null },
    startedAt: 0,
    duration: 0,
    serverView: null,
    outcome: {
      kind: 'response' as const,
      response: {
        status: 200,
        statusText: '',
        headers: [['content-type', 'application/json'] as const],
        body: new TextEncoder().encode(JSON.stringify(document)),
      },
    },
  },
})

const document = { resource: api, scopes_supported: ['mcp:tools', 'mcp:read'] }

describe('the metadata of an API in History', () => {
  it('are those of the URL that was called, with a query or without', () => {
    const known = { resource: api, scopes: ['mcp:tools', 'mcp:read'] }
    expect(metadataOf(api, [read(place, document)])).toEqual(known)
    expect(metadataOf(`${api}?page=1`, [read(place, document)])).toEqual(known)
    expect(metadataOf(api, [read(place, { resource: api })])).toEqual({ resource: api, scopes: [] })
  })

  it('RFC 9728 3.3: "the data contained in the response MUST NOT be used" if they name another resource', () => {
    expect(metadataOf(api, [read(place, { resource: 'https://api.example' })])).toBeNull()
    expect(metadataOf(api, [read(place, {})])).toBeNull()
    expect(metadataOf('https://api.example/other', [read(place, document)])).toBeNull()
    expect(metadataOf(api, [read('https://elsewhere.example/', document)])).toBeNull()
    expect(metadataOf(api, [read(place, document, 'keys')])).toBeNull()
    expect(metadataOf(api, [])).toBeNull()
  })
})
