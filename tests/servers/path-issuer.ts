import { clients, type RegisteredClient } from './clients.ts'
import { listenOnLoopback } from './loopback.ts'
import { createProvider } from './oidc-provider.ts'
import { configureProvider, tokenKeys } from './provider-configuration.ts'

/** All of them sign with these: keys of RSA take longer to make than the rest of a server. */
const signingKeys = tokenKeys()

const path = '/realms/demo'
const wellKnown = '/.well-known/'

/** Where metadata is, and which of oidc-provider's two documents it is. */
const forms = {
  /** RFC 8414 3.1: between host and path. */
  insertion: `/.well-known/oauth-authorization-server${path}`,
  /** OpenID Connect Discovery 4: after the path. */
  oidc: `${path}/.well-known/openid-configuration`,
  /** No standard's, and SimpleIdServer's. */
  append: `${path}/.well-known/oauth-authorization-server`,
  /** What RFC 8414 5 makes of OpenID's. */
  'oidc insertion': `/.well-known/openid-configuration${path}`,
}

interface Metadata {
  readonly issuer: string
  readonly [name: string]: unknown
}

/** What the metadata calls the issuer, and all endpoints with it, for a server that has its own address wrong. */
const names = {
  right: (metadata: Metadata) => metadata,
  /** The issuer alone: a slash more than its endpoints have. */
  slash: (metadata: Metadata) => ({ ...metadata, issuer: `${metadata.issuer}/` }),
  /** As behind a proxy that ends TLS. */
  https: (metadata: Metadata) => rename(metadata, metadata.issuer.replace('http:', 'https:')),
  /** As in a container, which is known by that name to the other containers only. */
  container: (metadata: Metadata) => rename(metadata, `http://keycloak:8080${path}`),
}

const rename = (metadata: Metadata, issuer: string) =>
  JSON.parse(JSON.stringify(metadata).replaceAll(metadata.issuer, issuer)) as Metadata

export interface PathIssuer {
  /** `http://localhost:<port>/realms/demo` */
  readonly issuer: string
  /** Where its metadata is. */
  readonly metadata: string
  readonly tokenEndpoint: string
  /** Every request so far: `GET /realms/demo/.well-known/openid-configuration`. */
  readonly requests: readonly string[]
  close(): Promise<void>
}

export interface PathIssuerOptions {
  /** The one place where the metadata is. Any other is 404. */
  readonly form?: keyof typeof forms
  readonly name?: keyof typeof names
  /** Whether pages may read what is there, and that elsewhere nothing is. */
  readonly cors?: boolean
}

/** A real authorization server whose issuer identifier has a path. It knows the clients that have a secret. */
export async function startPathIssuer({
  form = 'oidc',
  name = 'right',
  cors = true,
}: PathIssuerOptions = {}): Promise<PathIssuer> {
  const listener = await listenOnLoopback()
  const issuer = `${listener.origin}${path}`
  const requests: string[] = []
  const { configuration } = configureProvider({
    clients: Object.values<RegisteredClient>(clients).filter(({ secret }) => secret !== undefined),
    resources: ['http://localhost:9001'],
    signingKeys,
  })
  const provider = await createProvider(issuer, configuration)
  provider.use(async (ctx, next) => {
    await next()
    if (!ctx.path.startsWith(wellKnown)) return
    ctx.body = names[name](ctx.body as Metadata)
    if (!cors) ctx.remove('Access-Control-Allow-Origin')
  })
  const answer = provider.callback()

  listener.serve((request, response) => {
    const { method = '', url = '' } = request
    requests.push(`${method} ${url}`)
    const found = url === forms[form]
    if (!found && (url.includes(wellKnown) || !url.startsWith(`${path}/`))) {
      return response.writeHead(404, cors ? { 'Access-Control-Allow-Origin': '*' } : {}).end()
    }
    // oidc-provider is mounted under the path: its routes begin after it, its addresses with it.
    const inner = url.replace(path, '')
    return answer(Object.assign(request, { url: inner, originalUrl: path + inner }), response)
  })
  return {
    issuer,
    metadata: listener.origin + forms[form],
    tokenEndpoint: `${issuer}/token`,
    requests,
    close: () => listener.close(),
  }
}
