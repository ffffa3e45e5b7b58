import type { ServerId } from '../../servers/servers.ts'
import type { RowId } from '../table.ts'
import { duende, openIddict, simpleIdServer } from './dotnet.ts'
import { always, type Deviations, type Known, set } from './entry.ts'
import { hydra, keycloak } from './identity-servers.ts'
import { django, fastApi } from './python.ts'
import { spring } from './spring.ts'

/** Measured on oidc-provider 9.13. */
const oidcProvider: Deviations = {
  challenge: always('oidc-provider sends a challenge only if the credentials were in the header.'),
  'assertion-error': always(
    'oidc-provider says invalid_request of an assertion that it cannot begin with, such as one about another client.',
    'panva/node-oidc-provider#559',
  ),
}

/** Measured on Glewlwyd 2.7. */
const glewlwyd: Deviations = {
  'error-json': always(
    'Glewlwyd responds to a wrong secret with an empty 403, and says scope_invalid of a scope.',
  ),
  'basic-encoding': always('Glewlwyd decodes no form encoding in Basic.'),
  'dpop-nonce-exposed': always('Glewlwyd names DPoP-Nonce in the response to the preflight alone.'),
}

/** Measured on LemonLDAP::NG 2.16. */
const lemonLdap: Deviations = {
  'basic-encoding': always('LemonLDAP::NG decodes no form encoding in Basic.'),
}

const accepting = set(
  'mock-oauth2-server is for tests: it accepts every client, secret and scope.',
  'mock-oauth2-server',
  'https://github.com/navikt/mock-oauth2-server#readme',
)

/** Measured on mock-oauth2-server 3.0.1. */
const mockOauth2Server: Deviations = {
  'wrong-secret-post': accepting,
  'wrong-secret-basic': accepting,
  'unknown-client': accepting,
  'secret-case': accepting,
  'scope-beyond': accepting,
  'scope-malformed': accepting,
  'no-store': always('mock-oauth2-server sends no Cache-Control.'),
  challenge: always('mock-oauth2-server sends no challenge.'),
  'empty-parameter': always('mock-oauth2-server reads an empty resource as one that is no URL.'),
  'empty-scope': always('mock-oauth2-server sends an empty scope back.'),
  'unknown-grant-type': always('mock-oauth2-server says invalid_grant of a grant that it does not know.'),
  'repeated-parameter': always('mock-oauth2-server does not refuse a parameter that is there twice.'),
  'repeated-grant-type': always('mock-oauth2-server does not refuse a parameter that is there twice.'),
  'two-methods': always('mock-oauth2-server accepts both at once.'),
  'basic-case': always('mock-oauth2-server knows “Basic” alone.'),
  get: always('mock-oauth2-server responds to GET with 405, without Allow.'),
  'well-known-path': always('mock-oauth2-server has its metadata after the path alone.'),
  'metadata-true': always('The metadata of mock-oauth2-server have no grant_types_supported.'),
  'jwt-audience': always('mock-oauth2-server puts the scopes into aud.'),
  'cors-refusal': always(
    'Up to 5.0.1, mock-oauth2-server sends the fields of CORS with successes alone.',
    'navikt/mock-oauth2-server#964',
  ),
}

const acceptingMock = set(
  'oauth2-mock-server is for tests: it accepts every client, secret and scope.',
  'oauth2-mock-server',
  'https://github.com/axa-group/oauth2-mock-server#readme',
)

/** Measured on oauth2-mock-server 9. */
const oauth2MockServer: Deviations = {
  'wrong-secret-post': acceptingMock,
  'wrong-secret-basic': acceptingMock,
  'unknown-client': acceptingMock,
  'secret-case': acceptingMock,
  'scope-beyond': acceptingMock,
  'error-json': always('oauth2-mock-server responds with application/problem+json to an unknown grant.'),
}

/** By product, as each comes. */
const known: Readonly<Partial<Record<ServerId, Deviations>>> = {
  local: oidcProvider,
  'oidc-provider': oidcProvider,
  keycloak,
  hydra,
  spring,
  django,
  fastapi: fastApi,
  simpleidserver: simpleIdServer,
  duende,
  openiddict: openIddict,
  glewlwyd,
  lemonldap: lemonLdap,
  'mock-oauth2-server': mockOauth2Server,
  'oauth2-mock-server': oauth2MockServer,
}

/** What is known of a product in that respect, measured as it comes; `null` if nothing is. */
export const knownOf = (product: ServerId | null, id: RowId): Known | null =>
  (product === null ? undefined : known[product]?.[id]) ?? null
