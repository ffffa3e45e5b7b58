import { givenNonce } from '../../lib/oauth/response/dpop-nonce.ts'
import { demandsApiNonce } from '../../lib/oauth/api/api-response.ts'
import { schemeOf } from '../../lib/oauth/response/token-facts.ts'
import type { HttpRequest } from '../../lib/http/message.ts'
import { mcpMethodOf } from '../../lib/mcp/method-of.ts'
import { withNonce } from '../base/with-nonce.ts'
import type { Playground } from '../playground.svelte.ts'
import { type ApiIntent, purposeOf, type Sent } from '../base/sent.ts'

/** How a call is sent. */
interface SendingCall {
  /** The number of the exchange that it is made anew from; `null` for none. */
  readonly earlier: number | null
  readonly cancel: AbortSignal
  /** Makes the request, with new signatures each time. */
  readonly compose: () => Promise<HttpRequest>
}

/** What History calls a request that is made anew from what an earlier one was made from. */
export const purposeAgain = (purpose: string, earlier: number): string =>
  `${purpose} with the configuration of #${earlier}`

/**
 * Calls an API; if it demands a nonce of its own in the proof, once more with that.
 * @param keep shows the exchange that ended it
 * @see RFC 9449 section 9
 */
export function sendCall(
  playground: Playground,
  call: ApiIntent,
  { earlier, cancel, compose }: SendingCall,
  keep: (sent: Sent<ApiIntent>) => Promise<void>,
): Promise<void> {
  return withNonce<Sent<ApiIntent>>(
    async (after) => {
      const intent = { ...call, after }
      const request = await compose()
      const named = ['API call', mcpMethodOf(request)].filter(Boolean).join(' ')
      const purpose = purposeOf(earlier === null ? named : purposeAgain(named, earlier), intent)
      return playground.exchanges.make(request, intent, { purpose, cancel })
    },
    (sent) => Promise.resolve(learnNonce(playground, sent)),
    keep,
  )
}

/** An API gives out nonces for proofs as the server does; whether this response demands one. */
function learnNonce(playground: Playground, { exchange, call, facts, config }: Sent<ApiIntent>): boolean {
  const nonce = givenNonce(exchange)
  if (nonce !== null) playground.connection.setNonce(exchange.request.url, nonce)
  return facts !== null && schemeOf(call, facts.claims, config) === 'DPoP' && demandsApiNonce(exchange)
}
