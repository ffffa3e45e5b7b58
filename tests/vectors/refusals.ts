import { aspNetApi } from '../../src/lib/servers/refusals/apis/aspnet-api.ts'
import { djangoApi } from '../../src/lib/servers/refusals/apis/django-api.ts'
import { django } from '../../src/lib/servers/refusals/django.ts'
import { fastApi, fastApiApi } from '../../src/lib/servers/refusals/fastapi.ts'
import { helseIdSampleApi } from '../../src/lib/servers/refusals/apis/helseid-sample-api.ts'
import { helseId } from '../../src/lib/servers/refusals/helseid.ts'
import { hydraApi } from '../../src/lib/servers/refusals/hydra-zitadel/hydra-api.ts'
import { hydra } from '../../src/lib/servers/refusals/hydra-zitadel/hydra.ts'
import { identityServer } from '../../src/lib/servers/refusals/identityserver.ts'
import { keycloak } from '../../src/lib/servers/refusals/keycloak.ts'
import { mcp } from '../../src/lib/servers/refusals/apis/mcp.ts'
import { mockOAuth2Server as mockOAuth2ServerRecord } from '../../src/lib/servers/refusals/mock-oauth2-server.ts'
import { openIddict } from '../../src/lib/servers/refusals/openiddict.ts'
import { apiRefusals, serverRefusals } from '../../src/lib/servers/refusals/refusals.ts'
import { springApi } from '../../src/lib/servers/refusals/apis/spring-api.ts'
import { simpleIdServer } from '../../src/lib/servers/refusals/simpleidserver.ts'
import { zitadel, zitadelApi } from '../../src/lib/servers/refusals/hydra-zitadel/zitadel.ts'
import { spring } from '../../src/lib/servers/refusals/spring/spring.ts'
import type { RefusalRecord } from '../../src/lib/why/refusal/record.ts'
import type { Captured, Expectation } from './expectation.ts'
import * as expectedAspNet from './expected/aspnet-api.ts'
import { djangoApi as expectedDjangoApi } from './expected/django-oauth-toolkit-api.ts'
import { djangoOAuthToolkit } from './expected/django-oauth-toolkit.ts'
import { fastApiApi as expectedFastApiApi } from './expected/fastapi-api.ts'
import { fastApi as expectedFastApi } from './expected/fastapi.ts'
import { mockOAuth2Server } from './expected/mock-oauth2-server.ts'
import { mcpApi as expectedMcpApi } from './expected/mcp-api.ts'
import { mcp as expectedMcp } from './expected/mcp.ts'
import { nginxApi } from './expected/nginx-api.ts'
import { nginxGateway } from './expected/nginx.ts'
import { oryHydraApi } from './expected/ory-hydra-api.ts'
import { oryHydra } from './expected/ory-hydra.ts'
import { springAuthorizationServer } from './expected/spring-authorization-server.ts'
import { springResourceServer } from './expected/spring-resource-server.ts'
import { zitadelOidcApi } from './expected/zitadel-oidc-api.ts'
import { zitadelOidc } from './expected/zitadel-oidc.ts'
import * as expectedSampleApi from './expected/helseid-sample-api.ts'
import * as expectedHelseId from './expected/helseid.ts'
import { identityServer4 } from './expected/identityserver4.ts'
import { keycloak as expectedKeycloak } from './expected/keycloak.ts'
import * as expectedOpenIddict from './expected/openiddict.ts'
import * as expectedSimpleIdServer from './expected/simpleidserver.ts'
import { type Score, scoreOf } from './score.ts'

interface Expected {
  readonly record: RefusalRecord | null
  /** Of its API, if that has one of its own. */
  readonly api?: RefusalRecord
  readonly expected: readonly Expectation[]
}

export const refusals: Readonly<Record<Captured, Expected>> = {
  simpleidserver: { record: simpleIdServer, expected: expectedSimpleIdServer.simpleIdServer },
  openiddict: { record: openIddict, expected: expectedOpenIddict.openIddict },
  identityserver4: { record: identityServer, expected: identityServer4 },
  keycloak: { record: keycloak, expected: expectedKeycloak },
  'aspnet-api': { record: aspNetApi, expected: expectedAspNet.aspNetApi },
  'helseid-sample-api': { record: helseIdSampleApi, expected: expectedSampleApi.helseIdSampleApi },
  'helseid-client-against-an-imitation': { record: helseId, expected: expectedHelseId.helseId },
  'spring-authorization-server': { record: spring, expected: springAuthorizationServer },
  'spring-resource-server': { record: springApi, expected: springResourceServer },
  'mock-oauth2-server': { record: mockOAuth2ServerRecord, expected: mockOAuth2Server },
  'ory-hydra': { record: hydra, api: hydraApi, expected: [...oryHydra, ...oryHydraApi] },
  'zitadel-oidc': { record: zitadel, api: zitadelApi, expected: [...zitadelOidc, ...zitadelOidcApi] },
  'django-oauth-toolkit': {
    record: django,
    api: djangoApi,
    expected: [...djangoOAuthToolkit, ...expectedDjangoApi],
  },
  fastapi: { record: fastApi, api: fastApiApi, expected: [...expectedFastApi, ...expectedFastApiApi] },
  mcp: { record: null, api: mcp, expected: [...expectedMcp, ...expectedMcpApi] },
  nginx: { record: null, expected: [...nginxGateway, ...nginxApi] },
}

/** Every captured refusal of a file, with the record of its server or as one of an unknown server. */
export function scoresOf(file: Captured, isKnown: boolean): Promise<readonly Score[]> {
  const { record: ofServer, api, expected } = refusals[file]
  const scores = expected.map((expectation) => {
    const record = expectation.endpoint === 'api' ? (api ?? ofServer) : ofServer
    const all: readonly RefusalRecord[] = Object.values(
      expectation.endpoint === 'api' ? apiRefusals : serverRefusals,
    )
    return scoreOf(
      expectation,
      isKnown ? record : null,
      all.filter((one) => !isKnown || one !== record),
    )
  })
  return Promise.all(scores)
}

/** How many refusals are what, and of how many the page sees no response: of all of them, or those of the even or of the odd lines, which were held back. */
export type Counts = Readonly<Record<Score['score'] | 'unseen', number>>

/** @param half 0 for the even lines, 1 for the odd ones */
export function countsOf(scores: readonly Score[], half: 0 | 1 | null = null): Counts {
  const counted = scores.filter(({ expectation: { line } }) => half === null || line % 2 === half)
  const count = (wanted: Score['score']) => counted.filter(({ score }) => score === wanted).length
  const unseen = counted.filter((score) => score.unseen).length
  return { right: count('right'), vague: count('vague'), wrong: count('wrong'), unseen }
}
