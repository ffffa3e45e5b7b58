import type { Observation } from '../http/message.ts'
import { abortedBy } from '../http/transport.ts'

/** Settles when the signal does, at once if it already has; `stop` lets go of the signal. */
export function whenAborted(signal: AbortSignal): { promise: Promise<Observation>; stop: () => void } {
  const listening = new AbortController()
  const promise = new Promise<Observation>((resolve) => {
    const settle = (): void => {
      resolve({ outcome: { kind: 'aborted', by: abortedBy(signal), partial: null }, serverView: null })
    }
    if (signal.aborted) settle()
    signal.addEventListener('abort', settle, { once: true, signal: listening.signal })
  })
  return {
    promise,
    stop: () => {
      listening.abort()
    },
  }
}
