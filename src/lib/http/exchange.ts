import type { Arriving, Exchange, HttpRequest, Transport } from './message.ts'

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
  /** The user's Cancel. */
  readonly cancel: AbortSignal
  /** Sees the response while it comes. */
  readonly arriving?: Arriving
}

/** Sends one request and records what it came to. Rejects only with the transport: then there was no exchange. */
export async function exchange(request: HttpRequest, options: ExchangeOptions): Promise<Exchange> {
  const { id, purpose, transport, clock, timeout, cancel, arriving } = options
  const startedAt = clock.now()
  const start = clock.monotonic()
  const deadline = withDeadline(cancel, timeout)
  try {
    const observation = await transport(request, deadline.signal, arriving)
    return { id, purpose, request, startedAt, duration: clock.monotonic() - start, ...observation }
  } finally {
    deadline.clear()
  }
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
    controller.abort(new DOMException('The time set for a response is over.', 'TimeoutError'))
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
