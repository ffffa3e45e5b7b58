import type { Certainty } from '../../src/lib/explanation/explanation.ts'
import type { Stage } from '../../src/lib/explanation/stage.ts'

/** The files of `captured/`, without their ending. */
export type Captured =
  | 'simpleidserver'
  | 'openiddict'
  | 'identityserver4'
  | 'keycloak'
  | 'aspnet-api'
  | 'helseid-sample-api'
  | 'helseid-client-against-an-imitation'
  | 'spring-authorization-server'
  | 'spring-resource-server'
  | 'mock-oauth2-server'
  | 'ory-hydra'
  | 'zitadel-oidc'
  | 'django-oauth-toolkit'
  | 'fastapi'
  | 'nginx'
  | 'mcp'

/**
 * What the page has to say of one refusal that a real server gave. Written from the facts and the responses alone, before
 * what explains them.
 */
export interface Expectation {
  readonly file: Captured
  /** Line in `captured/FILE.json`; the `[` is line 1. */
  readonly line: number
  /** The case as captured names it, so that a moved line is noticed. */
  readonly case: string
  /** What the request was for. */
  readonly endpoint: 'token' | 'introspection' | 'revocation' | 'registration' | 'api' | 'metadata' | 'keys'
  /** As a page at this origin sees it: a response without CORS is no response. */
  readonly origin: string
  /** What the user knows besides the wire, if the reason depends on it. */
  readonly known?: Known
  /** Where it stopped; `not known` if the server's response leaves several stages and nothing distinguishes them. */
  readonly stage: Stage | 'not known'
  /** With `not known`: the stages that remain. */
  readonly among?: readonly Stage[]
  /** Names the cause, in the words of the subject, such as `scope-permission-missing`; `null` with `not known`. */
  readonly cause: string | null
  /** With the server's preset, and as "Your own", which knows no record. */
  readonly certainty: Certainty
  /** Stages proven passed, as far as the facts say so. */
  readonly passed?: readonly Stage[]
  /** What one of the fixes must contain, case ignored, a pattern each. */
  readonly offered: readonly string[]
  /** What no fix may contain, case ignored, a pattern each. */
  readonly notOffered: readonly string[]
  /** Set if a page that knows no record can be vague at best: what `Your own` must still say of it. */
  readonly unknownServer?: Pick<Expectation, 'stage' | 'cause' | 'certainty'> & {
    readonly among?: readonly Stage[]
  }
}

interface Known {
  /** What went before in this tab, in a sentence: "metadata of this host was read", "the token was revoked". */
  readonly before?: readonly string[]
  /** What the user copied out of a terminal or of the server's log. */
  readonly pasted?: string
}
