import type { HeaderList, HttpRequest } from './message.ts'

/** What the page asks of the relay of `npm start`: one request, to be sent exactly so. */
export interface RelayRequest extends Omit<HttpRequest, 'mode'> {
  /** Milliseconds until it is given up. */
  readonly timeout?: number
}

/** A response as it came: names, values, order and repeats of the header fields are the server's. */
export interface RelayedResponse {
  readonly status: number
  readonly statusText: string
  readonly headers: HeaderList
  /** The bytes, in base64. */
  readonly body: string
}

/** What has come since the last time of a response that goes on: `body` is what is new of it. */
type Arriving = { readonly kind: 'arriving' } & RelayedResponse

/** A line of what the relay says: what comes of a response that goes on, and in the end what came in all. */
export type RelayMessage = Arriving | RelayAnswer

/** What the relay says in the end, as JSON. `partial` is what had arrived by then. */
export type RelayAnswer =
  | ({ readonly kind: 'response' } & RelayedResponse)
  /** Never followed. `location` is as sent, `null` if the response names none. */
  | ({ readonly kind: 'redirect'; readonly location: string | null } & RelayedResponse)
  /** `code` is the platform's, such as `ECONNREFUSED`. */
  | {
      readonly kind: 'failure'
      readonly code: string
      readonly message: string
      readonly partial: RelayedResponse | null
    }
  | { readonly kind: 'timeout'; readonly partial: RelayedResponse | null }
  | { readonly kind: 'too-large'; readonly partial: RelayedResponse | null }
  /** Nothing was sent. Comes with status 403, all others with 200. */
  | { readonly kind: 'refused'; readonly why: string }
