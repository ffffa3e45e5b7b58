import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  apiStages,
  documentStages,
  operationStages,
  type Stage,
  tokenStages,
} from '../../../src/lib/explanation/stage.ts'
import type { Captured, Expectation } from '../expectation.ts'
import { elsewhere, ofNoStage, ofSeveralStages, type Outside, relay, tokenCauses } from './causes-token.ts'
import { djangoApi } from './django-oauth-toolkit-api.ts'
import { djangoOAuthToolkit, djangoOAuthToolkitOutside } from './django-oauth-toolkit.ts'
import { fastApiApi } from './fastapi-api.ts'
import { fastApi } from './fastapi.ts'
import { identityServer4, identityServer4Outside } from './identityserver4.ts'
import { keycloak, keycloakOutside } from './keycloak.ts'
import { mcpApi } from './mcp-api.ts'
import { mcp } from './mcp.ts'
import { mockOAuth2Server, mockOAuth2ServerOutside } from './mock-oauth2-server.ts'
import { nginxApi } from './nginx-api.ts'
import { nginxGateway } from './nginx.ts'
import { openIddict, openIddictOutside } from './openiddict.ts'
import { oryHydra, oryHydraOutside } from './ory-hydra.ts'
import { simpleIdServer, simpleIdServerOutside } from './simpleidserver.ts'
import { springAuthorizationServer, springAuthorizationServerOutside } from './spring-authorization-server.ts'
import { zitadelOidc, zitadelOidcOutside } from './zitadel-oidc.ts'

type Headers = readonly (readonly [string, string])[]

interface Exchange {
  readonly server: string
  readonly case: string
  readonly request: { readonly method: string; readonly url: string; readonly headers: Headers }
  readonly response: { readonly status: number; readonly headers: Headers; readonly body: string }
}

/** The lines of a captured file by their number; the `[` is line 1. */
function captured(file: Captured): Map<number, Exchange> {
  const text = readFileSync(new URL(`../captured/${file}.json`, import.meta.url), 'utf8')
  const lines = text.split('\n').map((line, at) => [at + 1, line.replace(/,$/, '')] as const)
  return new Map(
    lines.filter(([, line]) => line.startsWith('{')).map(([at, line]) => [at, JSON.parse(line) as Exchange]),
  )
}

/** The values of all headers of this name, as a browser joins them. */
const header = (headers: Headers, name: string) =>
  headers
    .filter(([each]) => each.toLowerCase() === name)
    .map(([, value]) => value)
    .join(', ') || null

/** Whether CORS lets a page at this origin read the response. */
function isReadable({ response }: Exchange, origin: string): boolean {
  const allowed = header(response.headers, 'access-control-allow-origin')
  return allowed === '*' || allowed === origin
}

/** A refusal that comes with 200: an object, or the list that `return {...}, 401` gives in FastAPI. */
const refusedWith200 = /^(?:\[?\{"error"|\{"success":false)/

/** Whether a page misses what it wanted: a refusal (some come with 200), a response that CORS hides, a failed preflight. */
function isRefusal(exchange: Exchange): boolean {
  const { request, response } = exchange
  const origin = header(request.headers, 'origin')
  const asked = header(request.headers, 'access-control-request-headers')?.split(',') ?? []
  const allowed = header(response.headers, 'access-control-allow-headers')?.split(/, */) ?? []
  return (
    response.status >= 300 ||
    refusedWith200.test(response.body) ||
    (origin !== null && !isReadable(exchange, origin)) ||
    asked.some((each) => !allowed.includes(each))
  )
}

const stagesOf: Record<Expectation['endpoint'], object> = {
  token: tokenStages,
  introspection: operationStages,
  revocation: operationStages,
  registration: operationStages,
  api: apiStages,
  metadata: documentStages,
  keys: documentStages,
}

/** Why a line of a file of both is in the other list. */
const ofApi = 'A call of an API.'

const tables: readonly [Captured, readonly Expectation[], readonly Outside[]][] = [
  ['simpleidserver', simpleIdServer, simpleIdServerOutside],
  ['openiddict', openIddict, openIddictOutside],
  ['identityserver4', identityServer4, identityServer4Outside],
  ['keycloak', keycloak, keycloakOutside],
  ['spring-authorization-server', springAuthorizationServer, springAuthorizationServerOutside],
  ['mock-oauth2-server', mockOAuth2Server, mockOAuth2ServerOutside],
  ['ory-hydra', oryHydra, oryHydraOutside],
  ['zitadel-oidc', zitadelOidc, zitadelOidcOutside],
  [
    'django-oauth-toolkit',
    djangoOAuthToolkit,
    [...djangoOAuthToolkitOutside, ...elsewhere(ofApi, ...djangoApi)],
  ],
  ['fastapi', fastApi, elsewhere(ofApi, ...fastApiApi)],
  ['mcp', mcp, elsewhere(ofApi, ...mcpApi)],
  ['nginx', nginxGateway, elsewhere(ofApi, ...nginxApi)],
]

/** An expectation and what it says of an unknown server. */
const claims = (each: Expectation) => [each, ...(each.unknownServer ? [each.unknownServer] : [])]

const where = ({ file, line, case: name }: Pick<Expectation, 'file' | 'line' | 'case'>) =>
  `${file}:${line} ${name}`

describe.each(tables)('what is expected of %s', (file, expectations, outside) => {
  const exchanges = captured(file)

  it('names lines that exist, of this case', () => {
    for (const each of [...expectations, ...outside]) {
      expect(each.file).toBe(file)
      expect(exchanges.get(each.line)?.case, where(each)).toBe(each.case)
    }
  })

  it('has every captured refusal in the table, or outside it for a reason', () => {
    const refusals = [...exchanges].filter(([, each]) => isRefusal(each)).map(([line]) => line)
    const told = new Set(expectations.map(({ line }) => line))
    const left = new Set(outside.map(({ line }) => line))
    expect(refusals.filter((line) => !told.has(line) && !left.has(line))).toEqual([])
    expect([...told].filter((line) => left.has(line))).toEqual([])
    expect([...told, ...left].filter((line) => !refusals.includes(line))).toEqual([])
  })

  it('says a thing once', () => {
    const keys = expectations.map(({ line, origin, known }) => JSON.stringify([line, origin, known ?? null]))
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
  })

  it('names stages that a request to the endpoint has', () => {
    for (const each of expectations) {
      const claimed: readonly (Stage | 'not known')[] = claims(each).flatMap(({ stage, among = [] }) => [
        stage,
        ...among,
      ])
      const stages = [...claimed, ...(each.passed ?? [])].filter((stage) => stage !== 'not known')
      const all = Object.keys(stagesOf[each.endpoint])
      expect(
        stages.filter((stage) => !all.includes(stage)),
        where(each),
      ).toEqual([])
      expect(each.passed ?? [], where(each)).not.toContain(each.stage)
      for (const stage of each.among ?? []) expect(each.passed ?? [], where(each)).not.toContain(stage)
    }
  })

  it('has a cause of the list with a stage, and none or one of no stage with an unknown one', () => {
    for (const each of expectations) {
      for (const { stage, cause, among } of claims(each)) {
        if (cause !== null) expect(Object.keys(tokenCauses), where(each)).toContain(cause)
        if (stage !== 'not known') {
          expect(cause, where(each)).not.toBeNull()
          expect(among, where(each)).toBeUndefined()
        } else if (cause !== null) expect(ofNoStage, where(each)).toContain(cause)
        else expect(among?.length ?? 0, where(each)).toBeGreaterThan(1)
      }
    }
  })

  it('has patterns that compile, and none that is offered and not offered', () => {
    for (const { offered, notOffered, ...each } of expectations) {
      for (const pattern of [...offered, ...notOffered])
        expect(() => new RegExp(pattern, 'i'), where(each)).not.toThrow()
      expect(
        offered.filter((pattern) => notOffered.includes(pattern)),
        where(each),
      ).toEqual([])
    }
  })

  it('has a response that the page may read, or says what is known of a missing one', () => {
    for (const each of expectations) {
      const exchange = exchanges.get(each.line)
      if (each.origin === relay || !exchange) continue
      expect(each.origin, where(each)).toBe(header(exchange.request.headers, 'origin'))
      if (!isReadable(exchange, each.origin) || exchange.request.method === 'OPTIONS')
        expect(each.known, where(each)).toBeDefined()
    }
  })
})

describe('the causes', () => {
  const all = tables.flatMap(([, expectations]) => expectations)

  it('stop a request at one stage each, but for those told of', () => {
    const stages = new Map<string, Set<string>>()
    for (const { stage, cause } of all.flatMap(claims)) {
      if (cause === null || ofNoStage.some((each) => each === cause)) continue
      stages.set(cause, (stages.get(cause) ?? new Set()).add(stage))
    }
    const several = [...stages].filter(([, each]) => each.size > 1)
    expect(Object.fromEntries(several.map(([cause, each]) => [cause, [...each].sort()]))).toEqual(
      Object.fromEntries(Object.entries(ofSeveralStages).map(([cause, each]) => [cause, [...each].sort()])),
    )
  })

  it('are each expected somewhere', () => {
    const met = new Set(all.flatMap(claims).map(({ cause }) => cause))
    expect(Object.keys(tokenCauses).filter((cause) => !met.has(cause))).toEqual([])
  })
})
