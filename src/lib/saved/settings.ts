import { isObject, parsePlain } from '../json/own-members.ts'
import { parseConnections, type SavedConnection } from './saved-connection.ts'
import { parseStored, storedBounds, type StoredConfig } from './stored-config.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** What survives a reload. A secret cannot be expressed in it. */
export interface Settings {
  readonly theme: Theme
  /** Seconds. */
  readonly timeout: number
  /** Whether each claim is shown with what it means. */
  readonly explain: boolean
  /** Whether the page is shown to a room: large, one pane at a time, without a secret or a token. */
  readonly projector: boolean
  /** The id of the server that was chosen or changed last; `null` if none was. */
  readonly server: string | null
  /** What was typed, by server id. */
  readonly configs: Readonly<Record<string, StoredConfig>>
  /** What was saved under a name. */
  readonly connections: readonly SavedConnection[]
  /** The ids of the lessons that were solved. */
  readonly solved: readonly string[]
}

export const defaultSettings: Settings = {
  theme: 'system',
  timeout: 30,
  explain: false,
  projector: false,
  server: null,
  configs: {},
  connections: [],
  solved: [],
}

export const timeoutBounds = { min: 1, max: 600 }

/** Reads stored text back; what is missing, foreign or forged falls back to the default. */
export function parseSettings(text: string | null): Settings {
  // What is no JSON was left under our name by another page of this origin, or by another version.
  const parsed = parsePlain(text ?? '{}')
  const { theme, timeout, explain, projector, server, configs, connections, solved } =
    parsed.ok && isObject(parsed.value) ? parsed.value : {}
  return {
    theme: themes.find((known) => known === theme) ?? defaultSettings.theme,
    timeout: validTimeout(timeout) ?? defaultSettings.timeout,
    explain: explain === true,
    projector: projector === true,
    server: typeof server === 'string' ? server : defaultSettings.server,
    configs: Object.fromEntries(
      Object.entries(isObject(configs) ? configs : {})
        .slice(0, storedBounds.list)
        .map(([id, config]) => [id, parseStored(config)]),
    ),
    connections: parseConnections(connections),
    solved: (Array.isArray(solved) ? solved : []).filter(isLessonId).slice(0, storedBounds.list),
  }
}

const isLessonId = (id: unknown): id is string => typeof id === 'string' && /^[a-z0-9-]{1,40}$/.test(id)

/** A number of seconds within the bounds, `null` for anything else. */
export function validTimeout(value: unknown): number | null {
  const fits = typeof value === 'number' && value >= timeoutBounds.min && value <= timeoutBounds.max
  return fits ? value : null
}
