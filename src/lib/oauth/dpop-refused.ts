import { headerValue } from '../http/message.ts'
import { rfc } from '../spec.ts'
import type { TokenRequestConfig } from './config.ts'
import type { Explanation } from './explanation.ts'
import type { Answer } from './token-response.ts'

type Explained = Omit<Explanation, 'title' | 'certainty'>

/** Without the header the nonce stands in, no page can do what the server asks for. @see RFC 9449 section 8 */
export function useDpopNonce({ dpop }: TokenRequestConfig, { response }: Answer): Explained {
  if (!dpop.on) {
    return {
      meaning: 'The server wants a DPoP proof with a nonce it has given out, and no proof was sent.',
      causes: ['The client is registered for DPoP-bound tokens.'],
      fixes: [bindToKey(dpop)],
      spec: [rfc(9449, '8'), rfc(9449, '5')],
    }
  }
  if (headerValue(response.headers, 'dpop-nonce') === null) {
    return {
      meaning:
        'The server wants its nonce in the proof and gives it in the DPoP-Nonce header, which it does not let a page read. So no retry can succeed from a page, and none was made.',
      causes: ['The answer does not expose DPoP-Nonce to scripts (CORS), or the server left it out.'],
      fixes: [
        'Let the server send, on this answer and not on the preflight alone: Access-Control-Expose-Headers: DPoP-Nonce',
      ],
      spec: [rfc(9449, '8')],
    }
  }
  return {
    meaning: 'The proof carried the nonce the server had just given out, and it asks for another one.',
    causes: [
      'The server keeps its nonces in one process and the retry reached another one.',
      'The nonce expired at once: look at the clocks.',
    ],
    fixes: ['Send again.', 'Read the server’s log at the time of this request.'],
    spec: [rfc(9449, '8'), rfc(9449, '9')],
  }
}

/** @see RFC 9449 section 5 */
export function invalidDpopProof({ dpop, clock_skew }: TokenRequestConfig): Explained {
  if (!dpop.on) {
    return {
      meaning: 'The server wants a DPoP proof, and none was sent.',
      causes: ['The client is registered for DPoP-bound tokens.'],
      fixes: [bindToKey(dpop), 'Use a client that may have plain Bearer tokens.'],
      spec: [rfc(9449, '5')],
    }
  }
  return {
    meaning: 'The server could not accept the DPoP proof.',
    causes: [
      'The clocks differ: most servers take an iat of a few seconds or minutes around their own time.',
      'The server knows its token endpoint by another URL than the htu of the proof (a proxy, another host name).',
      'The server does not support the algorithm of the key.',
      'The proof was used before: its jti is known.',
      ...(dpop.lifetime > 0
        ? []
        : ['The server demands an exp, which RFC 9449 does not have (SimpleIdServer).']),
    ],
    fixes: [
      ...(dpop.lifetime > 0
        ? []
        : [{ text: 'Put an exp of 200 s into the proof', change: { dpop: { ...dpop, lifetime: 200 } } }]),
      'Compare htu with token_endpoint in the server’s metadata.',
      clock_skew === 0
        ? 'Set the clock skew, if the server’s clock differs.'
        : `Look at the clock skew: ${clock_skew} s are added to what is signed.`,
    ],
    spec: [rfc(9449, '4.3'), rfc(9449, '5')],
  }
}

/** The change that makes the next request one with a proof. */
export const bindToKey = (dpop: TokenRequestConfig['dpop']) => ({
  text: 'Bind the token to a key (DPoP)',
  change: { dpop: { ...dpop, on: true } },
})
