import { expect } from 'vitest'
import type { Transport } from '../../lib/http/message.ts'
import type { Lesson } from '../../lib/lessons/lesson.ts'
import { lessons } from '../../lib/lessons/built-in/lessons.ts'
import { progressOf } from '../../lib/lessons/progress.ts'
import type { ApiCall } from '../../lib/oauth/config/api-call.ts'
import type { TokenRequestConfig } from '../../lib/oauth/config/config.ts'
import { practiceClients } from '../../lib/practice/clients/clients.ts'
import { registrationEndpoint } from '../../lib/practice/base/origin.ts'
import { createPracticeServers, practiceTransport } from '../../lib/practice/index.ts'
import { bareEnvironment, eventually } from '../base/environment-testing.ts'
import { bringClient, chooseClient, generateInto } from '../form-keys.ts'
import { LessonDesk } from './lessons.svelte.ts'
import { Playground } from '../playground.svelte.ts'
import { registrationOf } from '../token/key-registration.svelte.ts'
import { toolsOf } from '../token/token-tools.ts'

let now = Date.UTC(2026, 0, 2, 3, 4, 5)

/** The same for all pages: an RSA key is made once. */
const server = createPracticeServers({ now: () => now })
const transport = practiceTransport(server, bareEnvironment.browser.origin)

/** In Node, oauth4webapi adds a field that it does not add in a browser. */
const inBrowser: Transport = ({ headers, ...request }, signal) =>
  transport({ ...request, headers: headers.filter(([name]) => name !== 'user-agent') }, signal)

/** A page with the practice server, worked as a user does; each thing that is pressed has to send something. */
export class LessonPage {
  readonly playground = new Playground({
    ...bareEnvironment,
    clock: { now: () => now, monotonic: () => now },
    transport: inBrowser,
  })
  readonly #tools = toolsOf(this.playground)
  readonly desk = new LessonDesk(this.playground)

  /** A page on which that lesson has begun. */
  static async at({ id }: Lesson): Promise<LessonPage> {
    // SimpleIdServer issues equal tokens in one second.
    now += 1000
    const page = new LessonPage()
    expect(await page.desk.begin(id)).toBe(true)
    return page
  }

  /** “Clients to try here”. */
  async choose(id: string): Promise<void> {
    const client = practiceClients.find(({ client_id }) => client_id === id)
    if (!client) throw new Error(`No client is called ${id}`)
    await chooseClient(this.playground, client)
  }

  /** “a client with your own key”. */
  async bringKey(): Promise<void> {
    expect((await bringClient(this.playground, registrationEndpoint)).ok).toBe(true)
  }

  /** “Generate” below Signing key, and “Register this key”. */
  async registerKey(): Promise<void> {
    await generateInto(this.playground, 'assertion', 'ES256')
    const registration = registrationOf(this.playground)
    await this.#pressed(
      () => registration.possible !== null,
      () => registration.register(),
    )
    expect(registration.registered?.ok).toBe(true)
  }

  /** What is typed in Connection. */
  edit(change: Partial<TokenRequestConfig>): void {
    this.playground.connection.edit(change)
  }

  /** “Get token”, after what is typed in Connection. */
  async get(change: Partial<TokenRequestConfig> = {}): Promise<void> {
    this.edit(change)
    await this.#pressed(
      () => this.playground.sendable,
      () => this.playground.send(),
    )
  }

  /** “Call API”, after what is changed in the line of the call. */
  async call(change: Partial<ApiCall> = {}): Promise<void> {
    const { use } = this.#tools
    if (Object.keys(change).length > 0) use.edit(change)
    await this.#pressed(
      () => use.sendable,
      () => use.send(),
    )
  }

  /** A button of “Ready to call”. */
  ready(name: string): void {
    const target = this.#tools.use.targets.find((one) => one.name === name)
    if (!target) throw new Error(`There is no ${name}`)
    this.#tools.use.take(target.call)
  }

  /** “Introspect” or “Revoke”. */
  async ask(operation: 'introspection' | 'revocation'): Promise<void> {
    const { operations } = this.#tools
    await this.#pressed(
      () => operations.sendable(operation),
      () => operations.ask(operation),
    )
  }

  /** “Verify with the server’s keys”. */
  async fetchKeys(): Promise<void> {
    const { held, keys } = this.#tools
    const place = keys.placeOf(held.issued?.claims ?? null, held.config)
    await this.#pressed(
      () => true,
      () => keys.fetch(place),
    )
  }

  /** “Send this one again”, of the exchange on screen. */
  async again(): Promise<void> {
    const { view } = this.playground
    if (!view) throw new Error('Nothing was sent yet')
    await this.#pressed(
      () => true,
      () => this.playground.replay(view),
    )
  }

  /** Opens a token request in the row of exchanges: the last one is 1, the one before it 2. */
  async openToken(number: number): Promise<void> {
    const { entries } = this.playground.exchanges.history
    const sent = entries.filter(({ about }) => about === 'token')[number - 1]
    if (!sent) throw new Error(`There is no token request ${number}`)
    await this.playground.open(sent)
  }

  /** A token from elsewhere, pasted in Token. */
  paste(token: string): void {
    this.playground.atHand.paste(token)
  }

  get token(): string {
    return this.#tools.held.token ?? ''
  }

  /** Time goes by, for the server as well. */
  wait(seconds: number): void {
    now += seconds * 1000
  }

  /** The claim of the token at hand, as the page shows it. */
  claim(name: string): string {
    const [, payload = ''] = this.token.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
    return String(claims[name])
  }

  /** Which lessons are solved: the one under way, and what else the exchanges come to, with nothing found. */
  get solved(): readonly string[] {
    const entries = [...this.playground.exchanges.history.entries].reverse()
    const others = lessons.filter((one) => progressOf(one, { entries, since: 0, found: [] }).solved)
    const own = this.desk.progress?.solved === true ? [this.desk.current?.id ?? ''] : []
    return [...new Set([...own, ...others.map(({ id }) => id)])].sort()
  }

  /** How many steps of the lesson under way are left. */
  get left(): number {
    return (this.desk.progress?.steps ?? []).filter((step) => step === null).length
  }

  async #pressed(sendable: () => boolean, press: () => Promise<void>): Promise<void> {
    const count = () => this.playground.exchanges.history.entries.length
    const before = count()
    await eventually(() => {
      expect(sendable()).toBe(true)
    })
    await press()
    expect(count()).toBeGreaterThan(before)
  }
}

type Way = (page: LessonPage) => Promise<void>

/** How a lesson is solved, and what people do that does not solve it. */
export interface Ways {
  readonly solve: Way
  /** By what is done otherwise, with how many steps are left after it. */
  readonly wrong: Readonly<Record<string, readonly [left: number, way: Way]>>
}
