import { challengeParameter } from '../../http/challenges.ts'
import type { ApiRecord } from '../../explanation/api-record.ts'
import type { ApiCall } from '../config/api-call.ts'
import { schemeOf, type TokenFacts } from '../response/token-facts.ts'
import type { Refused } from '../response/read-response.ts'
import { challengeIn } from './api-response.ts'
import type { TokenRequestConfig } from '../config/config.ts'

/** A refusal with all that may be the reason for it. */
export interface RefusedCall {
  readonly reading: Refused
  readonly call: ApiCall
  readonly config: TokenRequestConfig
  readonly token: TokenFacts
  /** The page's. */
  readonly origin: string
  readonly known: ApiRecord
}

/** The scheme the token was sent under. */
export const sentScheme = ({ call, token, config }: RefusedCall): 'Bearer' | 'DPoP' | null =>
  schemeOf(call, token.claims, config)

/** The schemes the API asks for, in lower case. */
export const wantedSchemes = ({ reading }: RefusedCall): readonly string[] =>
  reading.challenges.map(({ scheme }) => scheme.toLowerCase())

/** What the API says besides its error code; empty if it says nothing. */
export const wordsOf = ({ reading }: RefusedCall): string => reading.error?.error_description ?? ''

/** The scope the API requires, as it names it; `null` if it names none. @see RFC 6750 section 3 */
export const wantedScope = (refused: RefusedCall): string | null => wanted(refused, 'scope') || null

/** What the API's challenge says under that name; `null` if it does not. */
export function wanted({ reading }: RefusedCall, name: string): string | null {
  const challenge = challengeIn(reading.challenges)
  return challenge && challengeParameter(challenge, name)
}

/** Whether the page and the API share an origin, so that nothing is hidden. */
export const seesAll = ({ call, origin }: RefusedCall): boolean => new URL(call.url).origin === origin
