import type { SpecLink } from '../../spec.ts'
import type { JsonValue } from '../../json/value.ts'
import { claimsOf, decode, type Decoded } from '../decode/decode.ts'
import type { Check } from '../../check.ts'
import type { Verification } from '../verify/verify.ts'

/** What an API demands of a token; an empty text demands nothing. */
export interface Requirements {
  readonly issuer: string
  readonly audience: string
  readonly scope: string
  readonly scheme: 'Bearer' | 'DPoP'
}

/** A request as the API sees it. */
export interface Presented {
  readonly token: string
  readonly decoded: Decoded
  readonly claims: JsonValue | null
  readonly requirements: Requirements
  readonly verification: Verification | null
  /** Seconds since 1970, by the API's clock. */
  readonly now: number
  /** Seconds. */
  readonly tolerance: number
}

/**
 * What a check came to. `refusal` is what the API responds with: `none` for a request without a token, which gets no error
 * code. `description` is a sentence of ours: a header field must have nothing from a token.
 */
export type Outcome =
  | { readonly result: Exclude<Check['result'], 'fail'>; readonly found: string }
  | {
      readonly result: 'fail'
      readonly found: string
      readonly refusal: 'none' | 'invalid_request' | 'invalid_token' | 'insufficient_scope'
      readonly description: string
    }

/** One thing that an API looks at. */
export interface ResourceRule {
  readonly what: string
  readonly spec: SpecLink
  readonly look: (presented: Presented) => Outcome
}

export const invalid = (found: string, description: string): Outcome => ({
  result: 'fail',
  found,
  refusal: 'invalid_token',
  description,
})

/** What is known if a token is presented. */
export interface PresentedContext {
  readonly verification: Verification | null
  /** Milliseconds since 1970, by the API's clock. */
  readonly now: number
  /** Seconds. */
  readonly tolerance: number
  /** The token, if its owner has decoded it already. */
  readonly decoded?: Decoded
}

/** Decodes a presented token once for all rules. */
export function presented(
  token: string,
  requirements: Requirements,
  { verification, now, tolerance, decoded = decode(token) }: PresentedContext,
): Presented {
  const claims = claimsOf(decoded)
  return { token, decoded, claims, requirements, verification, now: now / 1000, tolerance }
}
