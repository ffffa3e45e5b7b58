import type { SpecLink } from '../../spec.ts'
import type { TokenRequestConfig } from '../config/config.ts'

/** What a problem can be about: a field of the form, or one of a list of them. */
export type ConfigField =
  | 'discovery'
  | 'token_endpoint'
  | 'client_id'
  | 'client_secret'
  | 'scope'
  | 'assertion_key'
  | 'assertion_aud'
  | 'assertion_custom_aud'
  | 'assertion_lifetime'
  | 'assertion_x5t'
  | 'assertion_header'
  | 'assertion_payload'
  | 'dpop_key'
  | 'dpop_payload'
  | 'resource'
  | 'audience'
  | 'authorization_details'
  | 'parameters'
  | 'headers'

/** Something about a value that the user should know before sending. */
export interface Remark {
  /** Which of a list. */
  readonly index?: number
  /**
   * `missing` and `error`: it cannot be sent at all, yet or as it is. `warning`: it can, and probably will not do
   * what is intended. `note`: good to know.
   */
  readonly level: 'missing' | 'error' | 'warning' | 'note'
  readonly message: string
  /** A change that mends it in one click. */
  readonly fix?: {
    readonly label: string
    readonly value: string
    /** Of other fields, what the label says of them. */
    readonly also?: Partial<TokenRequestConfig>
  }
  readonly spec?: SpecLink
}

/** A remark about a field of the form. */
export interface Problem extends Remark {
  readonly field: ConfigField
}

/** Checks one value; `null` if there is nothing to say. */
export type Rule = (value: string, config: TokenRequestConfig) => Remark | null

/** Something about a call that the user should know before sending; `fix` changes the field it is about. */
export interface ApiProblem extends Remark {
  /** `key` is how the token is presented and what with. */
  readonly field: 'url' | 'method' | 'headers' | 'body' | 'key'
}
