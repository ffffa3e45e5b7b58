import { relativeTime } from '../../jwt/decode/numeric-date.ts'
import { asNumber, asString, type JsonValue, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { bodyInWords } from '../response/body-shape.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { issuerOf } from '../config/derived-values.ts'
import { explainUnreachable } from '../response/unreachable.ts'
import type { Explanation } from '../../explanation/explanation.ts'
import type { Introspection } from './introspection.ts'
import { besidesActive } from './introspection-rules.ts'
import { compareWith, operationTarget } from './operation-target.ts'
import type { Exchange } from '../../http/message.ts'
import { explainRefusal, type Known } from '../../why/refusal/refusal.ts'
import { listClaim, type TokenFacts } from '../response/token-facts.ts'

/**
 * What an introspection endpoint's response means for the user who asked with that configuration;
 * `null` if the server reported an active token, and nobody revoked it here.
 */
export function explainIntrospection(
  introspection: Introspection,
  exchange: Exchange,
  config: TokenRequestConfig,
  token: TokenFacts,
  known: Known,
): Explanation | null {
  switch (introspection.kind) {
    case 'active':
      return known.past.revoked ? stillActive : oddlyActive(introspection.members, token.now)
    case 'inactive':
      return inactive(config, token, introspection.members, known)
    case 'jwt':
      return introspection.active === false
        ? inactive(config, token, introspection.members, known)
        : (explainJwt(introspection) ?? oddlyActive(introspection.members, token.now))
    case 'refused':
      return explainRefusal('introspection', exchange, introspection.answer, config, known)
    case 'nonconforming':
      return nonconforming(introspection)
    case 'unreachable':
      return explainUnreachable(introspection, operationTarget('introspection_endpoint', config))
    default:
      return introspection satisfies never
  }
}

/** What this tab did itself needs no other cause. */
const revokedHere: Explanation = {
  title: 'The token is not active: it was revoked in this tab',
  meaning:
    'The server knows of the revocation. An API that verifies JWTs by itself does not, until the token expires.',
  certainty: 'likely',
  causes: [],
  fixes: ['Get a new token, and introspect that.'],
  spec: [rfc(7009, '2.2'), rfc(7662, '2.2')],
}

const stillActive: Explanation = {
  title: 'The token is active, though it was revoked in this tab',
  meaning: 'The server accepted the revocation, and it had no effect.',
  certainty: 'certain',
  causes: [
    'The server revokes none but opaque tokens, and says 200 of a JWT all the same.',
    'The server keeps the response to an introspection for a while.',
  ],
  fixes: ['Introspect once more. If the token stays active, only its exp ends it.'],
  spec: [rfc(7009, '2.2'), rfc(7662, '2.2')],
}

/** What of an active token is not as it should be; `null` if nothing is. @see RFC 7662 section 2.2 */
function oddlyActive(members: JsonValue | null, now: number): Explanation | null {
  const end = endOf(members)
  const active = member(members, 'active')
  if (end !== null && end <= now)
    return {
      title: 'The server calls the token active, and its exp is over',
      meaning: `By exp of the response the token ended ${relativeTime(end / 1000, now)}, by this machine’s clock. An API that compares exp refuses it.`,
      certainty: 'likely',
      causes: [
        'The server does not compare exp, or lets some time pass.',
        'The clocks of this machine and of the server differ.',
        'The response comes from a cache.',
      ],
      fixes: [
        'Get a new token, and introspect that.',
        'Compare the time of the server with that of this machine.',
      ],
      spec: [rfc(7662, '2.2'), rfc(7662, '4')],
    }
  return active === undefined || active.kind === 'literal'
    ? null
    : {
        title: 'The token is active, by a value that is neither true nor false',
        meaning: `active is ${active.kind === 'number' ? 'a number' : 'a text'}. An API that compares it with true finds the token inactive, and refuses it.`,
        certainty: 'likely',
        causes: [],
        fixes: ['Let the server write active as true or false, without quotation marks.'],
        spec: [rfc(7662, '2.2')],
      }
}

/** exp in milliseconds since the epoch, as which some servers write it; `null` if there is none. */
export function endOf(members: JsonValue | null): number | null {
  const exp = asNumber(member(members, 'exp'))
  return exp === undefined ? null : exp >= 1e11 ? exp : exp * 1000
}

/** Whether the server said by an error what active: false is for. */
const isByError = (members: JsonValue | null): boolean =>
  member(members, 'active') === undefined && member(members, 'error') !== undefined

/** What the server says of an inactive token in words. */
const wordsOf = (members: JsonValue | null): string =>
  ['error', 'error_description', 'message', 'reason']
    .flatMap((name) => asString(member(members, name)) || [])
    .join(': ')

/** "the authorization server SHOULD NOT include any additional information about an inactive token" */
function inactive(
  config: TokenRequestConfig,
  { claims, now }: TokenFacts,
  members: JsonValue | null,
  { past }: Known,
): Explanation {
  if (past.revoked) return revokedHere
  const exp = asNumber(member(claims, 'exp'))
  const expired = exp !== undefined && exp * 1000 <= now
  const iss = asString(member(claims, 'iss'))
  const issuer = issuerOf(config)
  const foreign = iss !== undefined && issuer !== '' && iss !== issuer
  const aud = listClaim(claims, 'aud')
  const forOthers = claims === null || (aud !== null && !aud.includes(config.client_id))
  const words = wordsOf(members)
  const told = besidesActive(members).filter((name) => !/^(error|message$|reason$)/.test(name))
  return {
    title: isByError(members)
      ? 'The token is not active, which the server says by an error'
      : 'The token is not active',
    meaning: isByError(members)
      ? 'The standard has status 200 with active: false for a token that is unknown, expired or revoked. This error is about the token, and not about the credentials of the client.'
      : words === ''
        ? 'The server says no more than that, and on purpose: a standard server does not tell strangers why a token is no good.'
        : 'The server says why in a member of its own.',
    ...(words !== '' && { observed: [`The server says: “${quoted(words)}”.`] }),
    certainty: expired || foreign ? 'likely' : 'possible',
    causes: [
      ...(expired ? [`The token expired ${relativeTime(exp, now)}, by this machine’s clock.`] : []),
      ...(foreign ? [`Another issuer made the token: ${quoted(iss)}, and not ${quoted(issuer)}.`] : []),
      ...(told.length > 0
        ? [
            `The server knows the token, as it tells its ${quoted(told.join(', '))}: it has ended, or this client may not ask about it.`,
          ]
        : []),
      ...(forOthers ? [notInAudience(claims === null)] : []),
      'It was revoked, or the server was restarted and has forgotten it.',
      ...(claims === null ? [] : ['The server keeps no record of its JWTs, and can introspect others only.']),
      'The token is not whole, or not one of this server.',
    ],
    fixes: [
      'Get a new token, and introspect that.',
      'Introspect with the credentials of the API the token is for: the endpoint is made for APIs.',
    ],
    spec: [rfc(7662, '2.2'), rfc(7662, '4')],
  }
}

/** What some servers say to a client that is not in the audience of a token. @see RFC 7662 section 4 */
const notInAudience = (hidden: boolean): string =>
  `This client may not ask about it: newer Keycloak and zitadel say so of every token whose aud does not name the client that asks${hidden ? ', and the aud of this one cannot be read here' : ''}.`

const besideClaims: Explanation = {
  title: 'A JWT without token_introspection in it',
  meaning:
    'active and the rest are next to the claims of the JWT, as drafts of the standard had it. Clients of the standard look for them in token_introspection.',
  certainty: 'certain',
  causes: [],
  fixes: ['Let the server put the members of the introspection into token_introspection.'],
  spec: [rfc(9701, '5')],
}

function explainJwt({ decoded, members }: Extract<Introspection, { kind: 'jwt' }>): Explanation | null {
  if (decoded.kind === 'jwe') {
    return {
      title: 'An encrypted response',
      meaning: 'The server responded with a JWT encrypted for the API that asks; only its key opens it.',
      certainty: 'certain',
      causes: ['The client is registered for encrypted introspection responses.'],
      fixes: ['Register it for signed ones, or for JSON.'],
      spec: [rfc(9701, '5')],
    }
  }
  if (members !== null && member(decoded.payload.value, 'token_introspection')) return null
  if (members !== null) return besideClaims
  return {
    title: 'A JWT without an introspection in it',
    meaning:
      'The response is a JWT, but has no token_introspection, which is where the standard puts the response.',
    certainty: 'possible',
    causes: ['The server follows a draft, or the URL is another endpoint.'],
    fixes: [compareWith('introspection_endpoint')],
    spec: [rfc(9701, '5')],
  }
}

const withoutActive: Explanation = {
  title: 'A response without active',
  meaning:
    'active is what an introspection is for, and the one member that the standard requires. A client has to read a response without it as: not active.',
  certainty: 'possible',
  causes: [
    'The URL is another endpoint, which tells of a token in another way (tokeninfo, check_token, userinfo).',
    'The server does not know the token, and says so by an empty object.',
  ],
  fixes: [compareWith('introspection_endpoint')],
  spec: [rfc(7662, '2.2')],
}

function nonconforming({ answer }: Extract<Introspection, { kind: 'nonconforming' }>): Explanation {
  const { status } = answer.response
  if (status < 400 && answer.members !== null) return withoutActive
  const elsewhere = status === 404 || status === 405
  return {
    title: `${bodyInWords(answer)} instead of an introspection (status ${status})`,
    meaning: 'An introspection response is a JSON object with active, which is true or false.',
    certainty: 'possible',
    causes: [
      'The URL is not that of the introspection endpoint.',
      ...(elsewhere
        ? ['The endpoint is not where pages can reach it: Ory Hydra has it at its admin port alone.']
        : []),
      ...(status >= 500 ? ['The server failed; its log has it.'] : []),
    ],
    fixes: [compareWith('introspection_endpoint')],
    spec: [rfc(7662, '2.2')],
  }
}
