import type { Exchange } from '../http/message.ts'
import type { TokenRequestConfig } from '../oauth/config/config.ts'

/** What a run is drawn from: an exchange, and what it was made from and for. */
export interface RunEntry {
  /** `token`, `api`, `metadata` and the like; of one that is not known here, nothing follows. */
  readonly about: string
  readonly config: TokenRequestConfig
  /** The exchange that demanded this one: its response asked for a nonce. */
  readonly after: { readonly exchange: Pick<Exchange, 'id'> } | null
  /** The number of the exchange whose very bytes this one sent again. */
  readonly replayOf: number | null
  readonly exchange: Exchange
  /** Of an exchange that carried a token: never to be shown. */
  readonly facts?: { readonly accessToken: string } | null
}

/** What must not be seen in any text of an entry. */
export function secretsOf({ config, facts }: RunEntry): readonly string[] {
  return [config.client_secret, facts?.accessToken ?? '']
}
