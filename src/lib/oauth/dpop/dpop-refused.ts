import { headerValue } from '../../http/message.ts'
import { ownMembers } from '../../json/own-members.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import type { Explained } from '../../explanation/explanation.ts'
import { text, type Answer } from '../response/read-response.ts'

type Reasons = Omit<Explained, 'certainty'>

/** If the header with the nonce is hidden, no page can do what the server asks for. @see RFC 9449 section 8 */
export function useDpopNonce({ dpop }: TokenRequestConfig, { response }: Answer): Reasons {
  if (!dpop.on) {
    return {
      meaning: 'The server wants a DPoP proof with a nonce it has given out, and no proof was sent.',
      causes: ['The client is registered for DPoP-bound tokens.'],
      fixes: [bindToKey],
      spec: [rfc(9449, '8'), rfc(9449, '5')],
    }
  }
  if (headerValue(response.headers, 'dpop-nonce') === null) {
    return {
      meaning:
        'The server wants its nonce in the proof and gives it in the DPoP-Nonce header, which it does not let a page read. So no retry can succeed from a page, and none was made.',
      causes: ['The response does not expose DPoP-Nonce to scripts (CORS), or the server left it out.'],
      fixes: [
        'Let the server send, on this response and not on the preflight alone: Access-Control-Expose-Headers: DPoP-Nonce',
      ],
      spec: [rfc(9449, '8')],
    }
  }
  return {
    meaning:
      'The server wants a nonce of its own in the proof; this proof had none, or one it does not accept. The one to use came with this response: the page keeps it for the proofs to come, and sends again with it by itself, once and no more.',
    causes: [
      'The first proof for a server has no nonce yet, and a nonce expires: the refusal is the way to the next one.',
      'If the second request was refused as well, the server may keep its nonces in one process, and the request reached another one.',
    ],
    fixes: ['Send again.', 'Read the server’s log at the time of this request.'],
    spec: [rfc(9449, '8'), rfc(9449, '8.2')],
  }
}

/** @see RFC 9449 section 5 */
export function invalidDpopProof(config: TokenRequestConfig, answer: Answer): Reasons {
  const { dpop, clock_skew } = config
  if (!dpop.on) {
    return {
      meaning: 'The server wants a DPoP proof, and none was sent.',
      causes: ['The client is registered for DPoP-bound tokens.'],
      fixes: [bindToKey, 'Use a client that may have plain Bearer tokens.'],
      spec: [rfc(9449, '5')],
    }
  }
  const own = ownMembers(dpop.payload)
  const names = own.ok ? Object.keys(own.members) : []
  const withoutEnd = dpop.lifetime === 0
  return {
    meaning: 'The server could not accept the DPoP proof.',
    causes: [
      ...(names.length > 0 ? [`“More members” put ${quoted(names.join(', '))} into the proof.`] : []),
      ...suspects(text(answer, 'error_description') ?? '', withoutEnd),
    ],
    fixes: [
      ...(names.length > 0
        ? [{ text: 'Leave the members of your own out', change: { dpop: { payload: '' } } }]
        : []),
      ...(withoutEnd
        ? [{ text: 'Put an exp of 200 s into the proof', change: { dpop: { lifetime: 200 } } }]
        : []),
      'Compare htu with token_endpoint in the server’s metadata.',
      clock_skew === 0
        ? 'Set the clock skew, if the server’s clock differs.'
        : `Look at the clock skew: ${clock_skew} s are added to what is signed.`,
    ],
    spec: [rfc(9449, '4.3'), rfc(9449, '5')],
  }
}

const noEnd = 'The server demands an exp, which RFC 9449 does not have (SimpleIdServer).'

/** Why proofs are refused, the likeliest first, each with the words by which a server gives it away. */
const causes: readonly (readonly [cause: string, words: RegExp])[] = [
  [
    'The clocks differ: most servers accept an iat of a few seconds or minutes around their own time.',
    /\biat\b|clock|expir|too old|recent|future/i,
  ],
  [
    'The server knows its token endpoint by another URL than the htu of the proof (a proxy, another host name).',
    /\bhtu\b|\bur[il]\b/i,
  ],
  ['The server does not support the algorithm of the key.', /\balg|unsupported/i],
  ['The proof was used before: its jti is known.', /\bjti\b|replay|used|reuse/i],
  [noEnd, /\bexp\b|expir/i],
]

/** What the server's own words point at comes first; above all of the end of a proof, if it has none. */
function suspects(description: string, withoutEnd: boolean): string[] {
  const possible = causes.filter(([cause]) => withoutEnd || cause !== noEnd)
  const told = possible.filter(([, words]) => words.test(description)).map(([cause]) => cause)
  const ended = told.includes(noEnd) ? [noEnd] : []
  return [...new Set([...ended, ...told, ...possible.map(([cause]) => cause)])]
}

/** The change that makes the next request one with a proof. */
export const bindToKey = {
  text: 'Bind the token to a key (DPoP)',
  change: { dpop: { on: true } },
} as const
