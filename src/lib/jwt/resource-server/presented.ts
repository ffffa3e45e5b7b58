import type { JsonValue } from '../../json/value.ts'
import { decode, type Decoded } from '../decode/decode.ts'
import { longestToken } from '../decode/readable-jws.ts'
import type { Step } from '../verify/step.ts'
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
 * What a check came to. `refusal` is what the API answers: `none` for a request without a token, which gets no error
 * code. `description` is a sentence of ours: it stands in a header field, where nothing out of a token belongs.
 */
export type Outcome =
  | { readonly result: Exclude<Step['result'], 'fail'>; readonly found: string }
  | {
      readonly result: 'fail'
      readonly found: string
      readonly refusal: 'none' | 'invalid_request' | 'invalid_token' | 'insufficient_scope'
      readonly description: string
    }

export const pass = (found: string): Outcome => ({ result: 'pass', found })
export const warn = (found: string): Outcome => ({ result: 'warn', found })
export const skipped = (found: string): Outcome => ({ result: 'skipped', found })
export const invalid = (found: string, description: string): Outcome => ({
  result: 'fail',
  found,
  refusal: 'invalid_token',
  description,
})

/** Takes a presented token apart once for all rules. */
export function presented(
  token: string,
  requirements: Requirements,
  context: { readonly verification: Verification | null; readonly now: number; readonly tolerance: number },
): Presented {
  const decoded: Decoded =
    token.length > longestToken ? { kind: 'opaque', why: 'It is far too long.' } : decode(token)
  const claims = decoded.kind === 'jws' ? decoded.payload.value : null
  return {
    token,
    decoded,
    claims: claims?.kind === 'object' ? claims : null,
    requirements,
    verification: context.verification,
    now: context.now / 1000,
    tolerance: context.tolerance,
  }
}
