import type { RefusalRecord } from '../../why/refusal/record.ts'
import type { ServerId } from '../servers.ts'
import { aspNetApi } from './apis/aspnet-api.ts'
import { djangoApi } from './apis/django-api.ts'
import { entra } from './entra.ts'
import { django } from './django.ts'
import { fastApi, fastApiApi } from './fastapi.ts'
import { helseIdSampleApi } from './apis/helseid-sample-api.ts'
import { helseId } from './helseid.ts'
import { hydraApi } from './hydra-zitadel/hydra-api.ts'
import { hydra } from './hydra-zitadel/hydra.ts'
import { identityServer } from './identityserver.ts'
import { keycloak } from './keycloak.ts'
import { mcp, mcpOrigin } from './apis/mcp.ts'
import { mockOAuth2Server } from './mock-oauth2-server.ts'
import { openIddict } from './openiddict.ts'
import { pyJwt } from './apis/pyjwt.ts'
import { springApi } from './apis/spring-api.ts'
import { simpleIdServer } from './simpleidserver.ts'
import { zitadel, zitadelApi } from './hydra-zitadel/zitadel.ts'
import { spring } from './spring/spring.ts'

/** What each authorization server says when it refuses, and what that proves. */
export const serverRefusals: Readonly<Partial<Record<ServerId, RefusalRecord>>> = {
  simpleidserver: simpleIdServer,
  openiddict: openIddict,
  duende: identityServer,
  keycloak,
  helseid: helseId,
  hydra,
  zitadel,
  django,
  entra,
  fastapi: fastApi,
  spring,
  'mock-oauth2-server': mockOAuth2Server,
}

/** What they say as an API at the same origin: at /userinfo, or of the same application. */
export const userinfoRefusals: Readonly<Partial<Record<ServerId, RefusalRecord>>> = {
  hydra: hydraApi,
  zitadel: zitadelApi,
  django: djangoApi,
  fastapi: fastApiApi,
}

/** The same of APIs. What both say is recognised as the first. */
export const apiRefusals = {
  aspNetApi,
  helseIdSampleApi,
  springApi,
  hydraApi,
  zitadelApi,
  pyJwt,
  djangoApi,
  fastApiApi,
  mcpOrigin,
  mcp,
} as const satisfies Readonly<Record<string, RefusalRecord>>
