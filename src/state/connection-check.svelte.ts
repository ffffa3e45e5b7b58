import { diagnose } from '../lib/why/diagnose.ts'
import type { Evidence } from '../lib/why/evidence/evidence.ts'
import { issuedUnseen } from '../lib/why/issued-unseen.ts'
import { type Instruments, makeProbe } from '../lib/why/probes/make-probe.ts'
import { observations } from '../lib/why/evidence/observations.ts'
import type { Probe } from '../lib/why/probes/probe.ts'
import { nextProbe } from '../lib/why/probes/probe-plan.ts'
import type { Prober } from '../lib/why/probes/prober.ts'
import { staticFacts } from '../lib/why/evidence/static-findings.ts'
import { symptomsOf } from '../lib/why/evidence/symptoms.ts'
import { responseIn } from '../lib/why/curl-output.ts'
import { explainPasted } from '../lib/why/refusal/refusal.ts'
import { pastedVerdict, verdictOfPaste } from '../lib/why/verdict-of-paste.ts'
import type { Explanation } from '../lib/explanation/explanation.ts'
import { headerValue, type HttpRequest, type HttpResponse, originOf } from '../lib/http/message.ts'
import type { TokenRequestConfig } from '../lib/oauth/config/config.ts'
import { readTokenResponse } from '../lib/oauth/response/read-response.ts'
import { nonceIn } from '../lib/oauth/response/dpop-nonce.ts'
import { firstEvidence, type Page } from './first-evidence.ts'
import { knownOf } from './known.ts'
import { isAside, plain, type Sent } from './base/sent.ts'

/** More than a console line or the response to a token request has. */
const longestPaste = 100_000

/** One check why a request gets no response: what was tried, what it came to, and what that means. */
export class ConnectionCheck {
  readonly #page: Page
  readonly #runAgain: (check: ConnectionCheck) => Promise<void>
  /** What is checked: as it was sent, or as it would be. */
  readonly request: HttpRequest
  /** What it is made from, as the form was then; `null` if it is no token request, or is broken on purpose. */
  readonly config: TokenRequestConfig | null
  /** The exchange that failed; `null` if the connection is checked beforehand. */
  readonly #sent: Sent | null
  #evidence: Evidence | null = $state.raw(null)
  #probe: Probe | null = $state.raw(null)
  #running: AbortController | null = $state.raw(null)
  /** Ends what is listened for: the permission may change long after the last probe. */
  #listening = new AbortController()
  #trouble: string | null = $state.raw(null)
  #cancelled = $state.raw(false)

  /** Whether the user opened the server in another tab, to accept its certificate for example. */
  #away = false

  /** A line of the developer console or the output of curl, as it was pasted. */
  pasted = $state('')

  /** `runAgain` runs it as the only one: two at a time would measure each other. */
  constructor(
    page: Page,
    request: HttpRequest,
    sent: Sent | null,
    runAgain: (check: ConnectionCheck) => Promise<void>,
  ) {
    this.#page = page
    this.#runAgain = runAgain
    this.request = request
    this.#sent = sent
    const { about, config } = sent ?? { about: 'token', config: page.connection.config }
    this.config = about === 'token' && !sent?.fault ? config : null
  }

  get evidence(): Evidence | null {
    return this.#evidence
  }

  /** What is being tried at the moment. */
  get probe(): Probe | null {
    return this.#probe
  }

  /** Whether the last check was ended before it was over. */
  get cancelled(): boolean {
    return this.#cancelled
  }

  get busy(): boolean {
    return this.#running !== null
  }

  /** What kept the page itself from checking, in the platform's words; `null` when nothing did. */
  get trouble(): string | null {
    return this.#trouble
  }

  /** The likeliest first; `null` while nothing is known. */
  readonly causes = $derived.by(() => this.#evidence && diagnose(this.#evidence))

  /** What was observed by now, a sentence each. */
  readonly observed = $derived.by(() => (this.#evidence ? observations(symptomsOf(this.#evidence)) : []))

  /** Whether a token may have been issued although nobody saw it; `null` if none was asked for. */
  readonly unseen = $derived.by(() => {
    if (!this.#evidence || this.#sent?.about !== 'token') return null
    return issuedUnseen(this.#evidence, responseIn(this.pasted.slice(0, longestPaste)))
  })

  /** What the pasted text says; `null` if it says nothing that is known. */
  readonly verdict: (Explanation & { readonly id?: string }) | null = $derived.by(() => {
    const text = this.pasted.slice(0, longestPaste)
    const response = responseIn(text)
    const refusal = this.#refusalIn(text, response)
    const connection = this.#evidence && verdictOfPaste(text, this.#evidence)
    return pastedVerdict(text, response !== null, refusal, connection)
  })

  /** The nonce for proofs in what was pasted, if it is the output of a terminal; `null` if the request had no proof. */
  readonly pastedNonce: string | null = $derived.by(() => {
    const response = responseIn(this.pasted.slice(0, longestPaste))
    return response && headerValue(this.request.headers, 'dpop') !== null ? nonceIn(response) : null
  })

  /** The access token in what was pasted, if it is the response to a token request. */
  readonly pastedToken: string | null = $derived.by(() => {
    const response = this.#sent?.about === 'token' ? responseIn(this.pasted.slice(0, longestPaste)) : null
    const reading = response && readTokenResponse({ kind: 'response', response })
    return reading?.kind === 'issued' ? reading.accessToken : null
  })

  #refusalIn(text: string, response: HttpResponse | null): Explanation | null {
    const sent = this.#sent
    if (text.trim() === '' || !sent || isAside(sent.about)) return null
    return explainPasted(sent.about, sent.exchange, response, sent.config, knownOf(this.#page, sent, text))
  }

  /** Whether a POST without credentials would show more. */
  readonly wantsPost = $derived.by(
    () =>
      this.#evidence !== null &&
      !this.#evidence.allowsPost &&
      nextProbe({ ...this.#evidence, allowsPost: true }) !== null,
  )

  /** Gathers the evidence anew. A POST to the endpoint is made only if the user agreed to it. */
  async run(options: { readonly allowsPost: boolean } = { allowsPost: false }): Promise<void> {
    if (this.#running) return
    const running = new AbortController()
    this.#running = running
    let permission: Evidence['permission'] = null
    this.#listen()
    try {
      const prober = await this.#page.environment.prober()
      const known = await firstEvidence(this.#page, this.request, this.#sent, prober)
      if (running.signal.aborted) return
      this.#evidence = { ...known, allowsPost: options.allowsPost }
      await this.#watch(prober, this.#evidence)
      permission = this.#permission
      await this.#gather(prober, running.signal)
      this.#trouble = null
    } catch (error) {
      this.#trouble = String(error)
    } finally {
      this.#probe = null
      this.#running = null
      this.#cancelled = running.signal.aborted
    }
    // Decided meanwhile: what was found before says nothing any more.
    if (this.#permission !== permission && !running.signal.aborted) await this.run(options)
  }

  /** The user opens the server in a tab. */
  goAway(): void {
    this.#away = true
  }

  /**
   * The user may be back: checks again. If nothing could be reached before and something responds
   * now, `retry` gives what sends again, if the form still asks for it.
   */
  async comeBack(retry: () => (() => void) | null): Promise<void> {
    if (!this.#away || this.busy) return
    const before = this.#reached
    await this.#runAgain(this)
    if (!this.#reached || this.#cancelled) return
    this.#away = false
    if (!before) retry()?.()
  }

  /** Ends the check; what it has found out by now is kept. */
  cancel(): void {
    this.#running?.abort()
    this.#listening.abort()
  }

  #listen(): void {
    this.#listening.abort()
    this.#listening = new AbortController()
  }

  async #watch(prober: Prober, { page, target }: Evidence): Promise<void> {
    const { signal } = this.#listening
    prober.watchPolicy((violation) => {
      if (originOf(violation.blocked) === originOf(target.url)) this.#learn({ violation })
    }, signal)
    const space = staticFacts(page, target).crossesInto
    if (space === null) return
    await prober.watchPermission(
      space,
      (permission) => {
        this.#learn({ permission })
        if (!this.busy) void this.#runAgain(this)
      },
      signal,
    )
  }

  async #gather(prober: Prober, cancel: AbortSignal): Promise<void> {
    const { exchanges, connection } = this.#page
    const instruments: Instruments = {
      engine: prober.facts().engine,
      send: (request, purpose, timeout) => exchanges.probe(request, { purpose, timeout, cancel }),
      record: (exchange) => {
        exchanges.record({ ...plain('probe', connection.config), exchange })
      },
      openSocket: (url, purpose, timeout) =>
        exchanges.probe(upgrade(url), { purpose, timeout, cancel, transport: prober.socket }),
      timing: (exchange) => prober.timing(exchange),
    }
    const cancelled = () => cancel.aborted
    const permission = this.#permission
    while (!cancelled() && this.#permission === permission) {
      const probe = this.#evidence && nextProbe(this.#evidence)
      if (!probe) return
      this.#probe = probe
      const result = await makeProbe(probe, instruments)
      // What was learned meanwhile, of a policy or a permission, is kept.
      if (!this.#evidence || cancelled()) return
      this.#evidence = { ...this.#evidence, probes: [...this.#evidence.probes, result] }
    }
  }

  #learn(found: Partial<Evidence>): void {
    if (this.#evidence) this.#evidence = { ...this.#evidence, ...found }
  }

  get #permission(): Evidence['permission'] {
    return this.#evidence?.permission ?? null
  }

  get #reached(): boolean {
    return this.#evidence !== null && symptomsOf(this.#evidence).up
  }
}

/** What a browser opens a web socket with; which fields it adds is its own affair. @see RFC 6455 section 4.1 */
const upgrade = (url: string): HttpRequest => ({ method: 'GET', url, headers: [], body: null })
