import { emptyConfig, type TokenRequestConfig } from '../oauth/config/config.ts'
import type { Addresses } from '../explanation/server-record.ts'
import { authentik } from './authentik.ts'
import { auth0, curity, entra, okta } from './closed.ts'
import { django } from './django.ts'
import { duende } from './duende.ts'
import { fastApi } from './fastapi.ts'
import { glewlwyd } from './glewlwyd.ts'
import { helseId } from './helseid.ts'
import { local, own, practice } from './here.ts'
import { hydra } from './hydra.ts'
import { keycloak } from './keycloak.ts'
import { lemonLdap } from './lemonldap.ts'
import { mockOauth2Server, oauth2MockServer } from './mock-servers.ts'
import { oidcProvider } from './oidc-provider.ts'
import { openIddict } from './openiddict.ts'
import { type Product, type ServerGroup } from './product.ts'
import { simpleIdServer } from './simpleidserver.ts'
import { spring } from './spring.ts'
import { zitadel } from './zitadel.ts'

/** The products by id, in the order of the picker. A row more here asks for one more in `records/records.ts`. */
const products = (localIssuer: string) =>
  ({
    practice,
    local: local(localIssuer),
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
  }) as const satisfies Readonly<Record<string, Product>>

export type ServerId = keyof ReturnType<typeof products>

/** A server the page knows how to start with. What else is known of it is in the record of its kind, loaded late. */
export interface Server extends Addresses {
  readonly id: string
  /** Which record applies: its own, or that of the server it was saved for. */
  readonly kind: ServerId
  readonly name: string
  readonly group: ServerGroup
  /** Whether it runs inside the page. */
  readonly inPage: boolean
  readonly config: TokenRequestConfig
}

/** The servers to choose from, the practice server first. `localIssuer` is where `npm start` put its own server. */
export function serversFor(localIssuer: string): readonly Server[] {
  return Object.entries<Product>(products(localIssuer)).map(([id, { presets, ...product }]) => {
    // What the variables start with needs no encoding: that is for what is typed.
    const begin = (pattern: string): string =>
      pattern.replace(/\{(\w+)\}/g, (_whole, variable: string) => product.initial[variable] ?? '')
    const { discovery, token_endpoint } = product.patterns
    const addresses = { discovery: begin(discovery), token_endpoint: begin(token_endpoint) }
    return {
      inPage: false,
      ...product,
      id,
      kind: id as ServerId,
      config: { ...emptyConfig, ...addresses, ...presets },
    }
  })
}
