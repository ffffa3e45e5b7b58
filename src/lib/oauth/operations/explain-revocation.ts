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
import type { Refused } from '../response/read-response.ts'
import { otherClient, type TokenFacts } from '../response/token-facts.ts'

/**
 * What a revocation endpoint's response means for the user who asked with that configuration.
 * A success is explained too: it says less than it seems to.
 * @param later whether the server called the token active in a later introspection; `null` if it was not asked
 */
export function explainRevocation(
  revocation: Revocation,
  exchange: Exchange,
  config: TokenRequestConfig,
  token: TokenFacts,
  known: Known,
  later: boolean | null = null,
): Explanation {
  const owner = otherClient(token.client, config)
  switch (revocation.kind) {
    case 'accepted':
      if (owner !== null) return withoutEffect(owner, config.client_id, later)
      return later === null ? accepted(revocation.status, token) : proven(later, token)
    case 'unavailable':
      return unavailable(revocation.retryAfter)
    case 'refused':
      if (owner !== null && isOfOthers(revocation)) return notOurs(owner, config.client_id)
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
function accepted(status: number, token: TokenFacts): Explanation {
  return {
    title: 'The server accepted the revocation',
    meaning:
      'If the server knew the token, it knows it no more. It responds the same for a token it never knew.' +
      (status === 200
        ? ''
        : ` It came with status ${status}: the standard has 200, and strict clients accept nothing else for a success.`),
    certainty: 'possible',
    causes:
      token.claims === null
        ? [
            'An API that asks the server about each token refuses it from now on; one that keeps responses does so later.',
          ]
        : [selfVerified(token), 'An API that introspects refuses it from now on.', opaqueOnly],
    // What there is to try, the page offers as buttons.
    fixes: [],
    spec: [rfc(7009, '2.2'), rfc(7009, '3')],
  }
}

function selfVerified({ claims, now }: TokenFacts): string {
  const exp = asNumber(member(claims, 'exp'))
  const until = exp === undefined || exp * 1000 <= now ? 'its exp' : `its exp, ${relativeTime(exp, now)}`
  return `An API that verifies the JWT by itself never asks the server, and goes on accepting it until ${until}.`
}

const opaqueOnly =
  'Some servers revoke none but opaque tokens, and say 200 of a JWT all the same (Duende IdentityServer, PingFederate as it comes).'

const ofRevocation = [rfc(7009, '2.2'), rfc(7662, '2.2')]

/** What introspection said afterwards counts for more than the 200. */
function proven(active: boolean, token: TokenFacts): Explanation {
  const isJwt = token.claims !== null
  return active
    ? {
        title: 'The server accepted the revocation, and the token is still active',
        meaning: 'Introspection said so afterwards: the 200 had no effect.',
        certainty: 'certain',
        causes: [
          ...(isJwt ? [opaqueOnly] : []),
          'The server keeps the response to an introspection for a while: ask again.',
          'Whoever accepted the token goes on accepting it.',
        ],
        fixes: [],
        spec: ofRevocation,
      }
    : {
        title: 'The token is revoked',
        meaning: 'Introspection said so afterwards: the server calls it active no more.',
        certainty: 'certain',
        causes: isJwt
          ? [selfVerified(token)]
          : ['An API that keeps responses of introspection, for as long as it does.'],
        fixes: [],
        spec: ofRevocation,
      }
}

const askAs = (owner: string): string =>
  `Enter the credentials of ${quoted(owner)} in Connection, and revoke again.`

/** "verifies whether the token was issued to the client making the revocation request": a 200 may mean that it was not. */
function withoutEffect(owner: string, asked: string, later: boolean | null): Explanation {
  const said = `The token was issued to ${quoted(owner)}, and ${quoted(asked)} asked to revoke it.`
  const proof = {
    null: 'A server need not revoke what is another client’s, and many respond with 200 and do nothing.',
    true: 'Introspection called it active afterwards: the 200 had no effect.',
    false:
      'Introspection called it not active afterwards: this server lets any client revoke, or tells this one nothing.',
  }[`${later}`]
  return {
    title: 'The server said 200 about another client’s token',
    meaning: `${said} ${proof}`,
    certainty: later === null ? 'likely' : 'certain',
    causes:
      later === false
        ? []
        : ['Whoever accepted the token goes on accepting it (so at Ory Hydra and django-oauth-toolkit).'],
    fixes: [askAs(owner)],
    spec: [rfc(7009, '2.1')],
  }
}

/** Codes of RFC 6749 section 5.2 that servers have for it; a wrong secret would be a 401. */
const codesOfOthers = new Set(['invalid_client', 'invalid_grant', 'unauthorized_client'])

const isOfOthers = ({ status, error }: Refused): boolean =>
  error !== null &&
  codesOfOthers.has(error.error) &&
  (status === 400 || /\bnot issued (?:for|to) this client/i.test(error.error_description ?? ''))

const notOurs = (owner: string, asked: string): Explanation => ({
  title: 'The server refused: the token is another client’s',
  meaning: `The token was issued to ${quoted(owner)}, and ${quoted(asked)} asked to revoke it. The server knows the client that asked: a wrong ID or secret would be a 401. The token is as good as before.`,
  certainty: 'likely',
  causes: ['The server lets each client revoke its own tokens alone, as the standard has it.'],
  fixes: [askAs(owner)],
  spec: [rfc(7009, '2.1'), rfc(6749, '5.2')],
})

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
