import type { ServerGuide, ServerRecord, Source } from '../../explanation/server-record.ts'

const nothing = { cors: () => [], client: () => [], start: () => [] } as const

const entraDocs: Source = {
  label: 'Entra ID: client credentials',
  href: 'https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow',
}

const entraGuide: ServerGuide = {
  ...nothing,
  browser: 'no',
  summary: 'Microsoft’s cloud directory.',
  why: 'It refuses this grant to every request with an Origin header (AADSTS9002326), and every request of a page has one. There is no setting for it.',
  labels: { base: 'Base URL', tenant: 'Tenant' },
  quirks: [
    {
      text: 'The scope is the identifier of the API with /.default at its end; single permissions cannot be asked for.',
      source: entraDocs,
      fix: { text: 'Microsoft Graph', change: { scope: 'https://graph.microsoft.com/.default' } },
    },
  ],
  source: {
    label: 'azure-docs #100859',
    href: 'https://github.com/MicrosoftDocs/azure-docs/issues/100859',
  },
}

export const entra: ServerRecord = {
  guide: entraGuide,
  endpoints: {
    jwks_uri: '{base}/{tenant}/discovery/v2.0/keys',
  },
}

const auth0Guide: ServerGuide = {
  ...nothing,
  browser: 'no',
  summary: 'Okta’s cloud service for customer identities.',
  why: 'Its CORS settings are for the sign-in of browser applications, and its documentation calls this grant from a backend. Its response to a page has not been measured; expect one that cannot be read.',
  labels: { base: 'Domain' },
  quirks: [
    {
      text: 'The parameter audience names the API. Left out, the token is opaque if there is no default.',
      source: {
        label: 'Auth0: audience parameter',
        href: 'https://support.auth0.com/center/s/article/Client-credentials-grant-requires-audience-parameter',
      },
    },
  ],
  source: {
    label: 'Auth0: client credentials',
    href: 'https://auth0.com/docs/flows/call-your-api-using-the-client-credentials-flow',
  },
}

export const auth0: ServerRecord = {
  guide: auth0Guide,
  endpoints: {
    jwks_uri: '{base}/.well-known/jwks.json',
    revocation_endpoint: '{base}/oauth/revoke',
  },
}

const oktaGuide: ServerGuide = {
  ...nothing,
  browser: 'no',
  summary: 'Okta’s cloud service.',
  why: 'It accepts a request with an Origin header for one of a browser, and of those it serves the authorization code with PKCE alone: “Browser requests to the token endpoint must use Proof Key for Code Exchange.”',
  labels: { base: 'Okta domain', server: 'Authorization server' },
  quirks: [
    {
      text: 'Scopes of OpenID Connect, such as openid, are refused with this grant: ask for a scope of your own.',
      source: {
        label: 'Okta: client credentials',
        href: 'https://developer.okta.com/docs/guides/implement-grant-type/clientcreds/main/',
      },
    },
  ],
  source: {
    label: 'Okta: browser requests to the token endpoint',
    href: 'https://support.okta.com/help/s/article/Browser-requests-to-the-token-endpoint-must-use-Proof-Key-for-Code-Exchange',
  },
}

export const okta: ServerRecord = {
  guide: oktaGuide,
  endpoints: {
    jwks_uri: '{base}/oauth2/{server}/v1/keys',
    introspection_endpoint: '{base}/oauth2/{server}/v1/introspect',
    revocation_endpoint: '{base}/oauth2/{server}/v1/revoke',
  },
}

const curityGuide: ServerGuide = {
  ...nothing,
  browser: 'no',
  summary: 'Curity’s server, in the cloud or your own.',
  why: 'CORS of its token endpoint is for public clients, those without a secret, and this grant is for the others.',
  labels: { base: 'Base URL' },
  quirks: [],
  source: {
    label: 'Curity: CORS on the OAuth server',
    href: 'https://curity.io/docs/idsvr/latest/developer-guide/oauth-service/oauth-cors.html',
  },
}

export const curity: ServerRecord = {
  guide: curityGuide,
  endpoints: {
    jwks_uri: '{base}/oauth/v2/oauth-anonymous/jwks',
    introspection_endpoint: '{base}/oauth/v2/oauth-introspect',
    revocation_endpoint: '{base}/oauth/v2/oauth-revoke',
  },
}
