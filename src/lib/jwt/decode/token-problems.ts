import { asString, member, type JsonValue } from '../../json/value.ts'

/** The parts of a JWE after its protected header, in order (RFC 7516 section 3.1). */
export const jwePartNames = [
  'JWE Encrypted Key',
  'JWE Initialization Vector',
  'JWE Ciphertext',
  'JWE Authentication Tag',
] as const

/** What matters to the rules of a JWS besides the header. */
export interface JwsShape {
  readonly parts: number
  readonly signed: boolean
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
    ({ parts, disclosed }) => parts === 2 && !disclosed,
    'It has two parts; a JWS has three, even if the third is empty (RFC 7519 section 6.1). Most libraries refuse it.',
  ],
  [({ parts }) => parts > 3, 'It has more than three parts; a JWS has exactly three.'],
  [
    ({ header, alg }) => header?.kind === 'object' && alg === undefined,
    'Its header has no "alg", which RFC 7515 requires.',
  ],
  [({ alg }) => alg !== undefined && alg.kind !== 'string', 'The "alg" in its header is not a string.'],
  [
    (jws) => isNone(jws) && asString(jws.alg) !== 'none',
    '"alg" is case-sensitive: only "none" is registered, other spellings of it are used to trick verifiers.',
  ],
  [(jws) => isNone(jws), '"alg" is "none": it is not signed, and anyone can have written it.'],
  [(jws) => isNone(jws) && jws.signed, '"alg" is "none", yet it has a signature, which must be empty.'],
  [(jws) => !isNone(jws) && !jws.signed, 'It has no signature, though its "alg" asks for one. Was it cut?'],
  [
    ({ disclosed }) => disclosed,
    'It is a selective disclosure JWT (SD-JWT): the disclosures after the first "~" are not shown.',
  ],
]

/** The problems of a JWS as a whole. */
export function jwsProblems(header: JsonValue | null, shape: JwsShape): string[] {
  const jws = { ...shape, header, alg: member(header, 'alg') }
  return jwsRules.filter(([applies]) => applies(jws)).map(([, problem]) => problem)
}

/** The problems of a JWE as a whole. */
export function jweProblems(header: JsonValue | null, parts: number): string[] {
  const lacks = ['alg', 'enc'].filter((name) => member(header, name) === undefined)
  const problems = lacks.map((name) => `Its header has no "${name}", which RFC 7516 requires.`)
  return parts === 5 ? problems : ['It does not have five parts, as every JWE does.', ...problems]
}
