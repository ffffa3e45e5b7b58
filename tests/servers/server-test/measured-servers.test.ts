import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeEffects } from '../../../scripts/server-test/node-effects.ts'
import type { HttpRequest, HttpResponse } from '../../../src/lib/http/message.ts'
import type { TestFile } from '../../../src/lib/server-test/read-file.ts'
import type { Check } from '../../../src/lib/server-test/report/report.ts'
import type { RowId } from '../../../src/lib/server-test/table.ts'
import { type CompleteServer, startCompleteServer } from '../complete-server.ts'
import { isToken, mended } from './fault.ts'
import { type Proxy, testThrough } from './interposed.ts'
import { basicOf, field, formOf, jsonOf, respond, withField, withJson, without } from './messages.ts'
import { signedAnew } from './signed-faults.ts'

const network = nodeEffects({ pauses: false })
let server: CompleteServer

beforeAll(async () => {
  server = await startCompleteServer()
})
afterAll(async () => {
  network.close()
  await server.close()
})

/** What a whole test says in that row of a server that does one thing as a real one does. */
async function checkOf(id: RowId, proxy: Proxy, file: TestFile = server.file): Promise<Check | undefined> {
  const { report } = await testThrough(file, mended(proxy), network)
  return report.checks.find((check) => check.id === id)
}

/** Those requests get that response, the others their own. */
const responding =
  (
    concerns: (request: HttpRequest) => boolean,
    to: (request: HttpRequest, response: HttpResponse) => HttpResponse | Promise<HttpResponse>,
  ): Proxy =>
  async (request, forward) => {
    const response = await forward(request)
    return concerns(request) ? to(request, response) : response
  }

const isPreflight = ({ method }: HttpRequest): boolean => method === 'OPTIONS'
const scopeIs = (request: HttpRequest, scope: string | null): boolean =>
  isToken(request) && basicOf(request)[0] === 'tester' && formOf(request).get('scope') === scope

describe('the preflight of Basic', () => {
  it('asks as a browser does, which has a User-Agent of its own (Hydra and Zitadel allow no user-agent)', async () => {
    const strict = responding(isPreflight, (request, response) =>
      field(request, 'access-control-request-headers') === 'authorization'
        ? withField(response, 'Access-Control-Allow-Headers', 'authorization')
        : { ...response, headers: [] },
    )
    expect(await checkOf('cors-preflight-401', strict)).toMatchObject({ verdict: 'ok' })
  })

  it('does not pass without the origin, whatever its status', async () => {
    const silent = responding(isPreflight, (_request, response) => ({
      ...response,
      status: 204,
      headers: [],
    }))
    expect(await checkOf('cors-preflight-401', silent)).toMatchObject({
      verdict: 'note',
      found: 'The preflight does not pass: Access-Control-Allow-Origin does not name the origin.',
    })
  })
})

describe('an empty scope', () => {
  it('that is sent back is no scope, and no other one (Zitadel, mock-oauth2-server)', async () => {
    const echoing = responding(
      (request) => scopeIs(request, '') || scopeIs(request, null),
      (request, response) =>
        withJson(response, (members) =>
          scopeIs(request, '')
            ? { ...members, access_token: 'opaque', scope: '' }
            : { ...without(members, 'scope'), access_token: 'opaque' },
        ),
    )
    expect(await checkOf('empty-scope', echoing)).toMatchObject({
      verdict: 'deviates',
      found: 'The response has an empty scope, and without scope it has none.',
      section: { label: 'RFC 6749 appendix A.4' },
    })
  })

  it('is none that a server can grant without being asked for one either (Hydra)', async () => {
    const forNothing = responding(
      (request) => scopeIs(request, null) || scopeIs(request, ''),
      (_request, response) =>
        withJson(response, (members) => ({ ...members, access_token: 'opaque', scope: '' })),
    )
    expect(await checkOf('no-scope', forNothing)).toMatchObject({
      verdict: 'deviates',
      found: 'The server issued a token, and the response has an empty scope.',
      section: { label: 'RFC 6749 appendix A.4' },
    })
  })

  it('is not called another one if the scope of one of the tokens is not known', async () => {
    const silent = responding(
      (request) => scopeIs(request, '') || scopeIs(request, null),
      (request, response) =>
        withJson(response, (members) => ({
          ...without(members, 'scope'),
          ...(scopeIs(request, null) && { scope: 'read' }),
          access_token: 'opaque',
        })),
    )
    expect(await checkOf('empty-scope', silent)).toMatchObject({ verdict: 'note' })
  })
})

it('compares an unknown client with a wrong secret by the same method (Hydra names the method of the body)', async () => {
  const naming = responding(
    (request) => isToken(request) && formOf(request).get('client_secret') === 'not-the-secret',
    (_request, response) =>
      withJson(response, (members) => ({
        ...members,
        error: 'invalid_client',
        error_description: 'This client may not use client_secret_post.',
      })),
  )
  expect(await checkOf('unknown-client', naming)).toMatchObject({ verdict: 'ok' })
})

describe('a deviation names what the server did', () => {
  it('a refusal without the error of the standard lets nobody in (FastAPI)', async () => {
    const bare = responding(
      (request) => field(request, 'authorization') === 'Bearer not-a-token',
      (_request, response) => withField(response, 'WWW-Authenticate', 'Bearer'),
    )
    expect(await checkOf('api-garbage', bare)).toMatchObject({
      verdict: 'deviates',
      found: 'The API responded with status 401. The challenge has no error, such as invalid_token.',
      row: { means: 'A client does not learn that it needs another token.' },
    })
  })

  it('another code for a wrong secret, too (Keycloak)', async () => {
    const other = responding(
      (request) => isToken(request) && basicOf(request)[1] === 'not-the-secret',
      (_request, response) => withJson(response, (members) => ({ ...members, error: 'unauthorized_client' })),
    )
    expect((await checkOf('wrong-secret-basic', other))?.row.means).toBe(
      'A client is not told that its secret is wrong.',
    )
  })

  it('an accepted one lets somebody in', async () => {
    const open: Proxy = (request, forward) =>
      field(request, 'authorization') === 'Bearer not-a-token' ? respond(request, 200, {}) : forward(request)
    expect((await checkOf('api-garbage', open))?.row.means).toBe('Whoever makes up a token gets in.')
  })
})

describe('nothing wrong is said of', () => {
  it('the name of a product without its version (uvicorn)', async () => {
    const named = responding(isToken, (_request, response) => withField(response, 'Server', 'uvicorn'))
    expect(await checkOf('server-named', named)).toMatchObject({ verdict: 'ok' })
  })

  it('a parameter that the working request has: an empty one next to it is another fault', async () => {
    const { client } = server.file
    const file = { ...server.file, client: { ...client, parameters: { audience: 'https://api.example' } } }
    const strict: Proxy = (request, forward) =>
      formOf(request).getAll('audience').length > 1
        ? respond(request, 400, { error: 'invalid_request' })
        : forward(request)
    expect(await checkOf('empty-parameter', strict, file)).toMatchObject({ verdict: 'ok' })
  })

  it('the token if the API has nothing to GET (MCP)', async () => {
    const { api } = server.file
    const strict: Proxy = (request, forward) =>
      request.url === api?.url && field(request, 'authorization').startsWith('Bearer ')
        ? { ...respond(request, 400, {}), headers: [] }
        : forward(request)
    expect(await checkOf('api-token', strict)).toMatchObject({
      verdict: 'skipped',
      found: expect.stringContaining('says nothing of the token') as string,
    })
  })
})

it('an error that comes without a token as well is no sign that the URL was read (Hydra)', async () => {
  const always = responding(
    ({ url, headers }) =>
      url.startsWith(server.file.api?.url ?? '-') && field({ headers }, 'authorization') === '',
    (_request, response) => withField(response, 'WWW-Authenticate', 'Bearer error="request_unauthorized"'),
  )
  expect(await checkOf('api-query', always)).toMatchObject({ verdict: 'ok' })
})

it('the token for an API has its parameter once, though the client has it as well', async () => {
  const { api, client } = server.file
  const parameters = api?.parameters ?? {}
  const resources: string[][] = []
  const watching: Proxy = (request, forward) => {
    if (isToken(request)) resources.push(formOf(request).getAll('resource'))
    return forward(request)
  }
  const { verdicts } = await testThrough(
    { ...server.file, client: { ...client, parameters } },
    watching,
    network,
  )
  expect(verdicts['api-token']).toBe('ok')
  const own = Object.values(parameters)
  expect(resources).toContainEqual(own)
  expect(resources).not.toContainEqual([...own, ...own])
})

it('a token for a resource that cannot exist is told with its aud, and not that the server does not look (django-oauth-toolkit)', async () => {
  const isUnknown = (request: HttpRequest) => formOf(request).get('resource') === 'https://unknown.invalid/'
  const keeping: Proxy = async (request, forward) => {
    if (!isUnknown(request)) return forward(request)
    const resource = Object.values(server.file.api?.parameters ?? {})[0] ?? ''
    const form = formOf(request)
    form.set('resource', resource)
    const response = await forward({ ...request, body: form.toString() })
    const token = await signedAnew(
      String(jsonOf(response)['access_token']),
      (claims) => ({ ...claims, aud: 'https://unknown.invalid/' }),
      server,
    )
    return withJson(response, (members) => ({ ...members, access_token: token }))
  }
  expect(await checkOf('resource-unknown', keeping)).toMatchObject({
    verdict: 'note',
    found: 'The server issued a token all the same, and its aud is that resource.',
  })
})
