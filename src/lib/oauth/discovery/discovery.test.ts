import fc from 'fast-check'
import { allowInsecureRequests, customFetch, discoveryRequest } from 'oauth4webapi'
import { describe, expect, it } from 'vitest'
import { predictPreflight } from '../../http/preflight.ts'
import { practiceOrigin } from '../../practice/base/origin.ts'
import {
  composeDiscoveryRequest,
  discoveryAttempts,
  issuerOfDocument,
  issuerOfEndpoint,
} from './discovery.ts'

function attempts(text: string) {
  const found = discoveryAttempts(text)
  if (!found.ok) throw new Error(found.problem.message)
  return found
}
function problem(text: string) {
  const found = discoveryAttempts(text)
  if (found.ok) throw new Error(`accepted: ${found.urls.join(' ')}`)
  return found.problem
}

const oauth = '.well-known/oauth-authorization-server'
const openid = '.well-known/openid-configuration'

describe('discoveryAttempts, from an issuer', () => {
  it.each([
    ['SimpleIdServer’s realm', 'https://localhost:5001', '/master'],
    ['Keycloak’s realm', 'http://localhost:8080', '/realms/lab'],
    ['HelseID’s conformance session', 'https://samsvarstesting-sts-test.helseid.sky.nhn.no', '/4f2a'],
    ['Entra ID’s tenant', 'https://login.microsoftonline.com', '/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0'],
  ])('RFC 8414 3.1 inserts, section 5 appends: %s', (_, origin, path) => {
    const urls = [`${origin}/${oauth}${path}`, `${origin}${path}/${openid}`, `${origin}${path}/${oauth}`]
    expect(attempts(origin + path)).toEqual({ ok: true, issuer: origin + path, urls, notes: [] })
    // "any terminating "/" MUST be removed before inserting"
    expect(attempts(`${origin}${path}/`)).toMatchObject({ issuer: `${origin}${path}/`, urls })
  })

  it('3.1: without a path there are but two', () => {
    const urls = [`${practiceOrigin}/${oauth}`, `${practiceOrigin}/${openid}`]
    expect(attempts(practiceOrigin)).toMatchObject({ issuer: practiceOrigin, urls })
    expect(attempts(`${practiceOrigin}/`)).toMatchObject({ issuer: `${practiceOrigin}/`, urls })
  })

  it('keeps the issuer as it was typed, without what a paste brings along', () => {
    expect(attempts(' https://As.Example:443/x\n').issuer).toBe('https://As.Example:443/x')
    expect(attempts(' https://As.Example:443/x\n').urls[0]).toBe(`https://as.example/${oauth}/x`)
    for (const text of ['"https://a.example/x",', '<https://a.example/x>', '\u200Bhttps://a.example/x;'])
      expect(attempts(text).issuer).toBe('https://a.example/x')
  })

  it('2 "a URL that ... has no query or fragment components": leaves them out, and says so', () => {
    const { issuer, urls, notes } = attempts('https://a.example/x?p=1#top')
    expect([issuer, urls[1]]).toEqual(['https://a.example/x', `https://a.example/x/${openid}`])
    expect(notes).toMatchObject([{ fix: { value: 'https://a.example/x' } }])
  })
})

describe('discoveryAttempts, from the URL of a document', () => {
  it.each([
    [`https://localhost:5001/master/${openid}`, 'https://localhost:5001/master'],
    [`http://localhost:8080/${oauth}/realms/lab`, 'http://localhost:8080/realms/lab'],
    [`https://a.example/${openid}`, 'https://a.example'],
    [`https://a.example/${openid}/`, 'https://a.example'],
    [`https://a.example/${openid}?appid=1`, 'https://a.example'],
  ])('asks %s first, then the other places of its issuer', (url, issuer) => {
    expect(issuerOfDocument(url)).toBe(issuer)
    const { urls, issuer: typed, notes } = attempts(url)
    expect([typed, notes]).toEqual([null, []])
    expect(urls[0]).toBe(url)
    expect(new Set(urls)).toEqual(new Set([url, ...attempts(issuer).urls]))
    expect(urls).toHaveLength(new Set(urls).size)
  })

  it('knows no issuer of any other URL', () => {
    expect(issuerOfDocument('https://a.example/realms/lab')).toBeNull()
    expect(issuerOfDocument(`https://a.example/${openid}x`)).toBeNull()
  })
})

describe('discoveryAttempts, from an endpoint', () => {
  it.each([
    ['http://localhost:8080/realms/lab/protocol/openid-connect/token', 'http://localhost:8080/realms/lab'],
    [
      'http://localhost:8080/realms/lab/protocol/openid-connect/token/introspect',
      'http://localhost:8080/realms/lab',
    ],
    ['https://helseid-sts.test.nhn.no/connect/token', 'https://helseid-sts.test.nhn.no'],
    [`https://helseid-sts.test.nhn.no/${openid}/jwks`, 'https://helseid-sts.test.nhn.no'],
    ['https://localhost:5001/master/token', 'https://localhost:5001/master'],
    ['https://localhost:5001/master/token/revoke', 'https://localhost:5001/master'],
    ['https://localhost:5001/master/mtls/token', 'https://localhost:5001/master'],
    ['https://login.microsoftonline.com/t/oauth2/v2.0/token', 'https://login.microsoftonline.com/t/v2.0'],
    ['https://x.okta.com/oauth2/v1/token', 'https://x.okta.com'],
    ['https://x.okta.com/oauth2/default/v1/token', 'https://x.okta.com/oauth2/default'],
    ['http://127.0.0.1:4444/oauth2/token', 'http://127.0.0.1:4444'],
    ['https://x.auth0.com/oauth/token', 'https://x.auth0.com'],
    ['https://a.example/as/token.oauth2', 'https://a.example'],
    ['https://a.example/TOKEN/', 'https://a.example'],
  ])('%s looks for the issuer it ends behind first', (endpoint, issuer) => {
    const { urls, issuer: typed, notes } = attempts(endpoint)
    const expected = attempts(issuer).urls
    expect(urls.slice(0, expected.length)).toEqual(expected)
    expect(typed).toBeNull()
    expect(notes).toMatchObject([{ fix: { value: issuer } }])
  })

  it('asks at what was typed too: some issuers end like an endpoint', () => {
    const { urls } = attempts('https://localhost:9443/oauth2/token')
    expect(urls).toContain(`https://localhost:9443/oauth2/token/${openid}`)
    expect(urls).toHaveLength(5)
  })

  it('mistakes no issuer for an endpoint', () => {
    for (const path of ['', '/master', '/realms/token-lab', '/oauth2/default', '/auth'])
      expect(issuerOfEndpoint(`https://a.example${path}`)).toBeNull()
  })
})

describe('discoveryAttempts, from something else', () => {
  it.each([
    ['', 'Enter an issuer'],
    [' \n', 'Enter an issuer'],
    ['{"issuer":"https://a.example"}', 'This is JSON'],
    ['x'.repeat(5000), 'too long'],
    [`https://a.example/${'x'.repeat(1_000_000)}`, 'too long'],
    ['https://login.microsoftonline.com/{tenant}/v2.0', 'in place of {tenant}'],
    ['https://a.example/<realm>', 'in place of <realm>'],
    ['keycloak', 'not an http: or https: URL'],
    ['ftp://a.example', 'not an http: or https: URL'],
    ['https://a b/', 'not a URL'],
    ['http://localhost:6000', 'port 6000'],
  ])('%.40j is named for what it is', (text, message) => {
    expect(problem(text).message).toContain(message)
  })

  it.each([
    ['localhost:5001/master', 'http://localhost:5001/master'],
    ['a.example/realms/lab', 'https://a.example/realms/lab'],
    ['https://user:pw@a.example/', 'https://a.example/'],
  ])('mends %s in one click', (text, mended) => {
    expect(problem(text).fix?.value).toBe(mended)
    expect(discoveryAttempts(mended).ok).toBe(true)
  })

  it('throws for no text, and composes a request for every URL it gives', async () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\uD800',
        '//',
        '/.well-known/openid-configuration',
        '/token',
        '?a=%',
        '#',
        '[::1]',
        ':99999',
      ),
    )
    const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''))
    await fc.assert(
      fc.asyncProperty(text, async (end) => {
        for (const typed of [end, `https://a.example/${end}`, `http://localhost${end}`]) {
          const found = discoveryAttempts(typed)
          if (!found.ok) continue
          expect(found.urls.length).toBeGreaterThan(1)
          for (const url of found.urls) {
            expect(new URL(url).href).toBe(url)
            expect((await composeDiscoveryRequest(url)).url).toBe(url)
          }
        }
      }),
    )
  })
})

describe('composeDiscoveryRequest', () => {
  const url = `http://localhost:8080/realms/lab/${oauth}`

  it('3.1 "An authorization server metadata document MUST be queried using an HTTP GET request"', async () => {
    const request = await composeDiscoveryRequest(url)
    expect(request).toMatchObject({ method: 'GET', url, body: null })
    expect(request.headers).toContainEqual(['accept', 'application/json'])
  })

  it('makes the browser ask nothing beforehand', async () => {
    const { headers, ...request } = await composeDiscoveryRequest(url)
    // In Node the library adds its own name, which browsers have no need of.
    const inBrowser = headers.filter(([name]) => name !== 'user-agent')
    expect(predictPreflight({ ...request, headers: inBrowser }, 'https://page.example')).toBeNull()
  })

  it.each([
    'https://localhost:5001/master',
    'https://a.example',
    'https://a.example/',
    'http://a.example/x/y/',
  ])('asks where oauth4webapi would ask for %s', async (issuer) => {
    const urls: string[] = []
    for (const algorithm of ['oauth2', 'oidc'] as const) {
      await discoveryRequest(new URL(issuer), {
        algorithm,
        [allowInsecureRequests]: true,
        [customFetch]: (asked) => {
          urls.push(asked)
          return Promise.resolve(new Response())
        },
      })
    }
    expect(attempts(issuer).urls.slice(0, 2)).toEqual(urls)
  })
})
