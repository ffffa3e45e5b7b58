import type { Asked } from '../../explanation/reach.ts'
import type { Fix } from '../../explanation/explanation.ts'
import {
  type GuideForm,
  inTerminal,
  type ServerGuide,
  type ServerRecord,
  type Step,
} from '../../explanation/server-record.ts'
import { usesSecret } from '../../oauth/config/auth-methods.ts'
import type { TokenRequestConfig } from '../../oauth/config/config.ts'
import { apiOf, baseOf, clientOf, hasOwnSecret, isHere, useClient } from './from-form.ts'
import { application, corsBean, pom, springDocs as docs, tokenClaims } from './spring-files.ts'

/** The BCrypt hash of the example secret, as Spring’s own encoder made it. */
const exampleHash = '$2a$10$z8IxYWoIkPxpY/.bueF4weoztZVaFjFJ869wgvgGZd4UuR2O8Ftbi'

/** What a client of the form’s method is registered with. Spring Boot fills variables of the environment in. */
function registration(
  config: TokenRequestConfig,
): Record<'besides' | 'secret' | 'methods', readonly string[]> {
  const { token_endpoint_auth_method: method } = config
  const signs = (alg: string) => `token-endpoint-authentication-signing-algorithm: "${alg}"`
  if (method === 'private_key_jwt')
    return { besides: [`jwk-set-uri: "${keysUrl}"`, signs('RS256')], secret: [], methods: [method] }
  if (method === 'client_secret_jwt')
    return { besides: [signs(config.assertion.secret_alg)], secret: ['${CLIENT_SECRET}'], methods: [method] }
  const hash = hasOwnSecret(config) ? '${CLIENT_SECRET_BCRYPT}' : exampleHash
  return { besides: [], secret: [`{bcrypt}${hash}`], methods: ['client_secret_post', 'client_secret_basic'] }
}

const keysUrl = 'http://localhost:8600/jwks.json'

function applicationYaml(form: GuideForm): string {
  const { besides, secret, methods } = registration(form.config)
  const { id, scopes } = clientOf(form.config)
  const list = (items: readonly string[]) =>
    items.map((item) => `                - ${JSON.stringify(item)}`).join('\n')
  const base = baseOf(form)
  const port = (URL.canParse(base) && new URL(base).port) || '9000'
  const lines = [...besides.map((line) => `            ${line}`), '            registration:']
  // A throwaway is for this machine alone.
  const address = isHere(form) ? '  address: 127.0.0.1\n' : ''
  return `server:
${address}  port: ${port}
spring:
  security:
    oauth2:
      authorizationserver:
        client:
          m2m:
${lines.join('\n')}
              client-id: ${JSON.stringify(id)}
${secret.map((text) => `              client-secret: ${JSON.stringify(text)}\n`).join('')}              client-authentication-methods:
${list(methods)}
              authorization-grant-types:
                - "client_credentials"
              scopes:
${list(scopes.length > 0 ? scopes : ['read'])}`
}

/** What the configuration needs around it: a hash, a variable, or keys that the server can fetch. */
function credentialSteps({ config }: GuideForm): readonly Step[] {
  switch (config.token_endpoint_auth_method) {
    case 'private_key_jwt':
      return [
        {
          text: 'Spring reads the public key from a URL that the server itself can fetch, and from nowhere else. Save the JWK Set of the form as keys/jwks.json and serve it. The signing algorithm of the client has to be that of the key.',
          language: 'shell',
          code: 'python3 -m http.server 8600 --bind 127.0.0.1 --directory keys',
        },
      ]
    case 'client_secret_jwt':
      return [
        {
          text: 'The stored text, prefix included, is the key of the signature: for this method it has no {noop} and no {bcrypt}. It is in the variable CLIENT_SECRET when the server starts, at least 32 bytes long.',
        },
      ]
    default:
      return hasOwnSecret(config)
        ? [
            {
              text: 'The hash of your secret, for the shell that starts the server. htpasswd is in apache2-utils.',
              language: 'shell',
              code: 'export CLIENT_SECRET_BCRYPT="$(htpasswd -nbBC 10 \'\' "${CLIENT_SECRET:?is the secret in the form}" | tr -d \':\\n\')"',
            },
          ]
        : []
  }
}

const guide: ServerGuide = {
  browser: 'after-setup',
  summary:
    'A library, since version 7 a part of Spring Security. It allows a page once the application around it has a bean that names the origin.',
  labels: { base: 'Issuer' },
  cors: ({ origin }) => [corsBean(origin)],
  client: (form) => [
    ...credentialSteps(form),
    {
      text: 'A stored secret begins with how it is stored: {bcrypt} before a hash, {noop} before clear text, which is for a throwaway of your own machine alone. Without such a prefix, the right secret is redirected to /login.',
      language: 'YAML',
      file: 'src/main/resources/application.yml',
      code: applicationYaml(form),
      fix: useClient(form.config, {
        scope: form.config.scope || 'read',
        token_endpoint_auth_method: form.config.token_endpoint_auth_method,
      }),
    },
    tokenClaims(apiOf(form.config)),
    {
      text: 'Spring gives a client no reason for a refusal. This part of application.yml writes it to the log: client_secret, client_secret_expires_at, authentication_method and more. Secrets can get into the log with it, so remove it afterwards.',
      language: 'YAML',
      code: `logging:
  level:
    org.springframework.security.oauth2.server: TRACE`,
    },
  ],
  start: () => [
    {
      text: 'In an empty folder, for Java 17 or later and Maven. application.yml and Cors.java, from the two sections before, belong to it.',
      language: 'XML',
      file: 'pom.xml',
      code: pom,
    },
    application,
    inTerminal(
      'mvn spring-boot:run',
      'Without a client in application.yml there is no authorization server.',
    ),
  ],
  quirks: [
    {
      text: 'A page that CORS does not allow gets 403 “Invalid CORS request” to the POST itself: nothing was looked at, and no token was issued.',
      source: docs('CORS for a single page application', 'guides/how-to-pkce.html'),
    },
    {
      text: 'A redirect to /login means an exception inside, such as a stored secret without {bcrypt} or {noop}, or a path that is no endpoint: /oauth2/token has no slash at its end.',
      source: docs('registered client', 'core-model-components.html#registered-client'),
    },
    {
      text: 'private_key_jwt needs client_id next to the assertion, the signing algorithm at the client, and a jwkSetUrl: keys at the client itself are not read.',
      source: docs('registered client', 'core-model-components.html#registered-client'),
    },
    {
      text: 'Without CORS in its filter chain, OPTIONS is redirected to the login page: “Redirect is not allowed for a preflight request”.',
      source: {
        label: 'spring-authorization-server #399',
        href: 'https://github.com/spring-projects/spring-authorization-server/issues/399',
      },
      fix: {
        text: 'Send the credentials in the body',
        change: { token_endpoint_auth_method: 'client_secret_post' },
      },
    },
    {
      text: 'A method that is not among the client’s client-authentication-methods is invalid_client.',
      source: docs('registered client', 'core-model-components.html#registered-client'),
    },
  ],
  source: docs('CORS for a single page application', 'guides/how-to-pkce.html'),
}

/** A redirect of Spring has one of four reasons; what was sent leaves the likelier ones. */
function afterRedirect({ url, about, config }: Asked): readonly Fix[] {
  const log =
    'Read the application’s log at this moment: if the application failed, it has the exception. addAllowedOrigin("*") together with setAllowCredentials(true) is one: name the origins, or leave credentials out.'
  const path = paths[about]
  if (path === undefined) return [log]
  const { pathname, origin } = new URL(url)
  if (!pathname.endsWith(path)) return [log]
  if (usesSecret(config) && config.client_secret === '')
    return ['Enter the client’s secret: who sends no credentials is sent to the login page.', log]
  if (config.token_endpoint_auth_method === 'none')
    return [
      'Choose a way to authenticate, with a secret: who sends no credentials is sent to the login page.',
      log,
    ]
  return [
    'Put {noop} before a plain secret, or {bcrypt} before its hash, where the application stores it: without that, the application fails.',
    ...(pathname === path
      ? []
      : [
          `Compare the path with ${origin}${path}: what is before it is right only as a context path, or with several issuers.`,
        ]),
    log,
  ]
}

const paths: Readonly<Record<string, string>> = {
  token: '/oauth2/token',
  introspection: '/oauth2/introspect',
  revocation: '/oauth2/revoke',
}

export const spring: ServerRecord = {
  guide,
  endpoints: {
    jwks_uri: '{base}/oauth2/jwks',
    introspection_endpoint: '{base}/oauth2/introspect',
    revocation_endpoint: '{base}/oauth2/revoke',
  },
  reach: {
    unseen:
      'Spring’s CORS filter refuses a request from an origin that it does not allow, with 403 (Invalid CORS request), and issues nothing. If CORS is off there, a token may have been issued that nobody reads.',
    corsLines: {
      origin: 'config.addAllowedOrigin(…) of the CorsConfiguration.',
      method:
        'config.addAllowedMethod("POST") of the CorsConfiguration (Spring has GET and HEAD unless it is told more).',
      header: 'config.addAllowedHeader("*") of the CorsConfiguration.',
    },
    afterRedirect,
    redirects:
      'Spring sends a POST on to its login page if the application failed inside, most often because the secret is stored without {bcrypt} or {noop} before it; or if the path is no endpoint. The log of the application has the exception.',
  },
}
