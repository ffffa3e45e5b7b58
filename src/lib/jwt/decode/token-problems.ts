import { asString, member, type JsonValue } from '../../json/value.ts'
import { list } from './claim-values.ts'
import type { DecodedPart } from './decoded-part.ts'

/** The parts of a JWE after its protected header, in order (RFC 7516 section 3.1). */
export const jwePartNames = [
  'JWE Encrypted Key',
  'JWE Initialization Vector',
  'JWE Ciphertext',
  'JWE Authentication Tag',
] as const

/** What matters to the rules of a JWS besides the header. */
export interface JwsShape {
  readonly signed: boolean
  /** Whether all of its three parts are there. */
  readonly isWhole: boolean
  /** Whether the payload is a token of its own. */
  readonly isNested: boolean
  /** A "~" follows, as in an SD-JWT. */
  readonly disclosed: boolean
}

interface Jws extends JwsShape {
  readonly header: JsonValue | null
  readonly alg: JsonValue | undefined
}

const isNone = ({ alg }: Jws) => asString(alg)?.toLowerCase() === 'none'

/** What can be wrong with a JWS beyond its parts: when, and what is said. */
const jwsRules: readonly (readonly [applies: (jws: Jws) => boolean, problem: string])[] = [
  [
    ({ header, alg }) => header?.kind === 'object' && alg === undefined && claimsIn(header).length < 2,
    'Its header has no "alg", which RFC 7515 requires.',
  ],
  [({ alg }) => alg !== undefined && alg.kind !== 'string', 'The "alg" in its header is not a string.'],
  [
    (jws) => isNone(jws) && asString(jws.alg) !== 'none',
    '"alg" is case-sensitive: only "none" is registered, other spellings of it are used to trick verifiers.',
  ],
  [(jws) => isNone(jws), '"alg" is "none": it is not signed, and anyone can have written it.'],
  [(jws) => isNone(jws) && jws.signed, '"alg" is "none", yet it has a signature, which must be empty.'],
  [
    (jws) => !isNone(jws) && !jws.signed && jws.isWhole,
    'It has no signature, though its "alg" asks for one. Was it cut?',
  ],
  [
    ({ isNested, header }) => isNested && member(header, 'cty') === undefined,
    'Its payload is a token of its own, and its header has no "cty": "JWT", which RFC 7519 section 5.2 requires.',
  ],
  [
    ({ disclosed }) => disclosed,
    'It is a selective disclosure JWT (SD-JWT): the disclosures after the first "~" are not shown.',
  ],
]

/** The problems of a JWS as a whole, apart from its number of parts. */
export function jwsProblems(header: JsonValue | null, shape: JwsShape): string[] {
  const jws = { ...shape, header, alg: member(header, 'alg') }
  return jwsRules.filter(([applies]) => applies(jws)).map(([, problem]) => problem)
}

/** Claims that no header has, but for copies of three of them in a JWE. @see RFC 7519 section 5.3 */
const claimNames = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'client_id', 'azp', 'scope', 'scp']

const claimsIn = (header: JsonValue | null): readonly string[] =>
  claimNames.filter((name) => member(header, name) !== undefined)

interface Parts {
  readonly parts: number
  readonly disclosed: boolean
  /** The second part. */
  readonly content: DecodedPart
}

/**
 * Why a token is no JWS in three parts; `null`: it is one.
 * @see RFC 7515 section 7.1, RFC 7519 section 6.1
 */
export function brokenShape(header: JsonValue | null, { parts, disclosed, content }: Parts): string | null {
  const claims = claimsIn(header)
  if (member(header, 'alg') === undefined && claims.length > 1)
    return `Its first part has ${list(claims)}, which are claims: it is a payload, and the header before it is missing.`
  if (parts === 2 && !disclosed) {
    const lacks = content.value?.kind === 'object' ? ' The signature after the payload is missing.' : ''
    return `It has two parts; a JWS has three, even if the third is empty (RFC 7519 section 6.1).${lacks} Most libraries refuse it.`
  }
  if (parts <= 3) return null
  return `It has ${parts < mostCounted ? parts : 'more than six'} parts; a JWS has exactly three, and an encrypted token (JWE) five. A dot too many at its end, or a second token after it?`
}

/** Parts that are counted. */
const mostCounted = 7

/** The problems of a JWE as a whole; `null` parts: it is cut, so that their number says nothing. */
export function jweProblems(header: JsonValue | null, parts: number | null): string[] {
  const lacks = ['alg', 'enc'].filter((name) => member(header, name) === undefined)
  const problems = lacks.map((name) => `Its header has no "${name}", which RFC 7516 requires.`)
  return parts === null || parts === 5
    ? problems
    : ['It does not have five parts, as every JWE does.', ...problems]
}
