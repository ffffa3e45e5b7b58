import type { Addresses } from '../explanation/server-record.ts'
import type { TokenRequestConfig } from '../oauth/config/config.ts'

/** The groups of the picker, in its order. */
export const serverGroups = {
  site: 'Of this copy of the page',
  here: 'With this page',
  tutorial: 'Tutorials and samples',
  yours: 'Servers you run',
  saved: 'Saved by you',
  closed: 'Do not allow a page',
  own: 'Any other',
} as const

export type ServerGroup = keyof typeof serverGroups

/**
 * What the picker needs of a server: a product is a file here, for the first screen, and one of the same name in
 * `records`, which is loaded late and has all else that is known of it.
 */
export interface Product extends Addresses {
  readonly name: string
  readonly group: ServerGroup
  /** What the form starts with, besides the addresses. */
  readonly presets?: Partial<TokenRequestConfig>
  /** Whether it runs inside the page, so that no origin has to be allowed and no connection can fail. */
  readonly inPage?: boolean
}
