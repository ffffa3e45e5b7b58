import type { TokenRequestConfig } from '../../lib/oauth/config/config.ts'

/** A server, by where it issues tokens: the form may be at another one already. */
export type Place = Pick<TokenRequestConfig, 'token_endpoint' | 'discovery'> & {
  /** What its token calls the server, if there is one. */
  readonly iss?: string | undefined
}

/** By token endpoint, or another URL. */
export type ByPlace<T> = Readonly<Record<string, T>>

/** By a name that a server may have chosen: `constructor` is in every object, and is none of ours. */
export const at = <T>(record: ByPlace<T>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined
