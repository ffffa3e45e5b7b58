/** A sequence of requests and responses as data: what is drawn on the page, and copied as SVG and as Mermaid. */
export interface Sequence {
  /** The first one is the page, which every request starts from. */
  readonly lanes: readonly Lane[]
  readonly messages: readonly Message[]
}

/** A participant: a line from top to bottom. */
export interface Lane {
  /** What it is. */
  readonly title: string
  /** Where it is. */
  readonly detail: string
  /** What a sentence calls it; no other lane has this name. */
  readonly name: string
}

export type Message = Note | Preflight | Call

/** What the page does by itself. */
interface Note {
  readonly kind: 'note'
  readonly text: string
}

/** A request from the page and what comes back. Texts hold no secret, no token, no query and nothing of a body but its error code. */
interface RoundTrip {
  /** The index of a lane. */
  readonly to: number
  /** Method and path. */
  readonly request: string
  /** What goes along with it, or why it is made; may be empty. */
  readonly detail: string
  /** `null` if nobody knows. */
  readonly response: Returned | null
}

/** The browser’s own question, which no page sees: always a prediction. */
interface Preflight extends RoundTrip {
  readonly kind: 'preflight'
}

interface Call extends RoundTrip {
  readonly kind: 'call'
  /** The condition under which it happens; empty for one that did, or will. */
  readonly when: string
  /** The number of the exchange that it is; `null` for one to come. */
  readonly exchange: number | null
  /** The number of the exchange whose response demanded this one. */
  readonly after: number | null
  /** The check that stopped it at the other side; `null` if none did, or nobody knows which. */
  readonly stopped: Stop | null
}

/** Where a request stopped on the way to what was asked for. */
export interface Stop {
  /** The check that failed, or the stage that it did not pass. */
  readonly at: string
  /** `proven` if the server itself or an observation says so. */
  readonly by: 'proven' | 'deduced'
}

/** What a request came to, or will come to. */
export interface Returned {
  readonly text: string
  readonly tone: 'ok' | 'warn' | 'bad' | 'plain'
  /** Whether anything came back from the other side. */
  readonly came: boolean
  /** As that of a call. */
  readonly when: string
}

/** A line is dashed if what it shows is a prediction or depends on something. */
export function isDashed(message: Exclude<Message, Note>): boolean {
  return message.kind === 'preflight' || message.when !== ''
}

/** A message as a sentence, for those who do not see the lanes. */
export function sentenceOf({ lanes }: Sequence, message: Message): string {
  const name = (index: number): string => lanes[index]?.name ?? ''
  if (message.kind === 'note') return `${name(0)}: ${message.text}`
  const { to, response } = message
  const more = [...(message.kind === 'preflight' ? ['predicted'] : []), detailLine(message)]
  const said = more.filter(Boolean).join(': ')
  return [
    `${name(0)} → ${name(to)}: ${requestLine(message)}${said && ` (${said})`}`,
    ...[stopLine(message), response ? responseLine(response) : ''].filter(Boolean),
  ].join(', ')
}

/** What is written at the line of a request. */
export function requestLine(message: Exclude<Message, Note>): string {
  const known = message.kind === 'call' && message.exchange !== null
  return known ? `#${message.exchange} ${message.request}` : message.request
}

/** What is written below it: what goes along with it, and under which condition. */
export function detailLine(message: Exclude<Message, Note>): string {
  const condition = message.kind === 'call' ? message.when : ''
  return [condition, message.detail].filter(Boolean).join(': ')
}

/** What is written at the line of what came back. */
export function responseLine({ text, when }: Returned): string {
  return [text, when].filter(Boolean).join(' ')
}

/** What is written at the line of the other side, between the two: the check that stopped the request there; may be empty. */
export function stopLine(message: Exclude<Message, Note>): string {
  if (message.kind !== 'call' || message.stopped === null) return ''
  const { at, by } = message.stopped
  return `${by === 'proven' ? 'stopped' : 'most likely stopped'}: ${at}`
}
