import type { Pairs } from './own.ts'
import type { Variables } from './variables.ts'

/** What a tool asks for a token with, as it is written there: variables have no values yet. */
export interface ToolOAuth2 {
  /** As the tool calls it; empty if it does not say. */
  readonly grantType: string
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scope: string
  readonly audience: readonly string[]
  readonly resource: readonly string[]
  /** Where ID and secret are sent. Most tools do not encode them before they join them. @see RFC 6749 section 2.3.1 */
  readonly placement: 'body' | 'header' | 'encoded header'
  /** What else it sends, in the body and in the header. */
  readonly parameters: Pairs
  readonly headers: Pairs
  /** What it sends in the query of the token endpoint. */
  readonly query: Pairs
}

/** How a request is authenticated. */
export type ToolAuth =
  | { readonly kind: 'oauth2'; readonly oauth2: ToolOAuth2 }
  | { readonly kind: 'basic'; readonly id: string; readonly secret: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'none' }
  /** Another scheme. */
  | { readonly kind: 'other' }

/** The settings of the schemes that are used, read if the scheme is chosen. */
interface Schemes {
  readonly oauth2: () => ToolOAuth2
  readonly basic: () => readonly [id: string, secret: string]
  readonly bearer: () => string
}

/** How a request is authenticated, by what tools call the scheme; `null` if it inherits that. */
export function authOf(scheme: string, { oauth2, basic, bearer }: Schemes): ToolAuth | null {
  switch (scheme.toLowerCase().replace('-', '')) {
    case '':
    case 'inherit':
      return null
    case 'none':
    case 'noauth':
      return { kind: 'none' }
    case 'oauth2':
      return { kind: 'oauth2', oauth2: oauth2() }
    case 'basic': {
      const [id, secret] = basic()
      return { kind: 'basic', id, secret }
    }
    case 'bearer':
      return { kind: 'bearer', token: bearer() }
    default:
      return { kind: 'other' }
  }
}

export type ToolBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'form'; readonly pairs: Pairs; readonly isMultipart: boolean }
  | { readonly kind: 'text'; readonly text: string }
  /** Of a kind that the page does not send. */
  | { readonly kind: 'other' }

export interface ToolRequest {
  readonly method: string
  readonly url: string
  /** What is added to the query of the URL. */
  readonly query: Pairs
  /** Values of `:name` in the path. */
  readonly path: Pairs
  readonly headers: Pairs
  readonly body: ToolBody
}

/** A folder or a request of a collection, as a reader of one format found it; what it does not have, it inherits. */
export interface Level {
  readonly name: string
  /** `null`: that of the folder around it. */
  readonly auth: ToolAuth | null
  readonly variables: Variables
  readonly headers: Pairs
  readonly request: ToolRequest | null
  readonly children: readonly unknown[]
  readonly hasScript: boolean
}

/** Where something is in a collection, with what it inherits there. */
export interface Place {
  readonly name: string
  readonly outer: Place | null
  readonly depth: number
  readonly auth: ToolAuth
  readonly variables: Variables
  readonly headers: Pairs
}

/** All of a collection that may become a proposal, in its order. */
export interface Walked {
  readonly settings: readonly { readonly place: Place; readonly oauth2: ToolOAuth2 }[]
  readonly requests: readonly { readonly place: Place; readonly request: ToolRequest }[]
  readonly hasScripts: boolean
  /** Whether it has more than is read. */
  readonly isCut: boolean
}

const bounds = { depth: 100, levels: 50_000 }

/**
 * Goes through a collection from its root, folders in their order, not by recursion and not without end: a reader may find
 * children that are their own parents.
 */
export function walk(root: Level, read: (node: unknown) => Level | null): Walked {
  const settings: { place: Place; oauth2: ToolOAuth2 }[] = []
  const requests: { place: Place; request: ToolRequest }[] = []
  const open: { level: Level | null; node: unknown; outer: Place | null }[] = [
    { level: root, node: null, outer: null },
  ]
  let [count, hasScripts, isCut] = [0, false, false]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { outer } = next
    const level = next.level ?? read(next.node)
    count += 1
    if (level === null) continue
    const place = placeOf(level, outer)
    hasScripts ||= level.hasScript
    if (level.auth?.kind === 'oauth2') settings.push({ place, oauth2: level.auth.oauth2 })
    if (level.request) requests.push({ place, request: level.request })
    const room = place.depth < bounds.depth ? bounds.levels - count - open.length : 0
    isCut ||= level.children.length > room
    for (const node of level.children.slice(0, Math.max(room, 0)).reverse())
      open.push({ level: null, node, outer: place })
  }
  return { settings, requests, hasScripts, isCut }
}

function placeOf({ name, auth, variables, headers }: Level, outer: Place | null): Place {
  return {
    name,
    outer,
    depth: (outer?.depth ?? 0) + 1,
    auth: auth ?? outer?.auth ?? { kind: 'none' },
    variables,
    headers,
  }
}

/** From the outermost to the innermost. */
export function placesTo(place: Place): readonly Place[] {
  const places: Place[] = []
  for (let next: Place | null = place; next !== null; next = next.outer) places.unshift(next)
  return places
}
