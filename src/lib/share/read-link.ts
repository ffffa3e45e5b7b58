import type { Server } from '../servers/servers.ts'
import { isSecretName } from '../text/hides-secret.ts'
import { quoted } from '../text/quoted.ts'
import { unfit } from './left-out.ts'
import { type Connected, configFrom, type LinkConfig } from './link-config.ts'
import { eachLinkRow, type LinkRow, linkRows } from './link-rows.ts'
import { lengthen, lessonId, linkBounds, linkVersion, readText } from './link-text.ts'
import type { Shared } from './link-of.ts'

/** What the fragment of an address is: a link, one that is not used with the reason, or something else, such as a place in the page. */
export type ReadLink =
  | ({ readonly kind: 'link' } & Shared)
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'none' }

/** Whether a fragment claims to be a link: the names of places in the page begin with letters. */
const isLink = (fragment: string): boolean => /^#?\d{1,9};/.test(fragment)

/**
 * Reads the fragment of an address, with `#` or without. All of it has to be right: what is not known, written twice, of another scheme
 * than http(s), invisible, or may be a secret has the whole link refused, so that what is filled in is what was meant. Never throws.
 * @param known the servers that are built in
 */
export function readLink(fragment: string, known: readonly Server[]): ReadLink {
  if (!isLink(fragment)) return { kind: 'none' }
  const [version = '', ...parts] = fragment
    .slice(0, linkBounds.fragment + 1)
    .replace(/^#/, '')
    .split(';')
  try {
    if (version !== linkVersion)
      throw new Refusal(
        `It is of version ${version} of the format, and this page reads version ${linkVersion}.`,
      )
    if (fragment.length > linkBounds.fragment)
      throw new Refusal(`It has ${fragment.length} characters, and at most ${linkBounds.fragment} are read.`)
    const members = membersIn(parts)
    const shared = { connection: connectionIn(members, known), lesson: lessonIn(members) }
    if (!shared.connection && shared.lesson === null) throw new Refusal('Nothing is in it.')
    return { kind: 'link', ...shared }
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', reason: error.message }
    throw error
  }
}

/** Its message is for whoever opened the link. */
class Refusal extends Error {}

type Name = LinkRow | 'server' | 'lesson'

const isName = (name: string): name is Name =>
  name === 'server' || name === 'lesson' || Object.hasOwn(linkRows, name)

function membersIn(parts: readonly string[]): ReadonlyMap<Name, readonly string[]> {
  const members = new Map<Name, readonly string[]>()
  for (const part of parts.filter((one) => one !== '')) {
    const equals = part.indexOf('=')
    const name = equals < 0 ? part : part.slice(0, equals)
    if (!isName(name)) throw new Refusal(unknown(name))
    const text = equals < 0 ? null : readText(part.slice(equals + 1))
    if (text === null) throw new Refusal(`${name} is not written as a link is: a % or a = is missing.`)
    const isList = name !== 'server' && name !== 'lesson' && linkRows[name].isList
    const texts = [...(members.get(name) ?? []), text]
    if (texts.length > (isList ? linkBounds.list : 1))
      throw new Refusal(`${name} is in it ${texts.length} times.`)
    members.set(name, texts)
  }
  return members
}

const unknown = (name: string): string =>
  isSecretName(name)
    ? `It has ${quoted(name)} in it, and no link of this page has a secret: whoever made it should change that secret at the server.`
    : `It has “${quoted(name)}” in it, which this version of the page does not know.`

function lessonIn(members: ReadonlyMap<Name, readonly string[]>): string | null {
  const [lesson] = members.get('lesson') ?? []
  if (lesson === undefined) return null
  if (!lessonId.test(lesson))
    throw new Refusal(
      `lesson is ${quoted(lesson)}: the name of a lesson is of a-z, 0-9 and -, at most ${linkBounds.lesson}.`,
    )
  return lesson
}

function connectionIn(
  members: ReadonlyMap<Name, readonly string[]>,
  known: readonly Server[],
): Connected | null {
  const [id] = members.get('server') ?? []
  const filled = eachLinkRow.filter(([name]) => members.has(name))
  if (id === undefined) {
    if (filled.length > 0) throw new Refusal('It does not say for which server it is.')
    return null
  }
  const server = known.find((one) => one.id === id)
  if (!server) throw new Refusal(`server is ${quoted(id)}, which this version of the page does not know.`)
  const [discovery = ''] = members.get('discovery') ?? []
  const linked = filled.reduce<LinkConfig>((config, [name, row]) => {
    const texts = (members.get(name) ?? []).map((text) =>
      name === 'issuer' || name === 'endpoint' ? lengthen(text, discovery) : text,
    )
    for (const text of texts) {
      const why = row.wrong(text) ?? unfit(text, [])
      if (why !== null) throw new Refusal(`${row.label} ${why}.`)
    }
    return row.put(config, texts)
  }, server.config)
  return { server, config: configFrom(server, linked) }
}
