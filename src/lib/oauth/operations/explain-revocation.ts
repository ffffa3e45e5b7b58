import { relativeTime } from '../../jwt/decode/numeric-date.ts'
import { asNumber, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { bodyInWords } from '../response/body-shape.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { explainUnreachable } from '../response/unreachable.ts'
import type { Explanation } from '../../explanation/explanation.ts'
import type { Exchange } from '../../http/message.ts'
import { explainRefusal, type Known } from '../../why/refusal/refusal.ts'
import type { Revocation } from './revocation.ts'
import { compareWith, operationTarget } from './operation-target.ts'
import type { TokenFacts } from '../response/token-facts.ts'

/**
 * What a revocation endpoint's response means for the user who asked with that configuration.
 * A success is explained too: it says less than it seems to.
 */
export function explainRevocation(
  revocation: Revocation,
  exchange: Exchange,
  config: TokenRequestConfig,
  token: TokenFacts,
  known: Known,
): Explanation {
  switch (revocation.kind) {
    case 'accepted':
      return accepted(revocation.status, token)
    case 'unavailable':
      return unavailable(revocation.retryAfter)
    case 'refused':
      return explainRefusal('revocation', exchange, revocation.answer, config, known)
    case 'nonconforming':
      return {
        title: `${bodyInWords(revocation.answer)} instead of a revocation (status ${revocation.status})`,
        meaning:
          'A revocation endpoint responds with 200 and nothing that matters, or with an error in JSON.',
        certainty: 'possible',
        causes: [
          'The URL is not that of the revocation endpoint.',
          ...(revocation.status >= 500
            ? ['The server failed; its log has it. The token may still be good.']
            : []),
        ],
        fixes: [compareWith('revocation_endpoint')],
        spec: [rfc(7009, '2.2')],
      }
    case 'unreachable':
      return explainUnreachable(revocation, operationTarget('revocation_endpoint', config))
    default:
      return revocation satisfies never
  }
}

/** "invalid tokens do not cause an error response since the client cannot handle such an error in a reasonable way" */
function accepted(status: number, { claims, now }: TokenFacts): Explanation {
  const exp = asNumber(member(claims, 'exp'))
  const until = exp === undefined || exp * 1000 <= now ? 'its exp' : `its exp, ${relativeTime(exp, now)}`
  return {
    title: 'The server accepted the revocation',
    meaning:
      'If the server knew the token, it knows it no more. It responds the same for a token it never knew.' +
      (status === 200
        ? ''
        : ` It came with status ${status}: the standard has 200, and strict clients accept nothing else for a success.`),
    certainty: 'possible',
    causes:
      claims === null
        ? [
            'An API that asks the server about each token refuses it from now on; one that keeps responses does so later.',
          ]
        : [
            `An API that verifies the JWT by itself never asks the server, and goes on accepting it until ${until}.`,
            'An API that introspects refuses it from now on.',
            'Some servers revoke none but opaque tokens, and say 200 of a JWT all the same (Duende IdentityServer, PingFederate as it comes).',
          ],
    // What there is to try, the page offers as buttons.
    fixes: [],
    spec: [rfc(7009, '2.2'), rfc(7009, '3')],
  }
}

const unavailable = (retryAfter: string | null): Explanation => ({
  title: 'The server cannot revoke right now',
  meaning: `503: the token is still good, and the request may be made again later${retryAfter === null ? '' : ` (Retry-After: ${quoted(retryAfter)})`}.`,
  certainty: 'certain',
  causes: ['The server is starting, overloaded or in maintenance.'],
  fixes: [
    retryAfter === null
      ? 'Wait a moment and try again.'
      : 'Wait as long as Retry-After says, then try again.',
  ],
  spec: [rfc(7009, '2.2.1')],
})
