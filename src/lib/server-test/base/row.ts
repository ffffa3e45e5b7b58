import type { Exchange, HttpRequest } from '../../http/message.ts'
import type { Signing } from '../../oauth/compose/signing.ts'
import type { Reading } from '../../oauth/response/read-response.ts'
import type { SpecLink } from '../../spec.ts'
import type { ClientName, Environment, Subject } from './subject.ts'

/** In the order of the report. */
export const groups = {
  token: 'The token endpoint',
  cors: 'From a browser (CORS)',
  metadata: 'Metadata and keys',
  assertion: 'Signed assertions',
  dpop: 'DPoP',
  operations: 'Introspection and revocation',
  api: 'The API',
} as const

export type Group = keyof typeof groups

/** `must`: the text says MUST. `should`: SHOULD, or best practice. `note`: worth knowing, and no fault. */
export type Weight = 'must' | 'should' | 'note'

export type Verdict = 'ok' | 'deviates' | 'note' | 'skipped'

/**
 * When the requests of a row are sent: what may lock a client comes late, and a request that works after it. Rows that judge
 * what others sent come last.
 */
export const phases = [
  'baseline',
  'first',
  'accepted',
  'refused',
  'groups',
  'failing',
  'again',
  'afterwards',
] as const

type Phase = (typeof phases)[number]

/** Where a request goes. */
type Target = 'token' | 'introspection' | 'revocation' | 'api' | 'document' | 'preflight'

/** A request of a test, and what it came to. */
export interface Sent {
  readonly row: string
  readonly attempt: Attempt
  readonly exchange: Exchange
  readonly reading: Reading
  /** `control`: the working request, to see whether the server is still there. `again`: the second try after it. */
  readonly kind: 'attempt' | 'control' | 'again'
}

/** What a row says of the exchanges that it looked at. */
export interface Judgement {
  readonly verdict: Verdict
  /** What the server did, in a sentence; of a row that is skipped, why. Never a secret or a token. */
  readonly found: string
  /** If it is not that of the row. */
  readonly weight?: Weight
  readonly section?: SpecLink
  /** Whether what had to be refused was accepted: of some rows that is a vulnerability. */
  readonly accepted?: boolean
  /** The exchange that proves it, if it is not the last of the row. */
  readonly evidence?: Sent | undefined
}

type More = Omit<Judgement, 'verdict' | 'found'>

export const ok = (found: string, more: More = {}): Judgement => ({ verdict: 'ok', found, ...more })
export const deviates = (found: string, more: More = {}): Judgement => ({
  verdict: 'deviates',
  found,
  ...more,
})
export const noted = (found: string, more: More = {}): Judgement => ({ verdict: 'note', found, ...more })
export const skipped = (found: string, more: More = {}): Judgement => ({ verdict: 'skipped', found, ...more })

/** What is known at a moment of a test. */
export interface Seen {
  readonly subject: Subject
  readonly environment: Environment
  /** What this row sent, in order. */
  readonly mine: readonly Sent[]
  readonly all: readonly Sent[]
  /** What another row sent. */
  readonly of: (id: string) => readonly Sent[]
  readonly verdictOf: (id: string) => Verdict | undefined
  /** For what is signed for that URL, with the nonce of its server. */
  readonly signingFor: (url: string) => Signing
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** One request of a row. */
export interface Attempt {
  readonly target: Target
  readonly client: ClientName
  /** What is altered, in a sentence. */
  readonly says: string
  /** The header fields and parameters that are altered, in lower case; `start line` and `body` are themselves. */
  readonly altered: readonly string[]
  /** `null`: there is nothing to be sent. */
  readonly compose: (seen: Seen) => Promise<HttpRequest | null>
  /** Whether it is to bring a token as the working request does: then a missing response is worth a second try. */
  readonly works?: boolean
  /** Whether the server counts it as a failed authentication. */
  readonly fails?: boolean
  /** Whether a token may come of it. */
  readonly issues?: boolean
  /** Is sent only if so, by what was seen before. */
  readonly only?: (seen: Seen) => boolean
  /** Milliseconds to wait before it. */
  readonly wait?: number
  /** Whether it has an `Origin`, if the test is no page. */
  readonly origin?: boolean
  /** If only one of them sends it. */
  readonly by?: Environment['kind']
}

/** One rule: when it applies, what is sent, how that is judged, and how it is said. */
export interface Row {
  readonly group: Group
  readonly weight: Weight
  readonly section: SpecLink
  readonly phase: Phase
  /** What is tried, for a list. */
  readonly title: string
  /** What the standard expects, in a few words. */
  readonly expected: string
  /** What a deviation means for a client. */
  readonly means: string
  /** What to change at the server. */
  readonly advice: string
  /** The same two if the server did refuse what it has to refuse, though not as expected. */
  readonly refused?: Pick<Row, 'means' | 'advice'>
  /** Whether it lets somebody in if the server accepts it. */
  readonly vulnerability?: boolean
  /** Why it does not apply, by what is configured; `null` if it does. */
  readonly unless?: (subject: Subject, environment: Environment) => string | null
  /** The same by what was seen so far. */
  readonly lacks?: (seen: Seen) => string | null
  /** None for a row that judges what others sent. */
  readonly sends?: readonly Attempt[]
  readonly judge: (seen: Seen) => Judgement | Promise<Judgement>
}

/** Rows by id. */
export type Rows = Readonly<Record<string, Row>>
