import type { Exchange } from '../http/message.ts'
import type { annotationsFor } from '../oauth/compose/annotations.ts'
import type { TokenRequestConfig } from '../oauth/config/config.ts'

/** What an exchange was for. */
export type About = keyof typeof annotationsFor

/** An exchange with what it was for and what it was made from, as it is exported, imported and kept. */
export interface Recorded {
  readonly exchange: Exchange
  readonly about: About
  readonly config: TokenRequestConfig
  /** How long its bodies are if the exchange has only their beginnings: characters of the request, bytes of the response. */
  readonly whole?: { readonly request: number; readonly response: number }
}

/** What recorded the exchanges, and what saves them. */
export interface Versions {
  /** The version of the page and the commit it was built from. */
  readonly version: string
  readonly commit: string
  readonly userAgent: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** What this page calls itself in files. */
export const pageName = 'Client Credentials Playground'
