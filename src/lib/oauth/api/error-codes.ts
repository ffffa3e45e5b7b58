import type { Explained, Fix } from '../../explanation/explanation.ts'
import { headerValue } from '../../http/message.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { insufficientScope } from './insufficient-scope.ts'
import { invalidToken } from './invalid-token.ts'
import { type RefusedCall, sentScheme, wanted } from './refused-call.ts'

/** What each error code of an API means, in the light of what was sent. @see RFC 6750 section 3.1, RFC 9449 section 7.1 */
export const apiErrorCodes: Readonly<Record<string, (refused: RefusedCall) => Explained>> = {
  invalid_token: invalidToken,
  insufficient_scope: insufficientScope,
  invalid_request: invalidRequest,
  use_dpop_nonce: useNonce,
  invalid_dpop_proof: invalidProof,
}

function invalidRequest({ call }: RefusedCall): Explained {
  const url = new URL(call.url)
  const inUrl = url.searchParams.has('access_token')
  url.searchParams.delete('access_token')
  return {
    meaning: 'The API finds the request malformed before it looks at the token.',
    certainty: inUrl ? 'likely' : 'possible',
    causes: [
      ...(inUrl ? ['The token is in the URL as well: it must be sent in one way only.'] : []),
      'A parameter is missing, repeated or not known to the API.',
      'The Authorization header does not look as the API wants it.',
    ],
    fixes: [
      ...(inUrl ? [{ text: 'Take access_token out of the URL', call: { url: url.href } }] : []),
      'Compare the call with the API’s documentation.',
    ],
    spec: [rfc(6750, '3.1'), rfc(6750, '2')],
  }
}

const underDpop: Fix = {
  text: 'Send the token under DPoP, with a proof',
  call: { presentation: 'dpop' },
}

/** If the header with the nonce is hidden, no page can do what the API asks for. @see RFC 9449 section 9 */
function useNonce(refused: RefusedCall): Explained {
  const spec = [rfc(9449, '9')]
  if (sentScheme(refused) !== 'DPoP') {
    return {
      meaning: 'The API wants a DPoP proof with a nonce it has given out, and no proof was sent.',
      certainty: 'certain',
      causes: ['The API accepts DPoP only.'],
      fixes: [underDpop],
      spec,
    }
  }
  if (headerValue(refused.reading.answer.response.headers, 'dpop-nonce') === null) {
    return {
      meaning:
        'The API wants its nonce in the proof and gives it in the DPoP-Nonce header, which a page cannot read here. So no retry can succeed from a page.',
      certainty: 'likely',
      causes: ['The response does not expose DPoP-Nonce to scripts (CORS), or the API left it out.'],
      fixes: [
        'Let the API send, on this response and not on the preflight alone: Access-Control-Expose-Headers: DPoP-Nonce, WWW-Authenticate',
      ],
      spec,
    }
  }
  return {
    meaning:
      'The API wants the nonce in the proof that it gives out with this response. The next proof has it; if that is refused as well, the API does not know its own nonces.',
    certainty: 'likely',
    causes: [
      'The proof had no nonce yet, or an old one: nonces are good for a short time.',
      'The API keeps its nonces in one process, and another one responds.',
    ],
    fixes: ['Call again.'],
    spec,
  }
}

/** @see RFC 9449 section 4.3 */
function invalidProof(refused: RefusedCall): Explained {
  const { config } = refused
  const spec = [rfc(9449, '4.3'), rfc(9449, '7.1')]
  if (sentScheme(refused) !== 'DPoP') {
    return {
      meaning: 'The API wants a DPoP proof, and none was sent.',
      certainty: 'certain',
      causes: ['The API accepts tokens that are bound to a key.'],
      fixes: [underDpop],
      spec,
    }
  }
  const algs = wanted(refused, 'algs')
  const { dpop, clock_skew } = config
  return {
    meaning: 'The API could not accept the DPoP proof.',
    certainty: 'possible',
    causes: [
      'The clocks differ: an API accepts an iat of a few seconds around its own time.',
      'The API knows itself by another URL than the htu of the proof (a proxy, another host name).',
      `The API does not accept the algorithm of the key${algs ? `: it accepts ${quoted(algs)}` : ''}.`,
      'The proof was used before: its jti is known.',
      ...(dpop.lifetime > 0 ? [] : ['The API demands an exp, which RFC 9449 does not have.']),
    ],
    fixes: [
      clock_skew === 0
        ? 'Set the clock skew, if the API’s clock differs.'
        : `Look at the clock skew: ${clock_skew} s are added to what is signed.`,
      ...(dpop.lifetime > 0
        ? []
        : [{ text: 'Put an exp of 60 s into the proof', change: { dpop: { lifetime: 60 } } }]),
      'Compare htu in the proof with the URL the API is reached by, behind proxies too.',
    ],
    spec,
  }
}
