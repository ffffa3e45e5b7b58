import type { Fix } from '../../explanation/explanation.ts'
import { relativeTime } from '../../jwt/decode/numeric-date.ts'
import { asNumber, asString, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { type RefusedCall, wordsOf } from './refused-call.ts'
import { type Look, newToken } from './suspect.ts'
import { listClaim } from '../response/token-facts.ts'

const expired: Look = (refused) => {
  const { claims, now } = refused.token
  const exp = asNumber(member(claims, 'exp'))
  const told = /expire|lifetime|IDX10223/i.test(wordsOf(refused))
  const over = exp !== undefined && exp * 1000 <= now
  if (!told && !over) return null
  const when = exp === undefined ? '' : over ? `: ${relativeTime(exp, now)}, by this machine’s clock` : ''
  const early = exp !== undefined && !over ? ', though not by this machine’s clock: the clocks differ' : ''
  return {
    weight: told ? 'told' : 'seen',
    cause: `The token has expired${when}${early}.`,
    fixes: [newToken],
    spec: rfc(7519, '4.1.4'),
  }
}

const notYet: Look = (refused) => {
  const { claims, now } = refused.token
  const nbf = asNumber(member(claims, 'nbf')) ?? asNumber(member(claims, 'iat'))
  const told = /not yet valid|not valid before|IDX10222/i.test(wordsOf(refused))
  const ahead = nbf !== undefined && nbf * 1000 > now + 1000
  if (!told && !ahead) return null
  const when = ahead ? `: it begins ${relativeTime(nbf, now)}, by this machine’s clock` : ''
  return {
    weight: told ? 'told' : 'seen',
    cause: `The token is not valid yet${when}. The clocks of the two servers differ.`,
    fixes: [
      'Wait some seconds, and call again.',
      'Compare the clocks of the authorization server and the API.',
    ],
    spec: rfc(7519, '4.1.5'),
  }
}

/** That the token is not of this time. @see RFC 7519 sections 4.1.4 and 4.1.5 */
export const timeLooks: readonly Look[] = [expired, notYet]

const audience: Look = (refused) => {
  const { token, call, known } = refused
  const aud = listClaim(token.claims, 'aud')
  const told = /audience|IDX10214|\baud\b/i.test(wordsOf(refused))
  if (token.claims === null && !told) return null
  const { origin } = new URL(call.url)
  const own = known.audience ?? origin
  if (aud?.some((one) => one.startsWith(own)) === true && !told) return null
  const named = aud === null ? 'it names none' : `it names ${quoted(aud.join(', '))}`
  return {
    weight: told ? 'told' : 'open',
    cause: `The token is not meant for this API: its aud must name the API as that calls itself, and ${named}.`,
    fixes: ['Compare aud with the audience the API is set up with.', ...askForAudience(refused, origin)],
    spec: rfc(7519, '4.1.3'),
  }
}

/** Which API a token is for follows from the resource asked for, or from the scope. @see RFC 8707 section 2 */
function askForAudience({ known: { scope }, config }: RefusedCall, origin: string): Fix[] {
  if (scope !== null) {
    return config.scope === scope ? [] : [{ text: `Ask for the scope ${scope}`, change: { scope } }]
  }
  if (config.resource.length > 0) return []
  return [{ text: `Ask for a token with the resource ${origin}`, change: { resource: [origin] } }]
}

const issuer: Look = (refused) => {
  const iss = asString(member(refused.token.claims, 'iss'))
  const told = /issuer|IDX10205|\biss\b/i.test(wordsOf(refused))
  if (!told && iss === undefined) return null
  return {
    weight: told ? 'told' : 'open',
    cause: `The API trusts another issuer than the token’s${iss === undefined ? '' : `, ${quoted(iss)}`}; they are compared character by character.`,
    fixes: [
      'Compare iss with the issuer (authority) the API is set up with: scheme, host and trailing slash too.',
    ],
    spec: rfc(7519, '4.1.1'),
  }
}

const signature: Look = (refused) => {
  const told = /signature|signing key|IDX1050\d|IDX1051\d|\bkid\b|\bjwks?\b/i.test(wordsOf(refused))
  if (!told && refused.token.claims === null) return null
  return {
    weight: told ? 'told' : 'open',
    cause: 'The API cannot verify the signature: it has other keys than the issuer’s, or old ones.',
    fixes: ['Check that the API reads the keys at the jwks_uri of the token’s issuer, and can reach it.'],
    spec: rfc(7515, '5.2'),
  }
}

const revoked: Look = (refused) => {
  const told = /revoked|inactive|not active|unknown token/i.test(wordsOf(refused))
  if (!told && refused.token.claims !== null) return null
  return {
    weight: told ? 'told' : 'open',
    cause: told
      ? 'The authorization server told the API that the token is not active: revoked, or not one of its own.'
      : 'The API cannot read this token, and must ask the authorization server about it: it may be revoked, unknown there, or the API does not ask.',
    fixes: ['Introspect the token, to see what the authorization server says.', newToken],
    spec: rfc(7662, '2.2'),
  }
}

/** That the API does not recognise the token as its own. @see RFC 9068 section 4 */
export const trustLooks: readonly Look[] = [audience, issuer, signature, revoked]
