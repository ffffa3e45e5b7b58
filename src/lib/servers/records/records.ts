import type { ServerGuide } from '../../explanation/server-record.ts'
import { authentik } from './authentik.ts'
import { auth0, curity, entra, okta } from './closed.ts'
import { duende } from './duende.ts'
import { glewlwyd } from './glewlwyd.ts'
import { helseId } from './helseid.ts'
import { hydra } from './hydra.ts'
import { keycloak } from './keycloak.ts'
import { lemonLdap } from './lemonldap.ts'
import { mockOauth2Server, oauth2MockServer } from './mock-servers.ts'
import { oidcProvider } from './oidc-provider.ts'
import { openIddict } from './openiddict.ts'
import { simpleIdServer } from './simpleidserver.ts'
import { spring } from './spring.ts'
import { zitadel } from './zitadel.ts'

const guides: Readonly<Record<string, ServerGuide>> = {
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
  'mock-oauth2-server': mockOauth2Server,
  'oauth2-mock-server': oauth2MockServer,
  entra,
  auth0,
  okta,
  curity,
}

/** What is known of the server with this id; `null` where the picker says it all, as of the practice server. */
export function guideFor(id: string): ServerGuide | null {
  return Object.hasOwn(guides, id) ? (guides[id] ?? null) : null
}
