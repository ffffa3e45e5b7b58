import type { Exchange, HttpRequest, Observation, Transport } from './message.ts'

/** Wall time for the record, monotonic time for durations; both in milliseconds. */
export interface Clock {
  now(): number
  monotonic(): number
}

export interface ExchangeOptions {
  readonly id: number
  readonly purpose: string
  readonly transport: Transport
  readonly clock: Clock
  /** Milliseconds until the exchange is given up. */
  readonly timeout: number
  /** The person's Cancel. */
  readonly cancel: AbortSignal
}

/** Sends one request and records what it came to. Never rejects. */
export async function exchange(request: HttpRequest, options: ExchangeOptions): Promise<Exchange> {
  const { id, purpose, transport, clock, timeout, cancel } = options
  const startedAt = clock.now()
  const start = clock.monotonic()
  const signal = AbortSignal.any([cancel, AbortSignal.timeout(timeout)])
  const observation = await transport(request, signal).catch((error: unknown) => failed(error))
  return { id, purpose, request, startedAt, duration: clock.monotonic() - start, ...observation }
}

/** A transport that could not even start: its code did not load, say. */
function failed(error: unknown): Observation {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return { outcome: { kind: 'failure', name, message, partial: null }, serverView: null }
}
