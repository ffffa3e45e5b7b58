import type { HttpRequest } from '../http/message.ts'
import type { ApiCall } from '../oauth/config/api-call.ts'
import type { Check } from '../check.ts'

/** An API that is ready to be called. */
export interface UseTarget {
  readonly name: string
  /** What it is, and what it requires of a token. */
  readonly about: string
  readonly call: ApiCall
}

/** What is known of one API. */
export interface ApiRecord {
  /** Whether a URL is, by its look, one of this API. */
  readonly isAt: (url: string) => boolean
  /** Why a page may get no response it can read. */
  readonly unreadable: readonly string[]
  /** What it checks, checked before the call; `null` if that is not known. */
  readonly checks: ApiChecks | null
}

/** What an API checks, as far as it is known. */
interface ApiChecks {
  readonly title: string
  readonly about: string
  /**
   * Rule by rule, in the API's order, derived from the very request.
   *
   * @param now milliseconds since the epoch
   * @param skew seconds the server's clock is ahead, `null` if that is not known
   */
  readonly rules: (request: HttpRequest, now: number, skew: number | null) => Promise<readonly Check[]>
}

/** An API that nothing is known of. */
export const unknownApi: ApiRecord = { isAt: () => true, unreadable: [], checks: null }
