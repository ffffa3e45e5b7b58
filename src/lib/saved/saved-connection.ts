import { isObject } from '../json/own-members.ts'
import { parseStored, type StoredConfig } from './stored-config.ts'

/** A configuration under a name that the user chose. It has no secret: none can be expressed in it. */
export interface SavedConnection {
  readonly id: string
  readonly name: string
  /** The id of the server whose guide applies, and from whose values `config` differs. */
  readonly server: string
  readonly config: StoredConfig
}

export const connectionBounds = { count: 100, name: 80 }

/** A name as it is kept: on one line, without spaces around it, bounded, and never with half a character. */
export function connectionName(text: string): string {
  const name = text.replace(/\s+/g, ' ').trim().slice(0, connectionBounds.name)
  return name.replace(/\p{Surrogate}/gu, '').trimEnd()
}

/** Reads stored connections back: what is forged is left out, and so is a second one of a name or an id. */
export function parseConnections(value: unknown): readonly SavedConnection[] {
  const ids = new Set<string>()
  const names = new Set<string>()
  return (Array.isArray(value) ? value : []).flatMap((item: unknown) => {
    const { id, name, server, config } = isObject(item) ? item : {}
    if (typeof id !== 'string' || typeof name !== 'string' || typeof server !== 'string') return []
    if (ids.size === connectionBounds.count || ids.has(id) || names.has(name)) return []
    if (name === '' || name !== connectionName(name)) return []
    ids.add(id)
    names.add(name)
    return [{ id, name, server, config: parseStored(config) }]
  })
}
