import { httpUrl } from '../../http/http-url.ts'
import { isObject } from '../../json/own-members.ts'
import { hidesSecret } from '../../text/hides-secret.ts'
import { own, ownList, ownText, ownTexts } from './own.ts'

/** What an OpenAPI document says of one way to authenticate. */
export interface Scheme {
  readonly name: string
  readonly what:
    | {
        readonly kind: 'oauth2'
        /** The flow that the token endpoint is of, if it is not that of client_credentials. */
        readonly otherFlow: string | null
        /** As it is written: it may be relative. */
        readonly tokenUrl: string
        readonly scopes: readonly string[]
        /** What the token is called in the response, if it is not the access token. */
        readonly tokenName: string
      }
    | { readonly kind: 'openid'; readonly url: string }
    | { readonly kind: 'bearer' }
    /** Nothing that the page has; in words. */
    | { readonly kind: 'other'; readonly type: string }
}

const bounds = { schemes: 50, scopes: 200, needs: 10 }

/**
 * The security schemes of a document of version 2.0 or 3, in its order.
 * @see https://spec.openapis.org/oas/v3.1.1.html#security-scheme-object, https://spec.openapis.org/oas/v2.0.html#security-scheme-object
 */
export function schemesOf(document: unknown): readonly Scheme[] {
  const schemes = own(document, 'components', 'securitySchemes') ?? own(document, 'securityDefinitions')
  return isObject(schemes)
    ? Object.keys(schemes)
        .slice(0, bounds.schemes)
        .map((name) => ({ name, what: schemeOf(followed(document, own(schemes, name))) }))
    : []
}

/** A reference into the document, followed once: one may refer to itself. */
function followed(document: unknown, value: unknown): unknown {
  const reference = ownText(value, '$ref')
  if (!reference.startsWith('#/')) return value
  const path = reference.slice(2).split('/').slice(0, 20)
  return own(document, ...path.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')))
}

function schemeOf(scheme: unknown): Scheme['what'] {
  const type = ownText(scheme, 'type')
  const http = ownText(scheme, 'scheme').toLowerCase()
  if (type === 'oauth2') return oauth2Of(scheme)
  if (type === 'openIdConnect') return { kind: 'openid', url: ownText(scheme, 'openIdConnectUrl') }
  if (type === 'http' && http === 'bearer') return { kind: 'bearer' }
  return { kind: 'other', type: type === 'http' ? `http ${http}` : type }
}

/** The flows that have a token endpoint, that of client_credentials first; with their names in versions 3 and 2.0. */
const flowNames = ['clientCredentials', 'application', 'authorizationCode', 'accessCode', 'password'] as const

function oauth2Of(scheme: unknown): Scheme['what'] {
  // Version 2.0 has one flow, which is the scheme itself.
  const flows = own(scheme, 'flows') ?? { [ownText(scheme, 'flow')]: scheme }
  const name = flowNames.find((one) => ownText(flows, one, 'tokenUrl') !== '')
  if (name === undefined) return { kind: 'other', type: 'oauth2 without a token endpoint' }
  const scopes = own(flows, name, 'scopes')
  return {
    kind: 'oauth2',
    otherFlow: name === 'clientCredentials' || name === 'application' ? null : name,
    tokenUrl: ownText(flows, name, 'tokenUrl'),
    scopes: isObject(scopes) ? Object.keys(scopes).slice(0, bounds.scopes) : [],
    tokenName: ownText(flows, name, 'x-tokenName') || ownText(scheme, 'x-tokenName'),
  }
}

/** A call that needs a scheme, with the scopes that it needs. */
export interface Operation {
  readonly path: string
  readonly scopes: readonly string[]
}

/**
 * For each scheme the first GET that needs it and has nothing in its path to fill in. Each path is looked at once.
 * @see https://spec.openapis.org/oas/v3.1.1.html#security-requirement-object
 */
export function operationsOf(document: unknown): ReadonlyMap<string, Operation> {
  const found = new Map<string, Operation>()
  const paths = own(document, 'paths')
  if (!isObject(paths)) return found
  const shared = ownList(document, 'security')
  for (const path of Object.keys(paths)) {
    const get = own(paths, path, 'get')
    if (!path.startsWith('/') || path.includes('{') || !isObject(get)) continue
    const needs = Array.isArray(own(get, 'security')) ? ownList(get, 'security') : shared
    for (const need of needs.slice(0, bounds.needs))
      for (const scheme of isObject(need) ? Object.keys(need).slice(0, bounds.needs) : [])
        if (!found.has(scheme)) found.set(scheme, { path, scopes: ownTexts(need, scheme) })
  }
  return found
}

/** The URL of the first server, with the defaults of its variables; empty if it is relative. @see https://spec.openapis.org/oas/v3.1.1.html#server-object */
export function serverOf(document: unknown): string {
  const [server] = ownList(document, 'servers')
  const [scheme] = ownList(document, 'schemes')
    .map((one) => ownText(one))
    .sort()
    .reverse()
  const host = ownText(document, 'host')
  const url =
    host === ''
      ? ownText(server, 'url').replace(/\{([^{}]{1,100})\}/g, (whole, name: string) => {
          const value = ownText(server, 'variables', name, 'default')
          return value === '' ? whole : value
        })
      : `${scheme ?? 'https'}://${host}${ownText(document, 'basePath')}`
  return httpUrl(url) !== null && !url.includes('{') && !hidesSecret(url, '') ? url : ''
}
