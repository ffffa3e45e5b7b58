import { isObject, parsePlain } from '../json/own-members.ts'
import { serversFor } from '../servers/servers.ts'
import { listed } from '../text/listed.ts'
import { quoted } from '../text/quoted.ts'
import { parseStored } from './stored-config.ts'
import { connectionBounds, connectionName, type SavedConnection } from './saved-connection.ts'
import { savedServerId } from './saved-server.ts'
import type { Settings } from './settings.ts'

type List = readonly SavedConnection[]

/** A change of the list, made on what is stored by then: another tab may have changed it, too. */
export type Edit = (list: List) => List

/** Saves under a name, in place of what had it before, as a connection of its own. The list as it was, if there is no name or no room. */
export function saveConnection(list: List, { name, server, config }: Omit<SavedConnection, 'id'>): List {
  const connection = { id: newId(), name: connectionName(name), server, config }
  if (connection.name === '') return list
  if (list.some((other) => other.name === connection.name))
    return list.map((other) => (other.name === connection.name ? connection : other))
  return list.length < connectionBounds.count ? [...list, connection] : list
}

/** Gives another name; the list as it was, if there is no name or another connection has it. */
export function renameConnection(list: List, id: string, name: string): List {
  const renamed = connectionName(name)
  if (renamed === '' || list.some((other) => other.name === renamed && other.id !== id)) return list
  return list.map((other) => (other.id === id ? { ...other, name: renamed } : other))
}

export function removeConnection(list: List, id: string): List {
  return list.filter((other) => other.id !== id)
}

/** Puts back what was removed, at its place; the list as it was, if there is no room or another has its name. */
export function restoreConnection(list: List, connection: SavedConnection, index: number): List {
  const isTaken = list.some(({ id, name }) => id === connection.id || name === connection.name)
  return isTaken || list.length === connectionBounds.count ? list : list.toSpliced(index, 0, connection)
}

/** The settings with that change of their connections. What was typed for one that is gone goes with it. */
export function editConnections(settings: Settings, edit: Edit): Pick<Settings, 'connections' | 'configs'> {
  const connections = edit(settings.connections)
  const kept = new Set(connections.map(savedServerId))
  const gone = new Set(settings.connections.map(savedServerId).filter((id) => !kept.has(id)))
  const configs = Object.entries(settings.configs).filter(([id]) => !gone.has(id))
  return { connections, configs: Object.fromEntries(configs) }
}

const format = 'client-credentials-playground/connections'
const version = 1

/** The longest file that is read, in characters, and how many connections of it are read. */
const longest = 2_000_000
const most = 2 * connectionBounds.count

/** The connections as the text of a file, for another browser or another person. */
export function exportConnections(list: List): string {
  const connections = list.map(({ name, server, config }) => ({ name, server, config }))
  return `${JSON.stringify({ format, version, connections }, null, 2)}\n`
}

/** What came of reading a file. If there is a problem, nothing was read from it. */
export interface Import {
  /** To be put at the end of the list. */
  readonly added: List
  /** What was left out, or is otherwise than in the file, and why, in sentences. */
  readonly skipped: readonly string[]
  readonly problem: string | null
}

/**
 * Reads what `exportConnections` wrote, or something forged: it can bring no secret and no member of another kind. A file of version 1 stays readable: its
 * members are only added to.
 */
export function importConnections(text: string, existing: List): Import {
  const problem = (sentence: string): Import => ({ added: [], skipped: [], problem: sentence })
  if (text.length > longest) return problem(`This is too large: at most ${longest} characters are read.`)
  const parsed = parsePlain(text)
  if (!parsed.ok) return problem(`This cannot be read. ${parsed.message}`)
  if (
    !isObject(parsed.value) ||
    parsed.value['format'] !== format ||
    !Array.isArray(parsed.value['connections'])
  )
    return problem('This is JSON, and not connections that this page exported.')
  if (parsed.value['version'] !== version)
    return problem(
      `These connections are of version ${quoted(String(parsed.value['version']))} of the format, and this page reads version ${version}.`,
    )

  const added: SavedConnection[] = []
  const skipped: string[] = []
  const items: readonly unknown[] = parsed.value['connections']
  items.slice(0, most).forEach((item, index) => {
    const list = [...existing, ...added]
    const { connection, left } = readItem(item)
    if (!connection) skipped.push(`Number ${index + 1} has no name or no server.`)
    else if (list.some(({ name }) => name === connection.name))
      skipped.push(`There is already one named ${quoted(connection.name)}.`)
    else if (list.length === connectionBounds.count)
      skipped.push(`${quoted(connection.name)} is one too many: at most ${connectionBounds.count} are kept.`)
    else {
      added.push({ ...connection, id: newId() })
      skipped.push(...sentencesOf(connection, left))
    }
  })
  if (items.length > most) skipped.push(`Of ${items.length} connections only the first ${most} were read.`)
  return { added, skipped, problem: null }
}

interface ReadItem {
  /** `null` for what is none. */
  readonly connection: Omit<SavedConnection, 'id'> | null
  /** The members that are not read. */
  readonly left: readonly string[]
}

function readItem(item: unknown): ReadItem {
  const { name, server, config, ...others } = isObject(item) ? item : {}
  if (typeof name !== 'string' || typeof server !== 'string' || connectionName(name) === '')
    return { connection: null, left: [] }
  const read = parseStored(config)
  const left = Object.keys(isObject(config) ? config : {}).filter((member) => !Object.hasOwn(read, member))
  return {
    connection: { name: connectionName(name), server, config: read },
    left: [...Object.keys(others), ...left],
  }
}

/** What is said of a connection that was read. */
function sentencesOf(
  { name, server }: Omit<SavedConnection, 'id'>,
  left: readonly string[],
): readonly string[] {
  const known = serversFor('').some(({ id }) => id === server)
  const said = left.slice(0, 10).map(quoted)
  const more = left.length - said.length
  return [
    ...(known
      ? []
      : [
          `${quoted(name)} is of a server that this page does not know (${quoted(server)}). It is read as your own server.`,
        ]),
    ...(left.length === 0
      ? []
      : [
          `${quoted(name)}: ${more > 0 ? `${said.join(', ')} and ${more} more` : listed(said)} ${left.length === 1 ? 'is' : 'are'} not read: a secret, unknown, or of another kind.`,
        ]),
  ]
}

/** An id that no connection has, or had: what was typed for that one would appear next to this one. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join('')
}
