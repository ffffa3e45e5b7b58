import type { ServerGuide } from './guide.ts'
import { authentik } from './guides/authentik.ts'
import { auth0, curity, entra, okta } from './guides/closed.ts'
import { duende } from './guides/duende.ts'
import { glewlwyd } from './guides/glewlwyd.ts'
import { helseId } from './guides/helseid.ts'
import { hydra } from './guides/hydra.ts'
import { keycloak } from './guides/keycloak.ts'
import { lemonLdap } from './guides/lemonldap.ts'
import { mockOauth2Server, oauth2MockServer } from './guides/mock-servers.ts'
import { oidcProvider } from './guides/oidc-provider.ts'
import { openIddict } from './guides/openiddict.ts'
import { simpleIdServer } from './guides/simpleidserver.ts'
import { spring } from './guides/spring.ts'
import { zitadel } from './guides/zitadel.ts'

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
