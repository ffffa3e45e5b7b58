import type { HttpRequest } from '../http/message.ts'
import type { Key } from '../keys/key.ts'
import type { ApiCall } from '../oauth/config/api-call.ts'
import type { TokenRequestConfig } from '../oauth/config/config.ts'
import type { Spoil } from '../oauth/compose/signing.ts'
import type { ReadToken } from '../oauth/response/read-response.ts'
import type { SpecLink } from '../spec.ts'

/** A JWT that the page signs, by its name in the request. */
export type SignedName = 'client_assertion' | 'DPoP'

/** The use of a token that a fault can be applied to. */
export interface Use {
  /** As it should be: the token is presented whole, and a proof with it if it is bound to a key. */
  readonly call: ApiCall
  readonly token: ReadToken
  /** A token of this page that has expired; `null` if none has. */
  readonly expired: string | null
}

/** What a fault is applied to. */
export interface Setting {
  readonly config: TokenRequestConfig
  /** Milliseconds since the epoch. */
  readonly now: number
  /** What the client signed for the last request for which this endpoint issued a token; absent if it signed nothing. */
  readonly signedBefore: Readonly<Partial<Record<SignedName, string>>>
  /** `null` while there is no token. */
  readonly use: Use | null
}

/** How a right request is made wrong. */
export type Change =
  /** By another configuration. */
  | { readonly kind: 'config'; readonly to: (config: TokenRequestConfig) => TokenRequestConfig }
  /** While it is composed, before a JWT in it is signed. */
  | { readonly kind: 'signed'; readonly part: SignedName; readonly spoil: Spoil }
  /** By the signature of a key made for that, which the JWT does not name. */
  | { readonly kind: 'foreign key'; readonly part: SignedName }
  /** By a JWT made of the right one with the key that signed it, or with something else. */
  | {
      readonly kind: 'signed again'
      readonly part: SignedName
      readonly by: (jwt: string, key: Key) => Promise<string>
    }
  /** When it is composed. */
  | { readonly kind: 'request'; readonly to: (request: HttpRequest, setting: Setting) => HttpRequest }
  /** By another call of the API. */
  | { readonly kind: 'call'; readonly to: (call: ApiCall) => ApiCall }
  /** By another token at the API. */
  | { readonly kind: 'token'; readonly to: (token: string, use: Use) => string }

/** What the standard has for a request that is wrong in one way. */
export interface Expectation {
  /**
   * `must`: the text says MUST. `should`: it says SHOULD, it is best practice, or the text names the code for what the
   * sender must not do. `note`: the text leaves it open, or has no word of it.
   */
  readonly weight: 'must' | 'should' | 'note'
  readonly spec: SpecLink
  /** Of a refusal; `4xx` if any is as good. */
  readonly statuses: readonly number[] | '4xx'
  /** Of a refusal; empty if any is as good, and none. */
  readonly codes: readonly string[]
  /** What it means if the request is accepted all the same. */
  readonly accepted: 'never' | 'fits' | 'with less scope' | { readonly noted: string }
  /** What else a code says, by code: nothing is wrong then. */
  readonly noted?: Readonly<Record<string, string>>
}

/** A change that breaks a request on purpose. */
export interface Fault {
  /** In plain English, for the menu. */
  readonly label: string
  /** Why it cannot be applied, in a sentence; `null` if it can. */
  readonly unless: (setting: Setting) => string | null
  readonly change: Change
  /** The header fields and parameters that are altered, in lower case; `start line` and `body` are themselves. None if something is left out. */
  readonly altered: readonly string[]
  /** What is altered, in a sentence. */
  readonly says: string
  readonly expects: Expectation
}

/** In the place of a secret that a fault would otherwise put into a URL or a JSON text, or get wrong. */
export const dummySecret = 'not-the-secret'

export const always = (): null => null
