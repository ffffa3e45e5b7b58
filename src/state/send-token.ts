import type { HttpRequest } from '../lib/http/message.ts'
import { demandsNonce, givenNonce } from '../lib/oauth/response/dpop-nonce.ts'
import { withNonce } from './base/with-nonce.ts'
import type { Exchanges } from './base/exchanges.svelte.ts'
import { type PlainIntent, purposeOf, type Sent } from './base/sent.ts'
import type { Connection } from './connection.svelte.ts'

/** What a token request needs of the page. */
interface Page {
  readonly connection: Connection
  readonly exchanges: Exchanges
  readonly open: (sent: Sent) => Promise<void>
}

/** Says which request is under way. */
type Announce = (request: HttpRequest) => void

/**
 * Sends a token request, and once more if the server demands a nonce. It is composed anew for each send, as what is signed is
 * good for one; the form may change meanwhile, this does not.
 * @param purpose as History calls it
 */
export function sendToken(
  { connection, exchanges, open }: Page,
  purpose: string,
  made: PlainIntent,
  cancel: AbortSignal,
  announce: Announce,
): Promise<void> {
  const send = async (after: Sent | null) => {
    const { config, fault } = made
    const request = await connection.compose(config, fault)
    if (fault) connection.breaker?.disarm()
    announce(request)
    const intent = { ...made, after }
    return exchanges.make(request, intent, { purpose: purposeOf(purpose, intent), cancel })
  }
  return withNonce<Sent>(send, (sent) => Promise.resolve(learnNonce(connection, sent)), open)
}

/** Sends the very bytes of an earlier request once more, signatures and all. */
export async function sendBytes(
  { connection, exchanges, open }: Page,
  earlier: Sent,
  cancel: AbortSignal,
  announce: Announce,
): Promise<void> {
  const { request, id } = earlier.exchange
  announce(request)
  const intent = { ...earlier, after: null, replayOf: id }
  const sent = await exchanges.make(request, intent, { purpose: `Replay of #${id}`, cancel })
  learnNonce(connection, sent)
  await open(sent)
}

/** Keeps the nonce that a response gives out, whatever else it says; whether the response demands it at once. @see RFC 9449 section 8 */
function learnNonce(connection: Connection, { exchange, config }: Sent): boolean {
  if (!config.dpop.on) return false
  const nonce = givenNonce(exchange)
  if (nonce !== null) connection.setNonce(exchange.request.url, nonce)
  return demandsNonce(exchange)
}
