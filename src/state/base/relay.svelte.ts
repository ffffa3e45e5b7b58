import { SvelteSet } from 'svelte/reactivity'
import { type Exchange, type HttpRequest, originOf, type Transport } from '../../lib/http/message.ts'

/** The relay that `npm start -- --relay` runs next to the page. Nothing goes through it until the user says so, by origin. */
export class Relay {
  /** Where it may send to. */
  readonly origins: readonly string[]
  /** The way past it, whatever was chosen: for probes of what the browser itself can do. */
  readonly past: Transport
  readonly #load: () => Promise<Transport>
  readonly #chosen = new SvelteSet<string>()

  constructor(origins: readonly string[], past: Transport, load: () => Promise<Transport>) {
    this.origins = origins
    this.past = past
    this.#load = load
  }

  /** Whether a request to that URL could go through it. */
  offers(url: string): boolean {
    const origin = originOf(url)
    return origin !== null && this.origins.includes(origin)
  }

  /** Sends what goes to that origin through the relay from now on; without effect if it does not reach that origin. */
  choose(origin: string): void {
    if (this.origins.includes(origin)) this.#chosen.add(origin)
  }

  /** Leaves that origin to the browser again. */
  direct(origin: string): void {
    this.#chosen.delete(origin)
  }

  /** Whether a request to that URL goes through it. */
  carries(url: string): boolean {
    const origin = originOf(url)
    return origin !== null && this.#chosen.has(origin)
  }

  /** Whether this is a request of the relay's: as it was sent or, if it was not, as it would be. */
  sends(request: HttpRequest, sent: Exchange | null = null): boolean {
    return sent ? sent.via === 'relay' : this.carries(request.url)
  }

  /** Through the relay if that was chosen, else past it. A request whose response is not read stays the browser's. */
  readonly transport: Transport = async (request, ...how) => {
    const through = request.mode !== 'no-cors' && this.carries(request.url)
    return (through ? await this.#load() : this.past)(request, ...how)
  }
}
