import { usesAssertion } from '../../oauth/config/auth-methods.ts'
import { expand, type Values } from '../../explanation/pattern.ts'
import {
  type GuideForm,
  inTerminal,
  type ServerGuide,
  type ServerRecord,
  type Source,
} from '../../explanation/server-record.ts'
import { shQuoted } from '../../snippets/curl.ts'
import { clientOf, secretWord, useClient, withoutDpop } from './from-form.ts'

const tutorial: Source = {
  label: 'Ory Hydra: 5 minute tutorial',
  href: 'https://www.ory.sh/docs/hydra/5min-tutorial',
}

const seen: Source = { ...tutorial, label: 'Seen with Ory Hydra 2.3' }

const cors: Source = { label: 'Ory Hydra: CORS', href: 'https://www.ory.sh/docs/hydra/guides/cors' }

const cli: Source = {
  label: 'Ory Hydra: create client',
  href: 'https://www.ory.sh/docs/hydra/cli/hydra-create-client',
}

const jwtTokens: Source = {
  label: 'Ory Hydra: JWT access tokens',
  href: 'https://www.ory.sh/docs/oauth2-oidc/jwt-access-token',
}

/** The port for administration, next to a public one that Hydra numbers so; empty next to any other. */
function adminUrl({ base = '' }: Values): string {
  const [, start] = /^(https?:\/\/[^/]+):4444$/.exec(base) ?? []
  return start === undefined ? '' : `${start}:4445`
}

/** What the steps call it, if the public URL does not show it. */
const adminOf = ({ values }: GuideForm): string => adminUrl(values) || 'http://127.0.0.1:4445'

/** A client with what the form asks for. Without `audience` and `scope` it may ask for none. */
function newClient({ config }: GuideForm): string {
  const { id, scopes } = clientOf(config)
  const method = config.token_endpoint_auth_method
  const { audience } = config
  const members = {
    client_id: id,
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: method,
    scope: scopes.join(' ') || 'read',
    ...(audience !== '' && { audience: [audience] }),
    ...(method === 'private_key_jwt' && { token_endpoint_auth_signing_alg: 'RS256' }),
  }
  return JSON.stringify(members, null, 2)
}

/** sh puts the secret, or the public keys, into the JSON: the last member, whose value the form does not show. */
function withCredentials(form: GuideForm): string {
  const json = newClient(form).slice(0, -2)
  const byKey = form.config.token_endpoint_auth_method === 'private_key_jwt'
  const member = byKey ? `"jwks": '"$(cat jwks.json)"'` : `"client_secret": "'${secretWord(form.config)}'"`
  return `'${json.replaceAll("'", "'\\''")},\n  ${member}\n}'`
}

/** CORS of both ports; for a throwaway, with the ports themselves, on this machine alone. */
const serve = (origin: string, isThrowaway = false): string =>
  `serve:\n${ports
    .map(
      ([name, port, methods, fields]) => `  ${name}:
${isThrowaway ? `    host: 127.0.0.1\n    port: ${port}\n` : ''}    cors:
      enabled: true
      allowed_origins: [${JSON.stringify(origin)}]
      allowed_methods: [${methods}]
      allowed_headers: [${fields}]`,
    )
    .join('\n')}`

const ports = [
  ['public', 4444, 'POST, GET', 'Authorization, Content-Type'],
  ['admin', 4445, 'POST', 'Content-Type'],
] as const

const guide: ServerGuide = {
  browser: 'after-setup',
  summary: 'Allows a page once CORS of its public port is enabled and names the origin.',
  labels: { base: 'Public URL' },
  cors: ({ origin }) => [
    {
      text: 'In the configuration; then start it again. The quickstart has an override for it, with every origin: docker compose -f quickstart.yml -f quickstart-cors.yml up. Introspection is at the port for administration, which has a switch of its own.',
      language: 'YAML',
      code: serve(origin),
      source: cors,
    },
    {
      text: 'A client may list origins of its own besides. That serves requests without a preflight only: a preflight names no client.',
      language: 'JSON',
      code: `"allowed_cors_origins": ["${origin}"]`,
    },
  ],
  client: (form) => [
    ...(form.config.token_endpoint_auth_method === 'private_key_jwt'
      ? [{ text: 'Save the public key of the form as a JWK Set, {"keys": [...]}, under the name jwks.json.' }]
      : []),
    {
      text: 'By the port for administration, which asks for no password. A client has one method, and gets no scope and no audience besides those listed here.',
      language: 'shell',
      code: `curl -fsS ${shQuoted(`${adminOf(form)}/admin/clients`)} -H 'content-type: application/json' -d ${withCredentials(form)}`,
      fix: useClient(form.config, {
        scope: form.config.scope || 'read',
        token_endpoint_auth_method: form.config.token_endpoint_auth_method,
      }),
      source: cli,
    },
    {
      text: 'Its tokens are opaque. For JWTs add "access_token_strategy": "jwt", or strategies.access_token: jwt in the configuration. aud is then what the parameter audience asks for and the client’s audience allows.',
      source: jwtTokens,
    },
  ],
  start: ({ origin, ...form }) => [
    {
      text: 'A configuration for a throwaway: it keeps everything in memory, and lets this page call both ports.',
      language: 'YAML',
      file: 'hydra.yml',
      code: `dsn: memory
secrets:
  system:
    - only-for-a-throwaway-of-this-machine
urls:
  self:
    issuer: ${expand('{base}', form.values)}
${serve(origin, true)}`,
    },
    inTerminal('hydra serve all --dev -c hydra.yml', 'Public port 4444, port for administration 4445.'),
    {
      text: 'Or the quickstart, with CORS for every origin:',
      language: 'shell',
      code: 'git clone https://github.com/ory/hydra\ncd hydra\ndocker compose -f quickstart.yml -f quickstart-cors.yml up --build',
    },
  ],
  quirks: [
    {
      text: 'aud of a client assertion has to be the token endpoint, alone or in a list; the issuer is refused.',
      source: seen,
      fix: { text: 'aud: token endpoint', change: { assertion: { aud: 'token_endpoint' } } },
    },
    {
      text: 'The parameter audience is granted only if the client’s audience lists it, or a path above it; resource is ignored.',
      source: {
        label: 'Ory Hydra: audience',
        href: 'https://github.com/ory/hydra/blob/3838cdc580ad0a684b4120fb9dc057aa328a11b3/docs/docs/advanced.md',
      },
    },
    {
      text: 'It knows no DPoP: with a proof that its CORS allows, the token is still a Bearer token.',
      source: { label: 'hydra #3235', href: 'https://github.com/ory/hydra/issues/3235' },
      fix: withoutDpop,
    },
    {
      text: 'Introspection is at the port for administration, /admin/oauth2/introspect, and looks at no client: send no secret there.',
      source: seen,
    },
    {
      text: 'With a list of allowed_headers of your own, Authorization must be on it, or every Basic header fails at the preflight.',
      source: { label: 'hydra #1754', href: 'https://github.com/ory/hydra/issues/1754' },
    },
    {
      text: 'A client’s allowed_cors_origins are not enough for a preflight; credentials in the body need none.',
      source: cors,
      fix: {
        text: 'Send the credentials in the body',
        change: { token_endpoint_auth_method: 'client_secret_post' },
      },
    },
    {
      text: 'The method is fixed per client, client_secret_basic unless said otherwise.',
      source: cli,
      fix: {
        text: 'Send the credentials in the header',
        change: { token_endpoint_auth_method: 'client_secret_basic' },
      },
    },
    {
      text: 'A scope that is not among the client’s is refused by name; without a scope the token is for nothing.',
      source: seen,
    },
  ],
  source: tutorial,
}

export const hydra: ServerRecord = {
  guide,
  endpoints: {
    jwks_uri: '{base}/.well-known/jwks.json',
    revocation_endpoint: '{base}/oauth2/revoke',
    introspection_endpoint: (values) => {
      const admin = adminUrl(values)
      return admin && `${admin}/admin/oauth2/introspect`
    },
  },
  asksNoClient: (url) => /\/admin\/oauth2\/introspect$/.test(url),
  reach: {
    ownCors: {
      introspection: 'The port for administration has a switch of its own: serve.admin.cors.enabled: true.',
    },
    ports: { administration: '4445', public: '4444' },
    originsOfRequest: 'allowed_cors_origins',
    refusalsReadable: true,
    withoutDpop: true,
    methodFixed: true,
  },
  beforehand: ({ dpop, assertion, ...config }) => [
    ...(dpop.on
      ? [
          {
            text: 'Hydra knows no DPoP: its token would be a Bearer token.',
            fix: withoutDpop,
          },
        ]
      : []),
    ...(usesAssertion(config) && assertion.aud === 'issuer'
      ? [
          {
            text: 'Hydra wants its token endpoint as aud of the assertion, and refuses the issuer.',
            fix: { text: 'aud: token endpoint', change: { assertion: { aud: 'token_endpoint' as const } } },
          },
        ]
      : []),
  ],
}
