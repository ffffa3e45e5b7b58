import { type HttpRequest, originOf } from '../../lib/http/message.ts'
import { checkEndpoint } from '../../lib/oauth/check/check-endpoint.ts'
import { checkHost } from '../../lib/oauth/check/check-host.ts'
import { isSendable } from '../../lib/oauth/check/check-config.ts'
import type { TokenRequestConfig } from '../../lib/oauth/config/config.ts'
import { composeIntrospectionRequest } from '../../lib/oauth/operations/introspection.ts'
import type { Remark } from '../../lib/oauth/check/problem.ts'
import { composeRevocationRequest } from '../../lib/oauth/operations/revocation.ts'
import type { Signing } from '../../lib/oauth/compose/signing.ts'
import { receives } from '../../lib/oauth/operations/operation-target.ts'
import { otherClient, tokenFacts } from '../../lib/oauth/response/token-facts.ts'
import type { TokenOperation } from '../../lib/oauth/config/token-operation.ts'
import { quoted } from '../../lib/text/quoted.ts'
import type { EndpointName } from '../../lib/explanation/server-record.ts'
import { endpointBeside, records } from '../../lib/servers/records/records.ts'
import type { HeldToken } from './held-token.svelte.ts'
import type { Playground } from '../playground.svelte.ts'
import type { OperationIntent, Sent } from '../base/sent.ts'
import { Task } from '../base/task.svelte.ts'
import { purposeAgain } from './send-call.ts'
import { endpointElsewhere, serverEndpoint } from './server-endpoint.ts'

/** What the server can be asked about a token. */
export type Operation = OperationIntent['about']

/** A question about a token, with what came of it. */
export type Asked = Sent<OperationIntent>

/** Asking the server about the token at hand: what it knows of it, and to forget it. @see RFC 7662, RFC 7009 */
export class TokenOperations {
  readonly #playground: Playground
  readonly #held: HeldToken
  /** By token endpoint and operation: what was typed for one server is none of another's. */
  #typed: Readonly<Record<string, string>> = $state.raw({})
  #options: Readonly<Record<Operation, TokenOperation>> = $state.raw({ introspection: {}, revocation: {} })
  #asked: Readonly<Partial<Record<Operation, Asked>>> = $state.raw({})
  readonly task = new Task()
  #asking: Operation | null = $state.raw(null)

  constructor(playground: Playground, held: HeldToken) {
    this.#playground = playground
    this.#held = held
  }

  /** What is being asked now. */
  get busy(): Operation | null {
    return this.#asking
  }

  asked(operation: Operation): Asked | null {
    return this.#asked[operation] ?? null
  }

  /** Whether the response is about a token that is no longer the one at hand. */
  isOutdated({ facts }: Asked): boolean {
    return facts.accessToken !== this.#held.token
  }

  /** As typed, else as the server says or servers of its kind do; empty if nobody knows. */
  endpoint(operation: Operation): string {
    const known = serverEndpoint(this.#playground, operations[operation].endpoint)
    return this.#typed[this.#key(operation)] ?? known
  }

  type(operation: Operation, url: string): void {
    this.#playground.plan(operation)
    this.#typed = { ...this.#typed, [this.#key(operation)]: url }
  }

  /** What goes along with the token: as chosen, and no secret to a server that looks at none. */
  options(operation: Operation): TokenOperation {
    const { server } = this.#playground.connection
    const needsNone = records[server.kind].asksNoClient?.(this.endpoint(operation)) === true
    return {
      ...(needsNone && operation === 'introspection' ? { anonymous: true } : {}),
      ...this.#options[operation],
    }
  }

  choose(operation: Operation, change: TokenOperation): void {
    this.#playground.plan(operation)
    this.#options = { ...this.#options, [operation]: { ...this.#options[operation], ...change } }
  }

  /** What is to be said of the endpoint; as a token endpoint is checked, in its own words, and whom it belongs to. */
  problems(operation: Operation): readonly Remark[] {
    const host = checkHost(this.endpoint(operation))
    return [...this.#endpointProblems(operation), ...(host ? [host] : [])]
  }

  #endpointProblems(operation: Operation): readonly Remark[] {
    const { endpoint } = operations[operation]
    const problem = checkEndpoint(this.endpoint(operation))
    if (problem?.level === 'missing')
      return [{ ...problem, message: 'Find the server, or type the URL.' }, ...this.#elsewhere(operation)]
    if (problem) return [{ ...problem, message: problem.message.replace('token_endpoint', endpoint) }]
    const issuer = this.#held.issuerOrigin
    const asked = originOf(this.endpoint(operation))
    if (issuer === null || issuer === asked || this.#isBeside(operation)) return this.#elsewhere(operation)
    const message = `This gives ${this.#receives(operation)} to ${asked}; the token is one of ${issuer}.`
    return [{ level: 'warning', message }]
  }

  #receives(operation: Operation): string {
    return receives(this.#playground.connection.config, this.options(operation))
  }

  /** What the metadata name at another origin is offered as long as nothing else was typed. */
  #elsewhere(operation: Operation): readonly Remark[] {
    const { endpoint } = operations[operation]
    const value = endpointElsewhere(this.#playground, endpoint)
    if (value === null || this.#typed[this.#key(operation)] !== undefined) return []
    const message = `The metadata name ${quoted(value)}, at another origin. It would receive ${this.#receives(operation)}.`
    return [{ level: 'note', message, fix: { label: 'Use it', value } }]
  }

  /** Whose the token is, if the form names another client: a server revokes it for nobody else. @see RFC 7009 section 2.1 */
  get owner(): string | null {
    return otherClient(this.#held.client, this.#playground.connection.config)
  }

  /** Whether it belongs to the server of the token endpoint, at another origin, such as a port for administration. */
  #isBeside(operation: Operation): boolean {
    const { server, config } = this.#playground.connection
    const beside = endpointBeside(server, config, operations[operation].endpoint)
    return beside === this.endpoint(operation) && this.#held.issuerOrigin === originOf(config.token_endpoint)
  }

  /** Whether nothing prevents asking; the client authenticates with what is in the form now. */
  sendable(operation: Operation): boolean {
    const { connection } = this.#playground
    return this.#held.token !== null && isSendable(this.problems(operation)) && connection.sendable
  }

  /** The request as it would be sent now; `null` while something prevents that. */
  compose(operation: Operation): Promise<HttpRequest> | null {
    const { token } = this.#held
    if (token === null || !this.sendable(operation)) return null
    const endpoint = this.endpoint(operation)
    const { connection } = this.#playground
    const signing = connection.signingFor(endpoint)
    return operations[operation].compose(endpoint, token, connection.config, signing, this.options(operation))
  }

  async ask(operation: Operation): Promise<void> {
    const { issued } = this.#held
    const composing = this.#asking === null ? this.compose(operation) : null
    if (issued === null || composing === null) return
    const { connection, environment } = this.#playground
    const facts = tokenFacts(issued, environment.clock.now(), null, this.#held.client)
    const plain = { about: operation, config: connection.config, after: null, replayOf: null, fault: null }
    const intent = { ...plain, facts, options: this.options(operation) }
    await this.#ask(intent, () => composing, operations[operation].purpose)
  }

  /** Asks once more about the token of then, with the client and the options of then; what is signed is signed anew. */
  async askAgain({ exchange: { id, request }, ...intent }: Asked): Promise<void> {
    const { config, facts, options, about } = intent
    const { environment, connection } = this.#playground
    const { compose, purpose } = operations[about]
    await this.#ask(
      { ...intent, facts: { ...facts, now: environment.clock.now() }, replayOf: null },
      () => compose(request.url, facts.accessToken, config, connection.signingFor(request.url), options),
      purposeAgain(purpose, id),
    )
  }

  async #ask(intent: OperationIntent, compose: () => Promise<HttpRequest>, purpose: string): Promise<void> {
    if (this.#asking !== null) return
    this.#asking = intent.about
    await this.task.run(async (cancel) => {
      const asked = await this.#playground.exchanges.make(await compose(), intent, { purpose, cancel })
      this.#asked = { ...this.#asked, [intent.about]: asked }
      await this.#playground.open(asked)
    })
    this.#asking = null
  }

  #key(operation: Operation): string {
    return `${this.#playground.connection.config.token_endpoint} ${operation}`
  }
}

interface Row {
  readonly endpoint: EndpointName
  /** As History calls it. */
  readonly purpose: string
  readonly compose: (
    endpoint: string,
    token: string,
    config: TokenRequestConfig,
    signing: Signing,
    options: TokenOperation,
  ) => Promise<HttpRequest>
}

const operations: Readonly<Record<Operation, Row>> = {
  introspection: {
    endpoint: 'introspection_endpoint',
    purpose: 'Introspection',
    compose: composeIntrospectionRequest,
  },
  revocation: {
    endpoint: 'revocation_endpoint',
    purpose: 'Revocation',
    compose: composeRevocationRequest,
  },
}
