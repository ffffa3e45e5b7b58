/**
 * HTTP messages as plain, readonly data: what was handed to the transport and what came back, nothing derived.
 * Everything on screen is a view of these records.
 */

import type { Check } from '../check.ts'

/** Header fields in order, repeats kept. */
export type HeaderList = readonly (readonly [name: string, value: string])[]

export interface HttpRequest {
  readonly method: string
  /** Absolute, serialized by the URL Standard. */
  readonly url: string
  readonly headers: HeaderList
  /** `null`: no body. */
  readonly body: string | null
  /** Absent for CORS. Without it nothing can be read, and nothing that needs a preflight can be sent. */
  readonly mode?: 'no-cors'
}

export interface HttpResponse {
  readonly status: number
  /** The reason phrase; empty over HTTP/2 and later, which have none. */
  readonly statusText: string
  /** The fields a script may read, in the order the platform gives them. */
  readonly headers: HeaderList
  readonly body: Uint8Array
}

/** What a request came to, as far as a page can observe it. */
export type Outcome =
  | {
      readonly kind: 'response'
      readonly response: HttpResponse
      /** Who ended the reading of a stream of events that was still open; absent if the body came to its end. */
      readonly ended?: EndedBy
    }
  /** A 30x under `redirect: 'manual'`: status and `Location` are withheld from scripts. */
  | { readonly kind: 'opaque-redirect' }
  /** A response in mode no-cors: that it came is all a script learns. */
  | { readonly kind: 'opaque' }
  /** A rejected fetch, or a body that broke off; `partial` is what had arrived by then. */
  | {
      readonly kind: 'failure'
      readonly name: string
      readonly message: string
      readonly partial: HttpResponse | null
    }
  /** Ended by us: cancelled, past the deadline, or larger than a page should hold. */
  | {
      readonly kind: 'aborted'
      readonly by: EndedBy
      readonly partial: HttpResponse | null
    }

/** Who ended an exchange of ours: the user, the deadline, or the most that a page should hold. */
export type EndedBy = 'person' | 'timeout' | 'size'

/** What only a server inside the page can show: the side of an exchange that a browser keeps from scripts. */
export interface ServerView {
  /** In the order they were made. */
  readonly checks: readonly Check[]
  /** Response fields that CORS hides from a script, with their values. */
  readonly hiddenHeaders: HeaderList
  /** The response to the preflight, when the request needed one. */
  readonly preflight: HttpResponse | null
}

/** What a transport gives back: the outcome a page observes and, from the practice server, the other side of it. */
export interface Observation {
  readonly outcome: Outcome
  readonly serverView: ServerView | null
  /** Absent if the browser itself sent it. `file`: this page did not send it, and has it from a file. `reload`: the page sent it before it was reloaded. */
  readonly via?: 'relay' | 'file' | 'reload'
}

/** Is called when the headers of a response have come, and with each piece of its body: `soFar` gives what there is. */
export type Arriving = (soFar: () => HttpResponse) => void

/** Sends one request; a failure of the network is an outcome. It rejects only if it could not even start: its code did not load. */
export type Transport = (
  request: HttpRequest,
  signal: AbortSignal,
  arriving?: Arriving,
) => Promise<Observation>

/** One request and what it came to. */
export interface Exchange extends Observation {
  /** Counts up from 1 in the order of sending. */
  readonly id: number
  /** What it was for, in the words History shows. */
  readonly purpose: string
  readonly request: HttpRequest
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** Milliseconds until the last byte, the failure or the abort. */
  readonly duration: number
}

/** Whether the page sent it since it was opened: only that is evidence of what a server did before, and can go on. */
export const wasSentHere = ({ via }: Pick<Exchange, 'via'>): boolean => via === undefined || via === 'relay'

/** The value of the first field of that name, `null` when there is none. Names are case-insensitive. */
export function headerValue(headers: HeaderList, name: string): string | null {
  const wanted = name.toLowerCase()
  return headers.find(([candidate]) => candidate.toLowerCase() === wanted)?.[1] ?? null
}

/** The origin of a URL, `null` if the text is none. @see https://url.spec.whatwg.org/#concept-url-origin */
export function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null
}
