import type { Fix } from '../../../explanation/explanation.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Endpoint, Facts } from '../facts/facts.ts'
import { cause } from '../facts/make.ts'
import { redirectOf } from './redirected.ts'

/** The member of the metadata that has the URL. */
const members: Readonly<Partial<Record<Endpoint, string>>> = {
  token: 'token_endpoint',
  introspection: 'introspection_endpoint',
  revocation: 'revocation_endpoint',
  registration: 'registration_endpoint',
  keys: 'jwks_uri',
}

const path = ({ sent: { url } }: Facts): string => quoted(url.pathname)

/** How to find the right URL, which depends on what it is of. */
function rightUrl({ endpoint }: Facts): readonly Fix[] {
  const member = members[endpoint]
  if (member) return [`Compare the URL with ${member} in the server’s metadata (Find).`]
  return endpoint === 'api'
    ? ['Compare path and HTTP method with the API’s documentation.']
    : ['Try the other well-known path, or enter the endpoints by hand.']
}

/** The first paths that a page of DEBUG lists, as Django has them: “admin/”, “o/”. */
function listed({ came: { page, words } }: Facts): readonly Fix[] {
  if (page === null || !words.includes('URL patterns')) return []
  const paths = [...words.matchAll(/<code>\s*([\w./-]+)\s/g)].map(([, path = '']) => path)
  return paths.length === 0
    ? []
    : [
        `Compare the path with those that the page lists: ${[...new Set(paths)].slice(0, 10).map(quoted).join(', ')}.`,
      ]
}

/** What Go, nginx and Tomcat say at a port that speaks TLS. */
export const saysTls = /HTTP request (?:was sent )?to (?:an )?HTTPS|requires TLS/i

/** The same URL with https, if the port is the scheme's own, or says so; else the port is another one. */
function withHttps({ sent: { url }, came: { words } }: Facts): readonly Fix[] {
  if (url.protocol === 'https:') return []
  if (url.port !== '' && !saysTls.test(words))
    return ['Use the https address of this server, which has a port of its own.']
  const secure = url.href.replace(/^http:/, 'https:')
  return [{ text: `Use ${secure}`, moveTo: secure }]
}

const spec404 = [rfc(9110, '15.5.5')]

/** What lies between the page and the endpoint: scheme, tenant and path. */
export const way = {
  'https-required': cause({
    stage: 'https',
    title: 'The server accepts requests over https only',
    meaning: ({ sent: { url } }) =>
      url.protocol === 'https:'
        ? 'The request was sent over https, and what reaches the server is http: a proxy in front ends TLS and does not say so.'
        : 'The request was sent over http, where everybody on the way can read credentials and tokens.',
    fixes: (facts) => [
      ...withHttps(facts),
      ...(facts.sent.url.protocol === 'https:'
        ? [
            'Let the proxy say X-Forwarded-Proto: https, and let the server believe this proxy (forwarded headers).',
          ]
        : []),
    ],
    spec: [rfc(6749, '3.2')],
  }),
  'redirect-to-https': cause({
    stage: 'https',
    title: 'The server redirects http requests to https',
    meaning:
      'A browser follows a redirect only if it allows this page’s origin (CORS), and a preflight must not be redirected at all.',
    fixes: (facts) => {
      const to = redirectOf(facts)
      return to?.protocol === 'https:'
        ? [{ text: `Use ${quoted(to.href)}`, moveTo: to.href }]
        : withHttps(facts)
    },
    spec: [rfc(9110, '15.4')],
  }),
  'realm-missing': cause({
    stage: 'tenant',
    title: 'The path lacks the realm',
    meaning: (facts) =>
      `This server keeps realms apart by their name in the path, and ${path(facts)} has none.`,
    fixes: rightUrl,
    spec: spec404,
  }),
  'realm-unknown': cause({
    stage: 'tenant',
    title: 'The server has no realm of this name',
    meaning: (facts) =>
      `The path ${path(facts)} has the right form, and names a realm that this server does not have. Names of realms are compared with regard to case.`,
    fixes: ['Compare the name of the realm in the path with the one at the server, letter by letter.'],
    spec: spec404,
  }),
  'realm-not-used': cause({
    stage: 'tenant',
    title: 'The path has a realm, and realms are off at this server',
    meaning: 'With realms off, all endpoints of this server are at the root.',
    fixes: ['Leave the realm out of the path, or turn realms on at the server.'],
    spec: spec404,
  }),
  'realm-disabled': cause({
    stage: 'tenant',
    title: 'The realm is turned off',
    meaning: 'The server has this realm, and does nothing for it before it looks at any client.',
    fixes: ['Turn the realm on at the server, or use another realm in the URL.'],
    spec: [rfc(6749, '3.2')],
  }),
  'path-with-double-slash': cause({
    stage: 'route',
    title: 'The path has two slashes in a row',
    meaning: (facts) => `The server does not normalize ${path(facts)}, and has no such path.`,
    fixes: ({ sent: { url } }) => {
      const once = url.origin + url.pathname.replace(/\/{2,}/g, '/') + url.search
      return once === url.href
        ? ['Remove the slash at the end of the base URL.']
        : [{ text: `Use ${once}, with one slash`, moveTo: once }]
    },
    spec: spec404,
  }),
  'path-unknown': cause({
    stage: 'route',
    title: 'The server has nothing at this path',
    meaning: (facts) =>
      `The server was reached, and has nothing at ${path(facts)}. A realm or tenant in the path may be missing or misspelt, and so may be a part that a proxy in front adds.`,
    fixes: (facts) => [
      ...(facts.came.framework === 'Tomcat'
        ? [
            'Put the context path of the application (server.servlet.context-path) before the path: it is Tomcat that responds, and no application in it.',
          ]
        : []),
      ...listed(facts),
      ...rightUrl(facts),
    ],
    spec: spec404,
  }),
  'other-endpoint': cause({
    stage: 'route',
    title: 'The URL may be another endpoint of this server',
    meaning: (facts) => `Something is at ${path(facts)}, and it expects another request than this one.`,
    fixes: rightUrl,
    spec: [rfc(6749, '3.2')],
  }),
  'endpoints-not-set-up': cause({
    stage: 'route',
    title: 'The application has no OAuth endpoints at this path',
    meaning:
      'The framework around the server refused the request by itself: no endpoint of OAuth is there that could have looked at it.',
    fixes: ['Turn the endpoints of the authorization server on in the application.'],
    spec: [rfc(6749, '3.2')],
  }),
  'metadata-elsewhere': cause({
    stage: 'route',
    title: 'The metadata of this server is at another path',
    meaning:
      'Some servers have the well-known path after the issuer’s own path, as OpenID Connect says, others before it, as RFC 8414 says.',
    fixes: ({ sent: { url } }) =>
      url.pathname.endsWith('/.well-known/openid-configuration')
        ? ['Compare issuer, host and port with what the server’s documentation says.']
        : ['Append /.well-known/openid-configuration to the issuer.'],
    spec: [rfc(8414, '3.1')],
    applies: ({ endpoint, sent: { url } }) =>
      endpoint === 'metadata' && url.pathname.includes('/.well-known/'),
  }),
  'oidc-off': cause({
    stage: 'route',
    title: 'OpenID Connect is off at this server, and with it this document',
    meaning:
      'openid-configuration and the keys belong to OpenID Connect. Without it tokens are opaque: there is no key to verify one with, and an API asks by introspection.',
    fixes: ({ endpoint }) => [
      endpoint === 'keys'
        ? 'Ask about the token by introspection in place of verifying it.'
        : 'Use the metadata of RFC 8414: /.well-known/oauth-authorization-server at the same place.',
      'Or turn OpenID Connect on at the server (django-oauth-toolkit: OIDC_ENABLED, with a key).',
    ],
    spec: [rfc(8414, '3')],
  }),
  'redirected-to-login': cause({
    stage: 'route',
    title: 'The server redirects to a login page',
    meaning:
      'What is at this path is for people with a browser session, or a gateway in front demands a login. An endpoint for programs says 401.',
    fixes: (facts) => [
      ...rightUrl(facts),
      'Exclude this path from the login at the server or at the gateway in front.',
    ],
    spec: [rfc(9110, '15.4')],
  }),
  'http-method': cause({
    stage: 'http-method',
    title: 'The path accepts other HTTP methods',
    meaning: (facts) => `Something is at ${path(facts)}, and it does not accept ${facts.sent.method}.`,
    fixes: rightUrl,
    spec: [rfc(9110, '15.5.6')],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
