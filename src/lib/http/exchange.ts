import type { Exchange, HttpRequest, Transport } from './message.ts'

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
  const observation = await transport(request, signal)
  return { id, purpose, request, startedAt, duration: clock.monotonic() - start, ...observation }
}
