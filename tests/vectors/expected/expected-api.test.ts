import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  apiStages,
  documentStages,
  operationStages,
  tokenStages,
} from '../../../src/lib/explanation/stage.ts'
import type { Expectation } from '../expectation.ts'
import { aspNetApi, capturedAt as aspNetCapturedAt, outsideAspNetApi } from './aspnet-api.ts'
import { apiCauses, apiCausesOfNoStage } from './causes-api.ts'
import { helseIdCauses } from './causes-helseid.ts'
import { elsewhere } from './causes-token.ts'
import { capturedAt as djangoCapturedAt, djangoApi } from './django-oauth-toolkit-api.ts'
import { djangoOAuthToolkit, djangoOAuthToolkitOutside } from './django-oauth-toolkit.ts'
import { capturedAt as fastApiCapturedAt, fastApiApi } from './fastapi-api.ts'
import { fastApi } from './fastapi.ts'
import {
  capturedAt as sampleCapturedAt,
  helseIdSampleApi,
  outsideHelseIdSampleApi,
} from './helseid-sample-api.ts'
import { capturedAt as helseIdCapturedAt, helseId, outsideHelseId } from './helseid.ts'
import { capturedAt as hydraCapturedAt, oryHydraApi, outsideOryHydraApi } from './ory-hydra-api.ts'
import { capturedAt as zitadelCapturedAt, outsideZitadelOidcApi, zitadelOidcApi } from './zitadel-oidc-api.ts'
import { capturedAt as mcpCapturedAt, mcpApi } from './mcp-api.ts'
import { mcp } from './mcp.ts'
import { capturedAt as nginxCapturedAt, nginxApi } from './nginx-api.ts'
import { nginxGateway } from './nginx.ts'
import {
  capturedAt as springCapturedAt,
  outsideSpringResourceServer,
  springResourceServer,
} from './spring-resource-server.ts'

interface Exchange {
  readonly case: string
  readonly response: {
    readonly status: number
    readonly headers: readonly (readonly [string, string])[]
  }
}

const stagesOf: Record<Expectation['endpoint'], object> = {
  api: apiStages,
  token: tokenStages,
  introspection: operationStages,
  revocation: operationStages,
  registration: operationStages,
  metadata: documentStages,
  keys: documentStages,
}

const ofNoStage: readonly (string | null)[] = [null, ...apiCausesOfNoStage]

/** Why a line of a file of both is in the other list. */
const ofServer = 'A request to the authorization server.'

/** The captures of a file were taken within it. */
const hour = 3_600_000

describe.each([
  {
    file: 'aspnet-api',
    table: aspNetApi,
    outside: outsideAspNetApi,
    causes: apiCauses,
    at: aspNetCapturedAt,
  },
  {
    file: 'helseid-sample-api',
    table: helseIdSampleApi,
    outside: outsideHelseIdSampleApi,
    causes: apiCauses,
    at: sampleCapturedAt,
  },
  {
    file: 'spring-resource-server',
    table: springResourceServer,
    outside: outsideSpringResourceServer,
    causes: apiCauses,
    at: springCapturedAt,
  },
  {
    file: 'helseid-client-against-an-imitation',
    table: helseId,
    outside: outsideHelseId,
    causes: helseIdCauses,
    at: helseIdCapturedAt,
  },
  {
    file: 'ory-hydra',
    table: oryHydraApi,
    outside: outsideOryHydraApi,
    causes: apiCauses,
    at: hydraCapturedAt,
  },
  {
    file: 'zitadel-oidc',
    table: zitadelOidcApi,
    outside: outsideZitadelOidcApi,
    causes: apiCauses,
    at: zitadelCapturedAt,
  },
  {
    file: 'django-oauth-toolkit',
    table: djangoApi,
    outside: elsewhere(ofServer, ...djangoOAuthToolkit, ...djangoOAuthToolkitOutside),
    causes: apiCauses,
    at: djangoCapturedAt,
  },
  {
    file: 'fastapi',
    table: fastApiApi,
    outside: elsewhere(ofServer, ...fastApi),
    causes: apiCauses,
    at: fastApiCapturedAt,
  },
  {
    file: 'mcp',
    table: mcpApi,
    outside: elsewhere(ofServer, ...mcp),
    causes: apiCauses,
    at: mcpCapturedAt,
  },
  {
    file: 'nginx',
    table: nginxApi,
    outside: elsewhere(ofServer, ...nginxGateway),
    causes: apiCauses,
    at: nginxCapturedAt,
  },
])('the expectations of $file', ({ file, table, outside, causes, at }) => {
  const lines = readFileSync(new URL(`../captured/${file}.json`, import.meta.url), 'utf8').split('\n')

  /** Line by line, as the expectations count them. */
  const exchanges = new Map(
    lines.flatMap((line, index) =>
      line.startsWith('{') ? [[index + 1, JSON.parse(line.replace(/,$/, '')) as Exchange]] : [],
    ),
  )

  it('are of a file with one exchange a line, each with its Date', () => {
    expect(lines[0]).toBe('[')
    expect(JSON.parse(lines.join('\n'))).toHaveLength(exchanges.size)
    const left = new Set(outside.map(({ line }) => line))
    const dates = [...exchanges].map(
      ([line, { response }]) =>
        [
          line,
          Date.parse(response.headers.find(([name]) => name.toLowerCase() === 'date')?.[1] ?? ''),
        ] as const,
    )
    expect(dates.map(([, date]) => date)).toContain(at)
    const odd = dates.filter(([, date]) => Number.isNaN(date) || Math.abs(date - at) > hour)
    expect(odd.filter(([line]) => !left.has(line))).toEqual([])
  })

  it.each(table)('name an exchange of the file: line $line, $case', (expectation) => {
    expect(expectation.file).toBe(file)
    expect(exchanges.get(expectation.line)?.case).toBe(expectation.case)
  })

  it.each(table)('name stages of the endpoint and a listed cause: line $line, $case', (expectation) => {
    const stages = Object.keys(stagesOf[expectation.endpoint])
    for (const { stage, among, cause } of [expectation, expectation.unknownServer ?? expectation]) {
      if (cause !== null) expect(Object.keys(causes)).toContain(cause)
      if (stage === 'not known') {
        expect(ofNoStage).toContain(cause)
        expect(among?.length).toBeGreaterThan(1)
      } else {
        expect(stages).toContain(stage)
        expect(cause).not.toBeNull()
        expect(among).toBeUndefined()
      }
      expect(among?.filter((other) => !stages.includes(other)) ?? []).toEqual([])
    }
  })

  it.each(table)('pass no stage that they stop at: line $line, $case', (expectation) => {
    const { passed = [], stage, among = [] } = expectation
    const stages = Object.keys(stagesOf[expectation.endpoint])
    expect(passed.filter((other) => !stages.includes(other))).toEqual([])
    expect(passed.filter((other) => other === stage || among.includes(other))).toEqual([])
  })

  it.each(table)('have patterns that are none of each other: line $line, $case', (expectation) => {
    const compiled = [...expectation.offered, ...expectation.notOffered].map((it) => new RegExp(it, 'i'))
    expect(compiled.length).toBeGreaterThan(0)
    expect(expectation.offered.length).toBeGreaterThan(0)
    const { offered, notOffered } = expectation
    expect(offered.filter((it) => notOffered.includes(it))).toEqual([])
  })

  it('are named once each', () => {
    const keys = table.map(({ line, origin, known }) => JSON.stringify([line, origin, known]))
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  })

  it('are there for every refusal, or it is said why not', () => {
    const told = new Set([...table, ...outside].map(({ line }) => line))
    const refusals = [...exchanges].filter(([, { response }]) => response.status >= 300)
    expect(refusals.filter(([line]) => !told.has(line)).map(([line]) => line)).toEqual([])
    expect(outside.filter(({ line }) => !exchanges.has(line))).toEqual([])
    const both = outside.filter((it) => table.some(({ line }) => line === it.line))
    expect(both).toEqual([])
  })
})

it('has no cause without an expectation', () => {
  const expected = new Set(
    [
      aspNetApi,
      helseIdSampleApi,
      helseId,
      oryHydraApi,
      zitadelOidcApi,
      djangoApi,
      fastApiApi,
      nginxApi,
      mcpApi,
      springResourceServer,
    ]
      .flat()
      .flatMap((it) => [it.cause, it.unknownServer?.cause]),
  )
  const listed = [...Object.keys(apiCauses), ...Object.keys(helseIdCauses)]
  expect(listed.filter((cause) => !expected.has(cause))).toEqual([])
})
