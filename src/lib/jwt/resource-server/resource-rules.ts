import { asNumber, asString, type JsonValue, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import type { Decoded } from '../decode/decode.ts'
import { audienceOf, list, show, stringsOf } from '../decode/claim-values.ts'
import { unitOf } from '../decode/moments.ts'
import { relativeTime } from '../decode/numeric-date.ts'
import { almost } from '../lint/audience.ts'
import { difference } from '../lint/differences.ts'
import { pass, skipped, warn } from '../../check.ts'
import { invalid, type Outcome, type ResourceRule } from './presented.ts'
import { isAllowed } from './scope.ts'

const isPresent: ResourceRule = {
  what: 'The request brings a token',
  spec: rfc(6750, '3.1'),
  look({ token, requirements: { scheme } }) {
    return token === ''
      ? { result: 'fail', found: 'There is none.', refusal: 'none', description: '' }
      : pass(`Authorization: ${scheme}, and ${token.length} characters.`)
  },
}

const isWellFormed: ResourceRule = {
  what: 'The Authorization field is well-formed',
  spec: rfc(6750, '2.1'),
  look: ({ token }) =>
    /^[\w.~+/-]+=*$/.test(token)
      ? pass('The token has only characters that it may have there.')
      : {
          result: 'fail',
          found: 'It has a character that a token may not have there, such as a space or a line break.',
          refusal: 'invalid_request',
          description: 'The Authorization field is malformed',
        },
}

const isJwt: ResourceRule = {
  what: 'It is a JWT access token',
  spec: rfc(9068, '4'),
  look({ decoded, claims }) {
    if (decoded.kind === 'opaque')
      return invalid(
        decoded.isWhole
          ? `${decoded.why} An API that accepts such tokens asks the server what they mean (introspection).`
          : decoded.why,
        'The access token is not a JWT',
      )
    if (decoded.kind === 'jwe')
      return invalid(
        'It is encrypted, and no key to open it is at hand.',
        'The access token cannot be decrypted',
      )
    const why = unreadable(decoded, claims)
    if (why !== null) return invalid(why, 'The access token is malformed')
    return typeOf(member(decoded.header.value, 'typ'))
  },
}

function unreadable(
  { header, payload, nested, broken }: Extract<Decoded, { kind: 'jws' }>,
  claims: JsonValue | null,
): string | null {
  if (broken !== null) return broken
  if (nested !== null)
    return 'Its payload is a token of its own, which has the claims: few APIs open one inside another.'
  if (header.value?.kind === 'object' && claims !== null) return null
  const part = header.value?.kind === 'object' ? payload : header
  return `Header or claims cannot be read. ${part.problems.join(' ')}`.trim()
}

/** "The resource server MUST verify that the typ header value is at+jwt or application/at+jwt"; most do not. */
function typeOf(typ: JsonValue | undefined): Outcome {
  const text = asString(typ) ?? ''
  if (/^(?:application\/)?at\+jwt$/i.test(text)) return pass(`typ is “${quoted(text)}”.`)
  if (typ === undefined || /^(?:application\/)?jwt$/i.test(text)) {
    const has = typ === undefined ? 'It has no typ.' : `typ is “${quoted(text)}”.`
    return warn(
      `${has} An API that keeps to RFC 9068 refuses it here; most accept it, because many servers send it.`,
    )
  }
  return invalid(`typ is ${show(typ)}: that is no access token.`, 'The JWT is not an access token')
}

const isSigned: ResourceRule = {
  what: 'A key of the issuer signed it',
  spec: rfc(9068, '4'),
  look({ decoded, verification }) {
    if (decoded.kind === 'jws' && decoded.unsecured)
      return invalid('alg is none: anyone can have written it.', 'The access token is not signed')
    const failed = verification?.steps.find(({ result }) => result === 'fail')
    const end = verification?.steps.find(({ result }) => result !== 'pass')
    switch (verification?.verdict) {
      case undefined:
        return skipped('It was not verified here. What follows assumes that it is good.')
      case 'verified':
        return pass(verification.steps.at(-1)?.found ?? 'It verifies.')
      case 'failed':
        return invalid(failed?.found ?? 'It does not verify.', 'The signature is not valid')
      case 'unchecked':
        return skipped(
          `It could not be verified here: ${end?.found ?? ''} What follows assumes that it is good; an API must not.`,
        )
    }
  },
}

const isFromIssuer: ResourceRule = {
  what: 'The issuer is the one it trusts',
  spec: rfc(9068, '4'),
  look({ claims, requirements: { issuer } }) {
    const iss = member(claims, 'iss')
    if (issuer === '') return skipped('No issuer is demanded.')
    const found = iss === undefined ? 'It has no iss' : `iss is ${show(iss)}`
    const text = asString(iss)
    if (text === issuer) return pass(`${found}.`)
    const how =
      text === undefined ? (iss === undefined ? '' : ' It must be a string.') : ` ${difference(issuer, text)}`
    return invalid(`${found}, and “${quoted(issuer)}” is trusted.${how}`, 'The issuer is not trusted')
  },
}

const isForAudience: ResourceRule = {
  what: 'It is the audience',
  spec: rfc(7519, '4.1.3'),
  look({ claims, requirements: { audience } }) {
    const names = audienceOf(claims)
    if (audience === '') return skipped('No audience is demanded.')
    const aud = member(claims, 'aud')
    if (aud !== undefined && stringsOf(aud) === null)
      return invalid(
        `aud is ${show(aud)}, and neither a string nor an array of strings.`,
        'The audience is another',
      )
    const found = names.length === 0 ? 'It names no audience' : `aud is ${list(names)}`
    return names.includes(audience)
      ? pass(`${found}.`)
      : invalid(
          `${found}, and this API is “${quoted(audience)}”.${almost(audience, names)}`,
          'The audience is another',
        )
  },
}

const isInTime: ResourceRule = {
  what: 'It is good now',
  spec: rfc(7519, '4.1.4'),
  look({ claims, now, tolerance }) {
    const [exp, nbf] = [member(claims, 'exp'), member(claims, 'nbf')]
    const end = asNumber(exp)
    if (end === undefined) {
      return exp === undefined
        ? invalid('It has no exp, which is required.', 'The expiration time is missing')
        : invalid(`exp is ${show(exp)}, and must be a number.`, 'The expiration time is missing')
    }
    const leeway = tolerance > 0 ? ` Leeway for clocks: ${tolerance} s.` : ''
    const expires = `exp is ${relativeTime(end, now * 1000)}.${leeway}`
    if (end + tolerance <= now) return invalid(expires, 'The access token expired')
    const unit = unitOf(end)
    if (unit !== null)
      return warn(
        `exp is in ${unit.name}, as it seems: read as seconds, it is thousands of years ahead. Some APIs accept that, others fail at such a date.`,
      )
    if (nbf === undefined) return pass(expires)
    const start = asNumber(nbf)
    if (start === undefined)
      return invalid(`nbf is ${show(nbf)}, and not a number.`, 'The access token is malformed')
    return start - tolerance > now
      ? invalid(`nbf is ${relativeTime(start, now * 1000)}.${leeway}`, 'The access token is not valid yet')
      : pass(expires)
  },
}

const isBound: ResourceRule = {
  what: 'The scheme fits how it is bound',
  spec: rfc(9449, '7.2'),
  look({ claims, requirements: { scheme } }) {
    const cnf = member(claims, 'cnf')
    const jkt = asString(member(cnf, 'jkt'))
    if (scheme === 'DPoP') {
      return jkt === undefined
        ? invalid(
            'It has no cnf.jkt: it is bound to no key, and no proof fits it.',
            'The access token is not bound to a key',
          )
        : warn(
            `cnf.jkt is “${quoted(jkt)}”. Every request also needs a proof of that key, which is not looked at here.`,
          )
    }
    if (jkt !== undefined)
      return invalid(
        'It is bound to a key (cnf.jkt), and no bearer token.',
        'The access token is bound to a key',
      )
    return member(cnf, 'x5t#S256') === undefined
      ? pass('It is bound to no key.')
      : warn(
          'It is bound to a client certificate: the connection must be made with that, which is not seen here.',
        )
  },
}

/** What an API checks, in this order; the first that fails decides the response. @see RFC 9068 section 4, RFC 6750 section 3.1 */
export const resourceRules: readonly ResourceRule[] = [
  isPresent,
  isWellFormed,
  isJwt,
  isSigned,
  isFromIssuer,
  isForAudience,
  isInTime,
  isBound,
  isAllowed,
]
