import { asString, type JsonValue, member } from '../../json/value.ts'
import type { Check, Result } from '../../check.ts'
import type { Decoded } from '../decode/decode.ts'

/** One rule for a token or the response it came in. */
export interface LintCheck extends Check {
  readonly group: 'time' | 'parties' | 'scope' | 'binding' | 'safety' | 'profile' | 'response'
}

/** What a token is compared with, besides itself. */
export interface LintContext {
  /** Milliseconds since 1970, by this machine's clock. */
  readonly now: number
  /** Seconds the server's clock is ahead of this machine's; 0 if unknown. */
  readonly skew: number
  /** The issuer of the metadata. */
  readonly issuer: string | null
  /** The issuer in the form: typed, or that of the preset. */
  readonly typedIssuer: string | null
  /** Where it was asked for. */
  readonly tokenEndpoint: string | null
  /** The audience the user expects. */
  readonly audience: string | null
  readonly client_id: string
  readonly client_secret: string
  readonly requestedScope: string | null
  readonly requestedResource: readonly string[]
  readonly requestedAudience: readonly string[]
  /** The members of the token response. */
  readonly response: JsonValue | null
  /** Whether the response said `Cache-Control: no-store`. */
  readonly noStore: boolean | null
  /** Milliseconds since 1970: when the response arrived. */
  readonly receivedAt: number | null
  /** Of the key that signed the DPoP proof, in base64url. */
  readonly thumbprint: string | null
}

/** A token and what is known around it, decoded once for all rules. */
export interface Subject {
  readonly token: string
  readonly decoded: Decoded
  /** The object; `null` if there is none that can be read. */
  readonly header: JsonValue | null
  readonly claims: JsonValue | null
  readonly context: LintContext
  /** Milliseconds since 1970, by the server's clock. */
  readonly serverNow: number
}

/** A rule, and the part that it cannot do without; if that is missing, the rule does not apply. */
export interface Rule extends Pick<LintCheck, 'what' | 'group' | 'spec'> {
  readonly needs: 'header' | 'claims' | 'response' | 'nothing'
  /** Whether an API that is strict refuses a token of which this rule warns. */
  readonly isMinded?: true
  readonly look: (subject: Subject) => Result | Promise<Result>
}

/** The algorithm that the header names; empty if it names none. */
export const algOf = ({ header }: Subject): string => asString(member(header, 'alg')) ?? ''
