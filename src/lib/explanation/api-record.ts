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
  /** What `aud` of a token has to begin with; `null` if that is only guessed, by the API's origin. */
  readonly audience: string | null
  /** The scope by which tokens for it are asked for; `null` if they are asked for by resource. */
  readonly scope: string | null
  readonly takesBearer: boolean
  /** Whether its challenge is the same whatever is wrong, so that nothing follows from it. */
  readonly challengeIsGeneric: boolean
  /** Why a page may get no response it can read. */
  readonly unreadable: readonly string[]
  /** What is to be said with a refusal with that status; empty for nothing. */
  readonly refused: (status: number) => string
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
export const unknownApi: ApiRecord = {
  isAt: () => true,
  audience: null,
  scope: null,
  takesBearer: true,
  challengeIsGeneric: false,
  unreadable: [],
  refused: () => '',
  checks: null,
}
