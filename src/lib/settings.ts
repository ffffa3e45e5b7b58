import { authMethods, basicEncodings, type TokenRequestConfig } from './oauth/config.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** What differs from the values a server starts with; the secret is no member of it. */
export type StoredConfig = Partial<Omit<TokenRequestConfig, 'client_secret'>>

/** What survives a reload. A secret cannot be expressed in it. */
export interface Settings {
  readonly theme: Theme
  /** Seconds. */
  readonly timeout: number
  /** The id of the chosen server. */
  readonly server: string
  /** What was typed, by server id. */
  readonly configs: Readonly<Record<string, StoredConfig>>
}

export const defaultSettings: Settings = { theme: 'system', timeout: 30, server: 'practice', configs: {} }

export const timeoutBounds = { min: 1, max: 600 }

/** What of a configuration may be stored: where it differs, not the secret, and nothing in which one may be hiding. */
export function toStored(
  { client_secret, ...config }: TokenRequestConfig,
  base: TokenRequestConfig,
): StoredConfig {
  const hides = (value: string): boolean =>
    hidesSecret(value) || (client_secret.length > 3 && value.includes(client_secret))
  return Object.fromEntries(
    Object.entries(config)
      .filter(([name, value]) => value !== base[name as keyof StoredConfig])
      .map(([name, value]) => [name, hides(value) ? '' : value]),
  )
}

/** A JWT, a URL (finished or not) with a password, or a query member that is named like a secret. */
function hidesSecret(value: string): boolean {
  return (
    /\beyJ[\w-]{8}/.test(value) ||
    /^[^?#]*:[^?#]*@/.test(value) ||
    /[?&#][^=&#]*(secret|token|pass|pwd|key|assertion|code|sig|auth|cred)[^=&#]*=/i.test(value)
  )
}

/** Reads stored text back; what is missing, foreign or forged falls back to the default. */
export function parseSettings(text: string | null): Settings {
  const stored = parseObject(text)
  const { theme, timeout, server, configs } = stored
  return {
    theme: themes.find((known) => known === theme) ?? defaultSettings.theme,
    timeout: validTimeout(timeout) ?? defaultSettings.timeout,
    server: typeof server === 'string' ? server : defaultSettings.server,
    configs: isObject(configs)
      ? Object.fromEntries(Object.entries(configs).map(([id, config]) => [id, parseConfig(config)]))
      : {},
  }
}

/** A number of seconds within the bounds, `null` for anything else. */
export function validTimeout(value: unknown): number | null {
  const fits = typeof value === 'number' && value >= timeoutBounds.min && value <= timeoutBounds.max
  return fits ? value : null
}

/** The members that may be stored, each with what it takes for a value. */
const storable: Readonly<Record<keyof StoredConfig, (value: string) => boolean>> = {
  token_endpoint: () => true,
  client_id: () => true,
  scope: () => true,
  token_endpoint_auth_method: (value) => Object.hasOwn(authMethods, value),
  basic_encoding: (value) => Object.hasOwn(basicEncodings, value),
}

function parseConfig(value: unknown): StoredConfig {
  if (!isObject(value)) return {}
  const members = Object.entries(storable).flatMap(([name, takes]) => {
    const member = value[name]
    return typeof member === 'string' && takes(member) ? [[name, member] as const] : []
  })
  return Object.fromEntries(members)
}

function parseObject(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return isObject(value) ? value : {}
  } catch {
    // SyntaxError: another page of this origin, or an older version, left something else under our name
    return {}
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
