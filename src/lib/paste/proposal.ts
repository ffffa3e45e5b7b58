import type { ApiCall } from '../oauth/config/api-call.ts'
import type { AssertionConfig, DpopConfig, TokenRequestConfig } from '../oauth/config/config.ts'

/** The members of the form that a text has. The client secret is the one place for a secret. */
export type PastedConfig = Partial<Omit<TokenRequestConfig, 'assertion' | 'dpop'>> & {
  readonly assertion?: Partial<AssertionConfig>
  readonly dpop?: Partial<DpopConfig>
}

/** A configuration, or a token request, as members of the form. */
export interface PastedConnection {
  readonly kind: 'connection'
  readonly config: PastedConfig
  /** Whether it is a whole request: what it does not have is not sent either. */
  readonly isWhole: boolean
  /** The private key that signs the assertion, as a text that `Keys` imports; `null` if it has none. */
  readonly key: string | null
  /** The API that the token is for, if it names one. */
  readonly call: Partial<ApiCall> | null
}

/** A call of an API. */
export interface PastedCall {
  readonly kind: 'call'
  readonly call: ApiCall
  /** The token that was sent with it, without its scheme; `null` if none was. */
  readonly token: string | null
}

/** A text that another part of the page reads. */
export interface PastedText {
  readonly kind:
    /** An access token, without what clung to it. */
    | 'token'
    /** A private key, as JWK, PEM or another text that `Keys` imports. */
    | 'private-key'
    /** Keys to verify a token with: a JWK Set, a public JWK or PEM. */
    | 'public-keys'
    /** The URL of a server, an API, or of metadata, to be found. */
    | 'url'
    /** Metadata of an authorization server or of a protected resource, as JSON. */
    | 'metadata'
    /** Connections that this page exported. */
    | 'connections'
    /** Lessons. */
    | 'lessons'
    /** Recorded exchanges (HAR). */
    | 'exchanges'
  readonly text: string
}

/** What can be done with a pasted text. Nothing of it happens before the user says so. */
export type Proposal = (PastedConnection | PastedCall | PastedText) & {
  /** What the text calls it, or what tells it from the others of the text; empty if there is no such name. */
  readonly name: string
}
