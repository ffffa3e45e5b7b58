import { emptyHistory, type History, remember } from '../../lib/http/history.ts'
import type { Arriving, Exchange, HttpRequest, HttpResponse, Transport } from '../../lib/http/message.ts'
import type { Environment } from './environment.ts'
import { type About, type Intent, isAside, type Sent } from './sent.ts'

/** How a request is sent, if that is not as all others are. */
interface Sending {
  /** As History calls it. */
  readonly purpose: string
  readonly cancel: AbortSignal
  /** Milliseconds. */
  readonly timeout?: number
  readonly transport?: Transport
  readonly arriving?: Arriving
}

/** A request under way. */
interface UnderWay {
  readonly about: About
  readonly request: HttpRequest
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** What has come of its response, if that goes on for a while; `null` until then. */
  readonly soFar: (() => HttpResponse) | null
}

/** A request whose response goes on for a while. */
export type Coming = UnderWay & { readonly soFar: () => HttpResponse }

/** Milliseconds after which a response is shown before it is complete: most are by then. */
const soon = 300

/** Sends every request of the page, numbers it, and remembers what came of it. */
export class Exchanges {
  readonly #environment: Environment
  readonly #timeout: () => number
  readonly #missing: (sent: Sent) => void
  #history: History<Sent> = $state.raw(emptyHistory)
  #made = 0
  #underWay: readonly UnderWay[] = $state.raw([])
  #ownRequests: readonly Sent[] = $state.raw([])

  /**
   * @param timeout milliseconds until a request is given up
   * @param missing is called with each exchange that brought no response
   */
  constructor(environment: Environment, timeout: () => number, missing: (sent: Sent) => void) {
    this.#environment = environment
    this.#timeout = timeout
    this.#missing = missing
  }

  get history(): History<Sent> {
    return this.#history
  }

  /** History goes on with these, the newest first: the user deleted some, or wants them back. Numbers go on counting. */
  keep(entries: readonly Sent[]): void {
    this.#history = { ...this.#history, entries }
  }

  /** Whether a request of that kind is under way. */
  isUnderWay(about: About): boolean {
    return this.#underWay.some((one) => one.about === about)
  }

  /** The last request whose response goes on for a while; `null` if none does. */
  get coming(): Coming | null {
    return this.#underWay.findLast((one): one is Coming => one.soFar !== null) ?? null
  }

  /** The number of the request that was sent last, whether its response has come or not; 0 for none. */
  get last(): number {
    return this.#made
  }

  /** What the page asked of its host by itself. It is listed in History, next to what the user made. */
  get ownRequests(): readonly Sent[] {
    return this.#ownRequests
  }

  /** Asks the server that the page came from. Number 0: what the user makes begins with 1. */
  async askHost(request: HttpRequest, purpose: string, intent: Intent): Promise<Exchange> {
    const { clock, transport } = this.#environment
    const options = { id: 0, purpose, transport, clock, timeout: this.#timeout() }
    const { exchange } = await import('../../lib/http/exchange.ts')
    const made = await exchange(request, { ...options, cancel: new AbortController().signal })
    this.#ownRequests = [...this.#ownRequests, { ...intent, exchange: made }]
    return made
  }

  /** Sends a request and enters what came of it into History. */
  async make<I extends Intent>(request: HttpRequest, intent: I, sending: Sending): Promise<Sent<I>> {
    const startedAt = this.#environment.clock.now()
    let sent: UnderWay = { about: intent.about, request, startedAt, soFar: null }
    this.#underWay = [...this.#underWay, sent]
    const become = (next: UnderWay | null): void => {
      this.#underWay = this.#underWay.flatMap((one) => (one === sent ? (next ?? []) : one))
      sent = next ?? sent
    }
    let timer: ReturnType<typeof setTimeout> | undefined
    const arriving: Arriving = (soFar) => (timer ??= setTimeout(() => become({ ...sent, soFar }), soon))
    try {
      const made = { ...intent, exchange: await this.#exchange(request, { ...sending, arriving }) }
      this.record(made)
      return made
    } finally {
      clearTimeout(timer)
      become(null)
    }
  }

  /** Tries something without credentials, to find out why a response is missing. It is not in History yet. */
  probe(request: HttpRequest, sending: Sending): Promise<Exchange> {
    // What the browser itself can do is the question: never through the relay.
    const { relay, transport } = this.#environment
    return this.#exchange(request, { transport: relay?.past ?? transport, ...sending })
  }

  record(sent: Sent): void {
    this.#history = remember(this.#history, sent)
    if (sent.exchange.outcome.kind !== 'response' && !isAside(sent.about)) this.#missing(sent)
  }

  async #exchange(request: HttpRequest, sending: Sending): Promise<Exchange> {
    const { clock, transport } = this.#environment
    const id = (this.#made += 1)
    const { exchange } = await import('../../lib/http/exchange.ts')
    return exchange(request, { id, transport, clock, timeout: this.#timeout(), ...sending })
  }
}
