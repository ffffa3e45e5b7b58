import { authMethods, basicEncodings, emptyConfig, type TokenRequestConfig } from './oauth/config.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** A configuration without the one member that is never stored. */
export type StoredConfig = Omit<TokenRequestConfig, 'client_secret'>

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

/** What of a configuration may be stored: not the secret, and nothing in which one may be hiding. */
export function toStored({ client_secret, ...config }: TokenRequestConfig): StoredConfig {
  const hides = (value: string): boolean =>
    hidesSecret(value) || (client_secret.length > 3 && value === client_secret)
  const entries = Object.entries(config).map(([name, value]) => [name, hides(value) ? '' : value])
  return Object.fromEntries(entries) as StoredConfig
}

/** A JWT, a URL with a password, or a query member that is named like a secret. */
function hidesSecret(value: string): boolean {
  return /\beyJ[\w-]{8}|:\/\/[^/?#]*@|[?&#][^=&#]*(secret|token|password|passwd|key|assertion|code)[^=&#]*=/i.test(
    value,
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

function parseConfig(value: unknown): StoredConfig {
  const stored = isObject(value) ? value : {}
  const text = (name: string): string => (typeof stored[name] === 'string' ? stored[name] : '')
  const oneOf = <T extends string>(name: string, known: Readonly<Record<T, string>>, otherwise: T): T =>
    Object.hasOwn(known, text(name)) ? (text(name) as T) : otherwise
  return {
    token_endpoint: text('token_endpoint'),
    client_id: text('client_id'),
    scope: text('scope'),
    token_endpoint_auth_method: oneOf(
      'token_endpoint_auth_method',
      authMethods,
      emptyConfig.token_endpoint_auth_method,
    ),
    basic_encoding: oneOf('basic_encoding', basicEncodings, emptyConfig.basic_encoding),
  }
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
