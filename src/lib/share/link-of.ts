import type { Connected, LinkConfig } from './link-config.ts'
import { eachLinkRow, type LinkRow, linkRows } from './link-rows.ts'
import { linkBounds, linkVersion, shorten, writeText } from './link-text.ts'
import { keptOut, secretsOf, unfit } from './left-out.ts'

/** What a link is for: a configuration, a lesson by its name, or both. */
export interface Shared {
  readonly connection: Connected | null
  readonly lesson: string | null
}

/** A link as the fragment of an address, without `#`, with what is in it and what is not, in words; or that it is too long to be one. */
export type Link =
  | {
      readonly kind: 'link'
      readonly fragment: string
      readonly holds: readonly string[]
      readonly leftOut: readonly string[]
    }
  | { readonly kind: 'too long'; readonly length: number }

/**
 * Makes a link. In it is what differs from the values that the server starts with, so that it is short. No secret, key or token is in it,
 * nor what may be one: `LinkConfig` has no place for it, and a text that hides one is left out.
 * @see RFC 3986 section 3.5
 */
export function linkOf({ connection, lesson }: Shared): Link {
  const { members, leftOut } = connection ? membersOf(connection) : { members: [], leftOut: [] }
  const parts = [
    linkVersion,
    ...(lesson === null ? [] : [`lesson=${lesson}`]),
    ...(connection ? [`server=${connection.server.id}`] : []),
    ...members.flatMap(([name, texts]) => texts.map((text) => `${name}=${writeText(text)}`)),
  ]
  const fragment = parts.join(';')
  if (fragment.length > linkBounds.fragment) return { kind: 'too long', length: fragment.length }
  const holds = [
    ...(lesson === null ? [] : ['the lesson']),
    ...(connection ? [connection.server.name] : []),
    ...members.map(([name]) => linkRows[name].label),
  ]
  return { kind: 'link', fragment, holds, leftOut }
}

type Member = readonly [name: LinkRow, texts: readonly string[]]

function membersOf({ server, config }: Connected): {
  members: readonly Member[]
  leftOut: readonly string[]
} {
  const secrets =
    config.client_secret === server.config.client_secret
      ? secretsOf({ ...config, client_secret: '' })
      : secretsOf(config)
  const leftOut: string[] = []
  const members: Member[] = []
  for (const [name, row] of eachLinkRow) {
    const typed = textsOf(name, config)
    if (JSON.stringify(typed) === JSON.stringify(textsOf(name, server.config))) continue
    const texts = typed.map(row.bare)
    if (JSON.stringify(texts) !== JSON.stringify(typed)) leftOut.push(`query and fragment of ${row.label}`)
    const why = texts
      .map((text) => unfit(text, secrets) ?? (row.wrong(text) && 'no link can have'))
      .find(Boolean)
    if (texts.length > linkBounds.list) leftOut.push(`${row.label}, of which there are too many`)
    else if (why) leftOut.push(`${row.label}, which ${why}`)
    else members.push([name, texts])
  }
  return { members: shortened(members), leftOut: [...keptOut(config, server.config), ...leftOut] }
}

/** An empty list is one empty text. */
function textsOf(name: LinkRow, config: LinkConfig): readonly string[] {
  const texts = linkRows[name].get(config)
  return texts.length === 0 ? [''] : texts
}

/** Addresses below the one by which the server is found repeat nothing of it. */
function shortened(members: readonly Member[]): readonly Member[] {
  const [, [discovery = ''] = []] = members.find(([name]) => name === 'discovery') ?? []
  return members.map(([name, texts]) =>
    name === 'issuer' || name === 'endpoint'
      ? [name, texts.map((text) => shorten(text, discovery))]
      : [name, texts],
  )
}
