import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeEffects } from '../../../scripts/server-test/node-effects.ts'
import type { HttpRequest, HttpResponse } from '../../../src/lib/http/message.ts'
import type { Subject } from '../../../src/lib/server-test/base/subject.ts'
import { rowIds } from '../../../src/lib/server-test/table.ts'
import { type CompleteServer, startCompleteServer } from '../complete-server.ts'
import { isVulnerability } from '../../../src/lib/server-test/report/report.ts'
import { isToken, mended, withSecret } from './fault.ts'
import { type Proxy, subjectOf, testSubject, testThrough } from './interposed.ts'
import { basicOf, field, formOf, jsonOf, partOf, respond, withJson } from './messages.ts'
import { apiFaults, corsFaults, metadataFaults, operationFaults } from './other-faults.ts'
import { assertionFaults, dpopFaults, signedAnew } from './signed-faults.ts'
import { tokenFaults } from './token-faults.ts'

const network = nodeEffects({ pauses: false })
let server: CompleteServer

beforeAll(async () => {
  server = await startCompleteServer()
})
afterAll(async () => {
  network.close()
  await server.close()
})

/** What both runs say otherwise. */
const differences = (
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(after).filter(([id, verdict]) => before[id] !== verdict))

describe('a rule for which the server or the client has to be another one', () => {
  it('well-known-path: an issuer with a path', async () => {
    // Its API would have to know the other issuer, too.
    const { api, ...others } = server.file
    expect(api).toBeDefined()
    const origin = String(server.file.issuer)
    const issuer = `${origin}/tenant`
    const asTenant =
      (finds: (path: string) => boolean): Proxy =>
      async (request, forward) => {
        const { pathname } = new URL(request.url)
        if (pathname.includes('/.well-known/'))
          return finds(pathname) ? metadata(request, forward) : respond(request, 404, {})
        return ofTenant(await forward(request))
      }
    const metadata = async (request: HttpRequest, forward: (own: HttpRequest) => Promise<HttpResponse>) => {
      const response = await forward({ ...request, url: request.url.replace('/tenant', '') })
      return withJson(response, (members) => ({ ...members, issuer }))
    }
    const ofTenant = async (response: HttpResponse) => {
      const { access_token: token } = jsonOf(response)
      if (typeof token !== 'string' || partOf(token, 1)['iss'] === undefined) return response
      const jwt = await signedAnew(token, (claims) => ({ ...claims, iss: issuer }), server)
      return withJson(response, (members) => ({ ...members, access_token: jwt }))
    }
    const run = (finds: (path: string) => boolean) =>
      testThrough({ ...others, issuer }, mended(asTenant(finds)), network)

    const right = await run(() => true)
    expect(right.verdicts['well-known-path']).toBe('ok')
    const appended = await run((path) => path.startsWith('/tenant/'))
    expect(differences(right.verdicts, appended.verdicts)).toEqual({ 'well-known-path': 'deviates' })
    const openIdAlone = await run((path) => path.endsWith('/openid-configuration'))
    expect(differences(right.verdicts, openIdAlone.verdicts)).toEqual({
      'well-known-path': 'note',
      'documents-agree': 'skipped',
    })
  })

  it('dpop-minimal: a client whose proofs have more than they need', async () => {
    const subject = await subjectOf(server.file)
    const { dpop } = subject.clients
    if (!dpop) throw new Error('There is no client for DPoP.')
    const client = { ...dpop, dpop: { ...dpop.dpop, payload: '{"iss":"tester-dpop"}' } }
    const talkative: Subject = { ...subject, clients: { ...subject.clients, dpop: client } }
    const right = await testSubject(
      talkative,
      mended((request, forward) => forward(request)),
      network,
    )
    const demanding: Proxy = (request, forward) => {
      const claims = partOf(field(request, 'dpop'), 1)
      const isMinimal = Object.keys(claims).sort().join(' ') === 'htm htu iat jti nonce'
      return isToken(request) && isMinimal && claims['nonce'] !== 'of-yesterday'
        ? respond(request, 400, { error: 'invalid_dpop_proof' })
        : forward(request)
    }
    const demanded = await testSubject(talkative, mended(demanding), network)
    expect(differences(right.verdicts, demanded.verdicts)).toEqual({ 'dpop-minimal': 'deviates' })
  })

  it('introspection by a client that may not: a note, and nothing is said of other tokens', async () => {
    const right = await testThrough(
      server.file,
      mended((request, forward) => forward(request)),
      network,
    )
    const strict: Proxy = (request, forward) =>
      request.url.endsWith('/introspection')
        ? respond(request, 401, { error: 'unauthorized_client' })
        : forward(request)
    const refused = await testThrough(server.file, mended(strict), network)
    expect(differences(right.verdicts, refused.verdicts)).toEqual({
      'introspect-active': 'note',
      'introspect-garbage': 'skipped',
      'revoke-then-introspect': 'skipped',
    })
  })

  it('any secret gets a token: a vulnerability, and called so', async () => {
    const lenient: Proxy = (request, forward) =>
      isToken(request) && basicOf(request)[1] === 'not-the-secret'
        ? forward(withSecret(request, server.file.client))
        : forward(request)
    const { report } = await testThrough(server.file, mended(lenient), network)
    expect(report.checks.filter(isVulnerability).map(({ id }) => id)).toEqual(['wrong-secret-basic'])
  })

  it('assertion-aud-endpoint: either is a note, and says which', async () => {
    const found = async (proxy: Proxy) =>
      (await testThrough(server.file, mended(proxy), network)).report.checks.find(
        ({ id }) => id === 'assertion-aud-endpoint',
      )
    expect(await found((request, forward) => forward(request))).toMatchObject({
      verdict: 'note',
      found: expect.stringContaining('accepts the token endpoint') as string,
    })
    let asked = 0
    const strict: Proxy = (request, forward) => {
      const claims = partOf(formOf(request).get('client_assertion') ?? '', 1)
      // The configured one is the first.
      if (claims['aud'] === server.file.token_endpoint) asked += 1
      return asked === 2 && claims['aud'] === server.file.token_endpoint
        ? respond(request, 401, { error: 'invalid_client' })
        : forward(request)
    }
    expect(await found(strict)).toMatchObject({
      verdict: 'note',
      found: expect.stringContaining('accepts no token endpoint') as string,
    })
  })
})

it('no rule is without a fault', () => {
  const faults = {
    ...tokenFaults,
    ...corsFaults,
    ...metadataFaults,
    ...assertionFaults,
    ...dpopFaults,
    ...operationFaults,
    ...apiFaults,
  }
  const known = [...Object.keys(faults), 'well-known-path', 'dpop-minimal', 'assertion-aud-endpoint']
  expect(known.sort()).toEqual([...rowIds].sort())
})
