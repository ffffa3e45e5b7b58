import type { AssertionConfig, DpopConfig, Entry, TokenRequestConfig } from '../oauth/config/config.ts'
import type { Server } from '../servers/servers.ts'

/** Of an own parameter or header field the name alone: its value may be a secret under any name. */
type Named = Omit<Entry, 'value'>

/**
 * What of a configuration a link can have in it. What a secret, a key or a token is typed or pasted into is no member of it: what is
 * written in a link is read from this type.
 */
export interface LinkConfig extends Pick<
  TokenRequestConfig,
  | 'discovery'
  | 'issuer'
  | 'token_endpoint'
  | 'client_id'
  | 'token_endpoint_auth_method'
  | 'basic_encoding'
  | 'body_encoding'
  | 'content_type_charset'
  | 'clock_skew'
  | 'scope'
  | 'resource'
  | 'audience'
> {
  readonly assertion: Omit<AssertionConfig, 'key' | 'custom_aud' | 'custom_kid' | 'header' | 'payload'>
  readonly dpop: Omit<DpopConfig, 'key' | 'payload'>
  readonly parameters: readonly Named[]
  readonly headers: readonly Named[]
}

/** A server that is built in, and a configuration for it. */
export interface Connected {
  readonly server: Server
  readonly config: TokenRequestConfig
}

/**
 * The configuration that a server starts with, and over it what a link says. The server's own secret is for its own client alone; of
 * whoever opens the link it has nothing, so what that user typed for another address goes to none that a link names.
 */
export function configFrom(server: Server, linked: LinkConfig): TokenRequestConfig {
  const { config } = server
  const named = (entries: readonly Named[], own: readonly Entry[]): readonly Entry[] =>
    entries === own
      ? own
      : entries.map(({ name, on }) => ({
          name,
          value: own.find((one) => one.name === name)?.value ?? '',
          on,
        }))
  return {
    ...config,
    ...linked,
    client_secret: linked.client_id === config.client_id ? config.client_secret : '',
    assertion: { ...config.assertion, ...linked.assertion },
    dpop: { ...config.dpop, ...linked.dpop },
    parameters: named(linked.parameters, config.parameters),
    headers: named(linked.headers, config.headers),
  }
}
