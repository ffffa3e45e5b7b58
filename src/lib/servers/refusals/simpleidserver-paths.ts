import type { Endpoint, Facts } from '../../why/refusal/facts/facts.ts'

/** Where this server has its endpoints, after the realm if there are realms. */
const tails: Readonly<Record<Endpoint, readonly string[]>> = {
  token: ['/token'],
  introspection: ['/token_info'],
  revocation: ['/token/revoke'],
  registration: ['/register'],
  keys: ['/jwks'],
  metadata: ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'],
  api: [],
}

/** The realm that is always there if realms are on. */
const defaultRealm = 'master'

/** What is wrong with a path at this server, by its form alone, and the URL to use in its place. */
export interface PathFault {
  readonly kind: 'realm missing' | 'realm unknown' | 'realm not used' | 'metadata elsewhere' | 'path unknown'
  readonly to: string
}

/** For a request that found nothing, or another endpoint. */
export function pathFault({ endpoint, sent: { url } }: Facts): PathFault {
  const path = url.pathname
  const at = (realm: string, tail: string): string => `${url.origin}${realm === '' ? '' : `/${realm}`}${tail}`
  const tail = tails[endpoint].find((one) => path.endsWith(one)) ?? tails[endpoint][0] ?? ''
  const realm = path.endsWith(tail) ? path.slice(0, -tail.length) : null
  if (realm === '') return { kind: 'realm missing', to: at(defaultRealm, tail) }
  if (realm !== null && /^\/[^/]+$/.test(realm))
    return realm === `/${defaultRealm}`
      ? { kind: 'realm not used', to: at('', tail) }
      : { kind: 'realm unknown', to: at(defaultRealm, tail) }
  const inserted = /^\/\.well-known\/[\w-]+\/([^/]+)\/?$/.exec(path)?.[1]
  if (endpoint === 'metadata' && inserted)
    return { kind: 'metadata elsewhere', to: at(inserted, '/.well-known/openid-configuration') }
  const first = /^\/([^/]+)\/./.exec(path)?.[1]
  return { kind: 'path unknown', to: at(first ?? (path.startsWith('//') ? '' : defaultRealm), tail) }
}
