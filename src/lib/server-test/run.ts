import { type Exchange, headerValue, type HttpRequest } from '../http/message.ts'
import { demandsNonce, nonceIn } from '../oauth/response/dpop-nonce.ts'
import { readTokenResponse } from '../oauth/response/read-response.ts'
import type { Signing } from '../oauth/compose/signing.ts'
import { tokenAttempt } from './base/attempts.ts'
import { type Attempt, type Judgement, type Seen, type Sent, skipped } from './base/row.ts'
import { finals, issued, readableByPage } from './base/sent.ts'
import { type Environment, originsOf, type Subject } from './base/subject.ts'
import { limitOf, type Stopped } from './limits.ts'
import { attemptsOf, type Plan } from './plan.ts'
import { type Revoked, revokeTokens } from './revoke-tokens.ts'
import { type RowId, table } from './table.ts'

/** What a test does to the world. */
export interface Effects {
  /** Sends one request; rejects only if it could not even start. */
  readonly send: (request: HttpRequest, purpose: string, signal: AbortSignal) => Promise<Exchange>
  /** Ends early if the signal aborts. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** What came of one row. */
export interface Result extends Judgement {
  readonly id: RowId
}

/** A test that is over, or was stopped; it can be gone on with. */
export interface Run {
  /** Milliseconds since the epoch. */
  readonly started: number
  readonly results: ReadonlyMap<RowId, Result>
  readonly sent: readonly Sent[]
  /** `null`: every row has a result. */
  readonly stopped: Stopped | null
  /** `null` if the test was stopped before: its tokens live until they expire. */
  readonly revoked: Revoked | null
}

export interface Progress {
  readonly id: RowId
  /** How many rows have a result, of how many. */
  readonly done: number
  readonly of: number
}

export interface Options {
  readonly plan: Plan
  readonly signal: AbortSignal
  readonly progress?: (progress: Progress) => void
  /** A run that was stopped: the rows that have a result are not tried again. */
  readonly from?: Run
}

/**
 * Tries the rows of a plan one after the other. Never rejects: a row that fails is skipped, with the reason, and leaves the
 * rest. If the working request brings no token, nothing else is sent.
 */
export async function runTest(
  subject: Subject,
  environment: Environment,
  effects: Effects,
  { plan, signal, progress, from }: Options,
): Promise<Run> {
  const started = from?.started ?? effects.now()
  const results = new Map(from?.results)
  const sender = new Sender(subject, environment, effects, signal, [...(from?.sent ?? [])])
  const { sent } = sender
  // Of a row that was stopped in its middle nothing counts: it is tried again.
  const stale = new Set(from?.sent.filter(({ row }) => !results.has(row as RowId)))
  const of = (row: string): readonly Sent[] => sent.filter((one) => one.row === row && !stale.has(one))
  const seenBy = (id: RowId): Seen => ({
    subject,
    environment,
    now: effects.now,
    all: sent,
    mine: of(id),
    of,
    verdictOf: (row) => results.get(row as RowId)?.verdict,
    signingFor: (url) => sender.signingFor(url),
  })
  const rows = plan.rows.filter(({ id }) => !results.has(id))
  for (const { id, unless } of rows) {
    progress?.({ id, done: results.size, of: plan.rows.length })
    const judged = await tryRow(id, unless, () => seenBy(id), sender)
    if (sender.isOver()) break
    results.set(id, { id, ...judged })
    if (id === 'baseline' && !issued(finals(seenBy('baseline'))[0])) sender.stopped = { kind: 'no token' }
    // From then on as from a page: its responses show what a page could read.
    if (id === 'cors-success' && judged.verdict === 'ok') sender.hasOrigin = true
    if (sender.isOver()) break
  }
  const { stopped } = sender
  const revoked = stopped === null ? await sender.revoke(seenBy('baseline')) : null
  return { started, results, sent, stopped, revoked }
}

async function tryRow(
  id: RowId,
  unless: string | null,
  seen: () => Seen,
  sender: Sender,
): Promise<Judgement> {
  const row = table[id]
  if (unless !== null) return skipped(unless)
  try {
    const lacks = row.lacks?.(seen()) ?? null
    if (lacks !== null) return skipped(lacks)
    for (const attempt of attemptsOf(id, sender.environment)) {
      if (attempt.only && !attempt.only(seen())) continue
      await sender.attempt(id, attempt, seen)
      if (sender.isOver()) return skipped('It was stopped.')
    }
    return await row.judge(seen())
  } catch (error) {
    return skipped(`The test could not do that: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Sends one request after the other, and stops if the server asks for it, or is gone. */
class Sender {
  stopped: Stopped | null = null
  hasOrigin = false
  readonly #nonces = new Map<string, string>()
  readonly #origins: readonly string[]

  constructor(
    readonly subject: Subject,
    readonly environment: Environment,
    readonly effects: Effects,
    readonly signal: AbortSignal,
    readonly sent: Sent[],
  ) {
    this.#origins = originsOf(subject)
    for (const { exchange } of sent) this.#keepNonce(exchange)
    this.hasOrigin = sent.some((one) => one.row === 'cors-success' && readableByPage(one, environment))
  }

  isOver(): boolean {
    return this.stopped !== null
  }

  signingFor(url: string): Signing {
    const nonce = this.#nonces.get(new URL(url).origin) ?? null
    return { findKey: this.subject.findKey, now: this.effects.now, nonce }
  }

  /** Sends an attempt, a second time with the nonce that the server asks for, and a second time if nothing came of it. */
  async attempt(row: RowId, attempt: Attempt, seen: () => Seen): Promise<void> {
    const asked = await this.#once(row, attempt, 'attempt', seen)
    if (!asked || this.isOver()) return
    const first = demandsNonce(asked.exchange) ? await this.#once(row, attempt, 'attempt', seen) : asked
    if (!first || this.isOver()) return
    const worth = attempt.works === true || this.environment.kind === 'node'
    // If the first request of all is lost, there is nothing to compare with.
    if (row === 'baseline' || attempt.target !== 'token' || !worth || !isLost(first)) return
    const control = await this.#once(row, tokenAttempt({ issues: true }), 'control', seen)
    if (this.isOver()) return
    if (issued(control ?? undefined)) await this.#once(row, attempt, 'again', seen)
    else this.stopped = { kind: 'gone' }
  }

  /** Tokens of clients that are asked for no more are good for nothing. */
  revoke(seen: Seen): Promise<Revoked> {
    return revokeTokens(seen, (attempt) => this.#once('revoke-issued', attempt, 'control', () => seen))
  }

  async #once(row: string, attempt: Attempt, kind: Sent['kind'], seen: () => Seen): Promise<Sent | null> {
    const composed = await attempt.compose(seen())
    if (composed === null) return null
    const request = this.#withOrigin(composed, attempt)
    if (!this.#origins.includes(new URL(request.url).origin)) return null
    const wait = this.sent.length === 0 ? 0 : Math.max(attempt.wait ?? 0, this.subject.pause_ms)
    if (wait > 0) await this.effects.pause(wait, this.signal)
    if (isAborted(this.signal)) return this.#stop({ kind: 'person' })
    const exchange = await this.effects.send(request, `Server test: ${row}`, this.signal)
    const sent = { row, attempt, exchange, reading: readTokenResponse(exchange.outcome), kind }
    const limit = limitOf(exchange, this.effects.now())
    this.sent.push(sent)
    this.#keepNonce(exchange)
    // Not by its outcome alone: whoever sends may have read the response by then.
    if (isAborted(this.signal)) return this.#stop({ kind: 'person' })
    return limit ? this.#stop(limit) : sent
  }

  #stop(why: Stopped): null {
    this.stopped = why
    return null
  }

  #keepNonce({ outcome, request }: Exchange): void {
    const nonce = outcome.kind === 'response' ? nonceIn(outcome.response) : null
    if (nonce !== null) this.#nonces.set(new URL(request.url).origin, nonce)
  }

  #withOrigin(request: HttpRequest, { target, origin }: Attempt): HttpRequest {
    const { environment } = this
    if (environment.kind === 'page') return request
    const wants = origin === true || (this.hasOrigin && target === 'token')
    // A request that is sent a second time has it already.
    return wants && headerValue(request.headers, 'origin') === null
      ? { ...request, headers: [...request.headers, ['Origin', environment.origin]] }
      : request
  }
}

/** It aborts while something else is waited for. */
const isAborted = ({ aborted }: AbortSignal): boolean => aborted

const isLost = ({ exchange: { outcome } }: Sent): boolean =>
  outcome.kind === 'failure' || (outcome.kind === 'aborted' && outcome.by === 'timeout')
