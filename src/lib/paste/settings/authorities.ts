import { expand, match } from '../../explanation/pattern.ts'
import { httpUrl, withoutSlash } from '../../http/http-url.ts'
import { auth0, entra } from '../../servers/closed.ts'
import { helseId } from '../../servers/helseid.ts'
import { keycloak } from '../../servers/keycloak.ts'
import type { PastedConfig } from '../proposal.ts'

/** Where a server is, and what its clients have in common. */
export type Authority = PastedConfig

/** The realm of a Keycloak server, in the places that Keycloak has always had. @see https://www.keycloak.org/securing-apps/oidc-layers */
export function keycloakRealm(base: string, realm: string): Authority {
  const values = { base, realm }
  return {
    discovery: expand(keycloak.patterns.discovery, values),
    issuer: '',
    token_endpoint: expand(keycloak.patterns.token_endpoint, values),
  }
}

/** A tenant of Entra ID, version 2.0. @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export function entraTenant(tenant: string, base = 'https://login.microsoftonline.com'): Authority {
  const values = { base, tenant }
  return {
    discovery: expand(entra.patterns.discovery, values),
    issuer: '',
    token_endpoint: expand(entra.patterns.token_endpoint, values),
    token_endpoint_auth_method: 'client_secret_post',
  }
}

/** A domain of Auth0. @see https://auth0.com/docs/get-started/authentication-and-authorization-flow/client-credentials-flow */
export function auth0Domain(domain: string): Authority {
  const base = `https://${withoutSlash(domain.replace(/^https?:\/\//i, ''))}`
  return {
    discovery: expand(auth0.patterns.discovery, { base }),
    issuer: '',
    token_endpoint: expand(auth0.patterns.token_endpoint, { base }),
  }
}

/** What the address of an issuer tells of its server; the token endpoint of any other is found by its metadata. */
export function authorityAt(issuer: string): Authority {
  const url = httpUrl(issuer)
  const found = { discovery: issuer, issuer: '' }
  if (url === null) return found
  const plain = withoutSlash(issuer).replace(/\/\.well-known\/openid-configuration$/, '')
  const realm = match(keycloak.patterns.discovery, plain)
  if (realm?.['realm'] !== undefined && !realm['base']?.includes('/realms/'))
    return { ...found, token_endpoint: expand(keycloak.patterns.token_endpoint, realm) }
  const tenant = /^login\.(?:microsoftonline\.(?:com|us)|partner\.microsoftonline\.cn)$/.test(url.hostname)
    ? match(entra.patterns.discovery, plain)
    : null
  if (tenant !== null) return { ...found, token_endpoint: expand(entra.patterns.token_endpoint, tenant) }
  if (/(?:^|\.)helseid-sts(?:\.[a-z]+)?\.nhn\.no$/.test(url.hostname))
    return {
      ...found,
      ...helseIdClient,
      token_endpoint: expand(helseId.patterns.token_endpoint, { base: plain }),
    }
  return found
}

/** What every client of HelseID does. @see https://github.com/NorskHelsenett/HelseID.Library */
export const helseIdClient: Authority = {
  token_endpoint_auth_method: 'private_key_jwt',
  assertion: { aud: 'issuer', typ: 'client-authentication+jwt', lifetime: 10 },
  dpop: { on: true },
}
