import type { StoredConfig } from '../saved/stored-config.ts'
import type { About } from './recorded.ts'

/**
 * HAR 1.2 as far as this page writes it. Members of our own begin with an underscore, as the format has it.
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export interface Har {
  readonly log: {
    readonly version: '1.2'
    readonly creator: HarProgram
    readonly browser: HarProgram
    /** None, as its entries are of no page; Firefox imports no file without it. */
    readonly pages: readonly never[]
    readonly entries: readonly HarEntry[]
  }
}

interface HarProgram {
  readonly name: string
  readonly version: string
  readonly comment?: string
}

export interface HarEntry {
  /** ISO 8601. */
  readonly startedDateTime: string
  /** Milliseconds, as are the timings: their sum. */
  readonly time: number
  readonly request: HarRequest
  readonly response: HarResponse
  readonly cache: Readonly<Record<string, never>>
  readonly timings: {
    readonly blocked: -1
    readonly dns: -1
    readonly connect: -1
    readonly ssl: -1
    readonly send: 0
    readonly wait: number
    readonly receive: 0
  }
  /** Chrome lists what has it among the requests of scripts. */
  readonly _resourceType: 'fetch'
  readonly _playground: OwnFacts
}

/** A header field, a parameter or a cookie. */
export interface HarPair {
  readonly name: string
  readonly value: string
}

interface HarRequest {
  readonly method: string
  readonly url: string
  readonly httpVersion: string
  readonly cookies: readonly HarPair[]
  readonly headers: readonly HarPair[]
  readonly queryString: readonly HarPair[]
  readonly postData?: {
    readonly mimeType: string
    readonly params: readonly HarPair[]
    readonly text: string
    readonly comment?: string
  }
  readonly headersSize: -1
  readonly bodySize: number
}

export interface HarResponse {
  /** 0 if no response came, as Chrome has it. */
  readonly status: number
  readonly statusText: string
  readonly httpVersion: string
  readonly cookies: readonly HarPair[]
  readonly headers: readonly HarPair[]
  readonly content: {
    readonly size: number
    readonly mimeType: string
    readonly text?: string
    readonly encoding?: 'base64'
    readonly comment?: string
  }
  readonly redirectURL: string
  readonly headersSize: -1
  readonly bodySize: number
  /** Why there is no response, as Chrome has it. */
  readonly _error?: string
}

/** How an exchange ended, without the messages. */
export interface OwnOutcome {
  readonly kind: 'response' | 'opaque-redirect' | 'opaque' | 'failure' | 'aborted'
  /** Whether a response came, whole or in part. */
  readonly has_response: boolean
  readonly name?: string
  readonly message?: string
  readonly by?: string
  readonly ended?: string
}

/** What this page knows of an exchange besides its messages. */
interface OwnFacts {
  readonly number: number
  readonly about: About
  readonly purpose: string
  readonly outcome: OwnOutcome
  readonly configuration: StoredConfig
  /** Who sent it, if that was not the browser. */
  readonly via?: string
  readonly mode?: 'no-cors'
}
