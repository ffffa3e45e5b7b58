import { isLoopback } from '../../../http/http-url.ts'
import { headerValue } from '../../../http/message.ts'
import { rfc } from '../../../spec.ts'
import type { RefusalCause, Sign } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { claim } from '../facts/sent.ts'
import { cause } from '../facts/make.ts'

const wasSent = ({ sent: { proof } }: Facts): boolean => proof !== null
const isReadable = ({ came: { response } }: Facts): boolean =>
  headerValue(response.headers, 'dpop-nonce') !== null
const isAsked = ({ came: { code } }: Facts): boolean => code === 'use_dpop_nonce'

/** A server that asks for its nonce does so in a code of its own, so that the sign is certain. */
const asked = (is: boolean, found: string): Sign | null => (is ? { found, certainty: 'certain' } : null)

const nonceRule = rfc(9449, '8')

/** The server's own value, by which it knows that a proof is fresh: it asks, and nothing is wrong yet. */
export const nonce = {
  'nonce-demanded': cause({
    stage: 'binding',
    apiStage: 'proof-valid',
    title: 'The server asks for its nonce in the proof',
    meaning: ({ sent: { proof } }) =>
      claim(proof, 'nonce') === undefined
        ? 'The proof had no nonce yet. This response brings one: the page puts it into the proofs to come, and sends the request again by itself, once.'
        : 'The server does not accept the nonce that was in the proof: it was used before, has expired, or is another process’s. This response brings a new one for the proofs to come; the page sends the request again with it by itself, once and no more.',
    fixes: [
      'Send the request again: the page puts the nonce of this response into the next proof.',
      'If it is refused again, see whether the server keeps its nonces in one process of several.',
    ],
    spec: [nonceRule, rfc(9449, '8.2')],
    applies: (facts) => wasSent(facts) && isReadable(facts),
    sign: (facts) => asked(isAsked(facts), 'The response has the nonce to use, in DPoP-Nonce.'),
  }),
  'nonce-unreadable': cause({
    stage: 'binding',
    apiStage: 'proof-valid',
    title: 'The server asks for a nonce that this page cannot read',
    meaning:
      'The nonce is in the DPoP-Nonce header of this response, which the server does not let a page read. No second request can succeed from here, and none was made.',
    fixes: ({ sent: { url } }) => {
      const relay = { text: 'Ask through the relay, which shows every header', relay: url.origin }
      const expose =
        'Expose the header at the server, on this response and not on the preflight alone: Access-Control-Expose-Headers: DPoP-Nonce'
      return [
        // At a server that is not the user's own there is nothing to set up.
        ...(isLoopback(url) ? [expose, relay] : [relay, expose]),
        'Or copy the request, signed anew, to a terminal, and the DPoP-Nonce of its response to the field Nonce.',
      ]
    },
    spec: [nonceRule],
    applies: (facts) => wasSent(facts) && !isReadable(facts),
    sign: (facts) =>
      asked(
        isAsked(facts),
        'The response has no DPoP-Nonce that a page can read: CORS hides it, or it is not there.',
      ),
  }),
  'nonce-old': cause({
    stage: 'binding',
    apiStage: 'proof-valid',
    title: 'The server does not know the nonce in the proof any more',
    meaning:
      'A nonce is good for a while, or for one proof, and this one is not among those that the server remembers. A restart makes it forget them all.',
    fixes: ['Send the request again: the page uses the nonce of this response.'],
    spec: [nonceRule, rfc(9449, '8.2')],
    applies: ({ sent: { proof } }) => claim(proof, 'nonce') !== undefined,
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
