import { asString, type JsonValue, member } from '../../json/value.ts'
import { rfc } from '../../spec.ts'
import { cutIn } from '../decode/cut.ts'
import type { Decoded } from '../decode/decode.ts'
import type { DecodedPart } from '../decode/decoded-part.ts'
import { whoOpens } from '../decode/who-opens.ts'
import { type Stage, type Step, stepNames } from './step.ts'

/** Characters. A field of an HTTP request holds a thousandth of it. */
const longestToken = 8 * 1024 * 1024

/** A token in three parts that a key can verify. */
export interface Jws {
  readonly token: string
  /** An object. */
  readonly header: JsonValue
  /** `null`: the header names no key. */
  readonly kid: string | null
  /** The certificate that the header names; `null` if it names none. */
  readonly certificate: NamedCertificate | null
  readonly hasPayload: boolean
  readonly signature: Uint8Array<ArrayBuffer>
}

/** A certificate by its thumbprint. @see RFC 7515 sections 4.1.7 and 4.1.8 */
export interface NamedCertificate {
  readonly name: 'x5t' | 'x5t#S256'
  readonly thumbprint: string
}

function certificateOf(header: JsonValue): NamedCertificate | null {
  for (const name of ['x5t#S256', 'x5t'] as const) {
    const thumbprint = asString(member(header, name))
    if (thumbprint !== undefined) return { name, thumbprint }
  }
  return null
}

const what = stepNames.shape
const spec = rfc(7515, '5.2')

/**
 * Whether a token is a JWS in its compact serialization, to the letter: nothing is mended here, because what is signed
 * is the text. A token of another kind is no failure; it has nothing to verify.
 * @see RFC 7515 section 5.2
 */
export function readJws(token: string, decoded: Decoded): Stage<Jws> {
  if (token.length > longestToken)
    return other(`It has ${token.length} characters; up to ${longestToken} are verified.`)
  switch (decoded.kind) {
    case 'opaque':
      return damaged(token, decoded.isWhole)
        ? broken(decoded.why)
        : other(`${decoded.why} There is no signature to verify.`)
    case 'jwe':
      return other(
        `It is encrypted (JWE), and its signature, if it has one, is inside. ${whoOpens(decoded.header.value).sentence}`,
      )
    case 'jws':
      return readParts(token, decoded)
    default:
      return decoded satisfies never
  }
}

/** A token that begins as a JWS does and is none has lost something on the way. */
const damaged = (token: string, isWhole: boolean): boolean =>
  !isWhole && (/^eyJ[^.]*\./.test(token) || cutIn(token) !== null)

function readParts(token: string, decoded: Extract<Decoded, { kind: 'jws' }>): Stage<Jws> {
  const { header, payload, signature, unsecured } = decoded
  const trouble = [
    ...partTrouble('header', header),
    ...textTrouble('payload', payload.text),
    ...textTrouble('signature', signature.text),
    ...(unsecured ? [] : shapeTrouble(token, decoded)),
  ]
  const kid = member(header.value, 'kid')
  if (kid !== undefined && kid.kind !== 'string')
    trouble.push('The kid in its header is not a string, as RFC 7515 section 4.1.4 requires.')
  if (trouble.length > 0 || header.value === null) return broken(trouble.join(' '))
  const value = {
    token,
    header: header.value,
    kid: asString(kid) ?? null,
    certificate: certificateOf(header.value),
    hasPayload: payload.text !== '',
    signature: signature.bytes ?? new Uint8Array(),
  }
  return { ok: true, step: step(oddities(decoded)), value }
}

function partTrouble(name: string, { text, value, json, problems }: DecodedPart): string[] {
  const readable = value?.kind === 'object' && json !== null
  return readable ? textTrouble(name, text) : [`The ${name} cannot be read. ${problems.join(' ')}`]
}

/** "without the inclusion of any line breaks, whitespace, or other additional characters" */
function textTrouble(name: string, text: string): string[] {
  if (/[^\w-]/.test(text)) return [`The ${name} has a character that base64url does not have.`]
  return text.length % 4 === 1 ? [`The ${name} is no whole base64url: was it cut?`] : []
}

function shapeTrouble(
  token: string,
  { problems, signature, broken }: Extract<Decoded, { kind: 'jws' }>,
): string[] {
  const whole = broken === null && signature.text !== '' && !token.includes('~')
  // A missing alg is a matter of the next step.
  return whole ? [] : problems.filter((problem) => !problem.includes('"alg" in its header'))
}

/** What strict readers refuse, and others do not. */
function oddities({ header, signature }: Extract<Decoded, { kind: 'jws' }>): string[] {
  const repeated = header.value?.kind === 'object' && header.value.members.some(({ duplicate }) => duplicate)
  return [
    ...(repeated
      ? ['A name appears twice in the header: a reader may use either, and should refuse it (section 4).']
      : []),
    ...(signature.problems.length > 0
      ? ['The last character of the signature has bits set that belong to no byte: strict readers refuse it.']
      : []),
  ]
}

function step(odd: readonly string[]): Step {
  const found = ['Header, payload and signature, in base64url.', ...odd].join(' ')
  return { what, result: odd.length > 0 ? 'warn' : 'pass', found, spec }
}

const other = (found: string): Stage<never> => ({
  ok: false,
  verdict: 'unchecked',
  step: { what, result: 'skipped', found, spec },
})

const broken = (found: string): Stage<never> => ({
  ok: false,
  verdict: 'failed',
  step: { what, result: 'fail', found, spec },
})
