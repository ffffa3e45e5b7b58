import { type ApiRecord, unknownApi, type UseTarget } from '../../explanation/api-record.ts'
import { type EndpointName, endpointOf, type ServerRecord } from '../../explanation/server-record.ts'
import { originOf } from '../../http/message.ts'
import type { TokenRequestConfig } from '../../oauth/config/config.ts'
import { practiceTokenEndpoint } from '../../practice/base/origin.ts'
import type { ServerGroup } from '../product.ts'
import type { Server, ServerId } from '../servers.ts'
import { authentik } from './authentik.ts'
import { auth0, curity, entra, okta } from './closed.ts'
import { django } from './django.ts'
import { duende } from './duende.ts'
import { fastApi } from './fastapi.ts'
import { glewlwyd } from './glewlwyd.ts'
import { helseIdApi } from './helseid/api.ts'
import { helseId } from './helseid/helseid.ts'
import { besideManners, local, own, practice } from './here.ts'
import { hydra } from './hydra.ts'
import { keycloak } from './keycloak.ts'
import { lemonLdap } from './lemonldap.ts'
import { mockOauth2Server, oauth2MockServer } from './mock-servers.ts'
import { oidcProvider } from './oidc-provider.ts'
import { openIddict } from './openiddict.ts'
import { simpleIdServer } from './simpleidserver.ts'
import { spring } from './spring.ts'
import { zitadel } from './zitadel.ts'

/** All that is known of each product. */
export const records: Readonly<Record<ServerId, ServerRecord>> = {
  practice,
  local,
  simpleidserver: simpleIdServer,
  helseid: helseId,
  keycloak,
  duende,
  openiddict: openIddict,
  'oidc-provider': oidcProvider,
  hydra,
  spring,
  zitadel,
  authentik,
  glewlwyd,
  lemonldap: lemonLdap,
  django,
  fastapi: fastApi,
  'mock-oauth2-server': mockOauth2Server,
  'oauth2-mock-server': oauth2MockServer,
  entra,
  auth0,
  okta,
  curity,
  own,
}

/** What one of each group requires, unless its record says it. */
const abouts: Readonly<Partial<Record<ServerGroup, string>>> = {
  yours: 'It must allow this page’s origin.',
  closed: 'It lets no page read its responses to this grant. The request can still be composed and copied.',
}

/** What a server is and what reaching it requires, in a sentence or two. `servers` are those that are built in. */
export function aboutOf({ group, kind }: Server, servers: readonly Server[]): string {
  if (group !== 'saved') return records[kind].about ?? abouts[group] ?? ''
  const { name } = servers.find(({ id }) => id === kind) ?? { name: kind }
  return `Saved here, for ${name}. Its secret is not: type it again.`
}

/**
 * Where a server has an endpoint besides the token endpoint of a configuration, as long as it was not asked for its
 * metadata; empty if that is not known. A token endpoint that is not where that kind has it says nothing.
 */
export function endpointBeside(server: Server, config: TokenRequestConfig, name: EndpointName): string {
  // That address is reserved for it, whatever was chosen.
  const isPractice = config.token_endpoint === practiceTokenEndpoint
  const place = (isPractice ? practice : records[server.kind]).endpoints[name]
  if (isPractice) return typeof place === 'string' ? place : ''
  const beside = besideManners[originOf(config.token_endpoint) ?? '']
  return (
    (name === 'registration_endpoint' && beside?.registration_endpoint) || endpointOf(server, place, config)
  )
}

/** The APIs that go with a server, ready to be called; those of a token endpoint in this page are in it too. */
export function apisOf(
  { kind }: Server,
  { token_endpoint }: TokenRequestConfig,
  localApi: string,
): readonly UseTarget[] {
  return besideManners[originOf(token_endpoint) ?? '']?.apis ?? records[kind].apis?.(localApi) ?? []
}

const apis: readonly ApiRecord[] = [helseIdApi]

/** What is known of the API at a URL. */
export function apiAt(url: string): ApiRecord {
  return apis.find(({ isAt }) => isAt(url)) ?? unknownApi
}
