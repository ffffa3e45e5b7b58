import { allowInsecureRequests, customFetch, resourceDiscoveryRequest } from 'oauth4webapi'
import { describe, expect, it } from 'vitest'
import { predictPreflight } from '../../http/preflight.ts'
import {
  composeResourceRequest,
  isMcpPath,
  resourceMetadataUrls,
  resourceOfDocument,
  searchFor,
} from './resource-place.ts'

const wellKnown = '.well-known/oauth-protected-resource'

const search = (text: string, called?: string) => {
  const found = searchFor(text, called)
  if (!found.ok) throw new Error(found.problem.message)
  return found
}

describe('resourceMetadataUrls', () => {
  const rows = [
    ['https://h.example', `https://h.example/${wellKnown}`],
    ['https://h.example/', `https://h.example/${wellKnown}`],
    ['https://h.example/mcp', `https://h.example/${wellKnown}/mcp`],
    ['https://h.example/mcp/', `https://h.example/${wellKnown}/mcp/`],
    ['https://h.example/mcp?tenant=a', `https://h.example/${wellKnown}/mcp?tenant=a`],
    ['https://h.example/a/b%2Fc', `https://h.example/${wellKnown}/a/b%2Fc`],
    ['https://h.example?tenant=a', `https://h.example/${wellKnown}?tenant=a`],
    ['http://localhost:3908/good/mcp', `http://localhost:3908/${wellKnown}/good/mcp`],
  ] as const

  it.each(rows)('3.1 inserts the path between host and path: %s', async (resource, inserted) => {
    expect(resourceMetadataUrls(resource)[0]).toBe(inserted)
    let asked = ''
    await resourceDiscoveryRequest(new URL(resource), {
      [allowInsecureRequests]: true,
      [customFetch]: (url) => {
        asked = url
        return Promise.resolve(new Response(null, { status: 404 }))
      },
    })
    expect(asked).toBe(inserted)
  })

  it('has the root of the origin after it, once', () => {
    expect(resourceMetadataUrls('https://h.example/a/mcp')[1]).toBe(`https://h.example/${wellKnown}`)
    expect(resourceMetadataUrls('https://h.example')).toHaveLength(1)
    expect(resourceMetadataUrls('https://h.example/')).toHaveLength(1)
  })

  it.each(rows)('is read backwards: %s', (resource, inserted) => {
    const back = resourceOfDocument(inserted) ?? ''
    expect(resourceMetadataUrls(back)[0]).toBe(inserted)
    expect(new URL(back).href).toBe(new URL(resource).href)
  })

  it('of a URL with the name appended, the resource is before it; of another URL there is none', () => {
    expect(resourceOfDocument(`https://h.example/mcp/${wellKnown}`)).toBe('https://h.example/mcp')
    expect(resourceOfDocument(`https://h.example/${wellKnown}x`)).toBeNull()
  })
})

describe('composeResourceRequest', () => {
  it('is a plain GET, for which a browser makes no preflight', () => {
    const request = composeResourceRequest(`https://h.example/${wellKnown}`)
    expect(request.headers).toEqual([['accept', 'application/json']])
    expect(predictPreflight(request, 'http://localhost:4290')).toBeNull()
  })
})

describe('searchFor', () => {
  it.each([
    ['https://as.example', false],
    ['https://as.example/realms/lab', false],
    ['https://as.example/oauth2/default', false],
    ['https://login.microsoftonline.com/t/v2.0', false],
    ['https://app.example/api/auth', false],
    ['https://app.example/mcp', true],
    ['https://app.example/mcp/', true],
    ['https://app.example/tenant/MCP?x=1', true],
    ['https://app.example/sse', true],
    ['https://app.example/api', true],
    ['https://app.example/api/v1', true],
    ['https://app.example/graphql', true],
    ['https://app.example/api#top', true],
  ])('%s: is the API asked before the server? %s', (text, isResource) => {
    const found = search(text)
    expect(found.isResource).toBe(isResource)
    expect(found.server?.urls).not.toEqual([])
    expect(found.resource?.asked).toBe(text.replace('#top', ''))
  })

  it('keeps the resource as it was typed, without what a paste brings along', () => {
    expect(search(' "https://App.example:443/mcp", ').resource?.asked).toBe('https://App.example:443/mcp')
  })

  it('the URL of metadata of an API is asked alone', () => {
    const url = `https://h.example/${wellKnown}/mcp`
    const resource = { asked: 'https://h.example/mcp', urls: [url] }
    expect(search(url)).toEqual({ ok: true, server: null, resource, isResource: true })
  })

  it('5.1: so is that of a challenge, wherever it is, and it has to name what was called', () => {
    const resource = { asked: 'https://h.example/mcp', urls: ['https://other.example/meta'] }
    const found = search('https://other.example/meta', 'https://h.example/mcp')
    expect(found).toEqual({ ok: true, server: null, resource, isResource: true })
  })

  it.each([
    'https://as.example/.well-known/openid-configuration',
    'https://as.example/oauth2/token',
    'https://as.example/realms/x/protocol/openid-connect/token',
  ])('no API is asked for the document or an endpoint of a server: %s', (text) => {
    expect(search(text).resource).toBeNull()
  })

  it.each([
    '',
    'mcp',
    'ftp://h.example/mcp',
    'https://h.example/{tenant}/mcp',
    'https://a:b@h.example/mcp',
    '{}',
  ])('asks nothing for %j', (text) => {
    expect(searchFor(text)).toMatchObject({ ok: false, problem: { message: expect.any(String) as string } })
  })
})

it('MCP servers are known by a step of their path', () => {
  const urls = [
    'https://h.example/mcp',
    'https://h.example/mcp/',
    'https://h.example/x/sse',
    'https://h.example/MCP/t',
  ]
  expect(urls.every(isMcpPath)).toBe(true)
  expect(['https://mcp.example/', 'https://h.example/mcpx', 'mcp'].some(isMcpPath)).toBe(false)
})
