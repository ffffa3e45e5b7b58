import type { Sent } from './sent.ts'

/**
 * Sends; if the response demands a nonce, sends once more with it. The first exchange is not lost if there can be no
 * second: it comes with the error.
 * @param send sends, after an exchange that demanded it or, first, after none
 * @param learn keeps the nonce that a response gives out; whether the response demands it at once
 * @see RFC 9449 sections 8 and 9
 */
export async function withNonce<S extends Sent>(
  send: (after: S | null) => Promise<S>,
  learn: (sent: S) => Promise<boolean>,
  show: (sent: S) => Promise<void>,
): Promise<void> {
  const first = await send(null)
  if (!(await learn(first))) return show(first)
  try {
    const second = await send(first)
    await learn(second)
    await show(second)
  } catch (error) {
    // The key may be gone by now: the first response is not lost with it.
    await show(first)
    throw error
  }
}
