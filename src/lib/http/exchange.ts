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
  const deadline = withDeadline(cancel, timeout)
  const observation = await transport(request, deadline.signal).catch((error: unknown) => failed(error))
  deadline.clear()
  return { id, purpose, request, startedAt, duration: clock.monotonic() - start, ...observation }
}

/**
 * A signal that aborts with the other one, or with a `TimeoutError` after so many milliseconds. Not
 * `AbortSignal.any([cancel, AbortSignal.timeout(ms)])`: Node 20 lets its timer be collected as garbage, so that it never
 * fires, and everywhere it would stay until its time is over.
 */
function withDeadline(cancel: AbortSignal, timeout: number): { signal: AbortSignal; clear: () => void } {
  const controller = new AbortController()
  const abort = (): void => {
    controller.abort(cancel.reason)
  }
  const timer = setTimeout(() => {
    controller.abort(new DOMException('The time set for an answer is over.', 'TimeoutError'))
  }, timeout)
  cancel.addEventListener('abort', abort)
  if (cancel.aborted) abort()
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer)
      cancel.removeEventListener('abort', abort)
    },
  }
}

/** A transport that could not even start: its code did not load, say. */
function failed(error: unknown): Observation {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return { outcome: { kind: 'failure', name, message, partial: null }, serverView: null }
}
