import { asString, member, type JsonValue } from '../../json/value.ts'
import { readBase64Body } from '../../keys/base64-body.ts'
import { hasCapitals } from '../../keys/forms/find-jwks.ts'
import { mendedNote, parameterTrouble, readParameters, registered } from '../../keys/forms/jwk-parameters.ts'
import { membersOf } from '../../keys/forms/jwk-members.ts'
import { looksLikePem, readPem } from '../../encoding/pem.ts'
import { quoted } from '../../text/quoted.ts'
import { readPublicKeyDer } from './der-public-key.ts'

/** How a key names its certificate. @see RFC 7517 sections 4.7 to 4.9 */
interface KeyCertificate {
  /** As the key has them; `null` for none. */
  readonly x5t: string | null
  readonly 'x5t#S256': string | null
  /** The first of x5c; `null` for none. */
  readonly der: Uint8Array<ArrayBuffer> | null
}

/** A key that signatures are verified with, as plain JWK data. @see RFC 7517 section 4 */
export interface VerificationKey {
  /** `null` for none; so are the others. */
  readonly kid: string | null
  readonly kty: string
  readonly alg: string | null
  readonly use: string | null
  readonly key_ops: readonly string[] | null
  readonly certificate: KeyCertificate | null
  /** The parameters of the public key and nothing else; of a shared secret (kty `oct`), the secret. */
  readonly jwk: Readonly<Record<string, string>>
}

/** A key as it was read, and what was seen of it on the way. */
export interface ReadKey {
  readonly key: VerificationKey
  readonly notes: readonly string[]
}

/** Members of private keys. @see RFC 7518 sections 6.2.2 and 6.3.2 */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'priv']

/**
 * Reads the public half of a JWK. A key of an unknown type is kept, without parameters: a token may name it. Never
 * throws.
 * @param jwk an object with a `kty`
 * @param name what a map calls it: its `kid`, if it has none of its own
 * @see RFC 7517 section 4, RFC 7518 section 6, RFC 8037 section 2
 */
export function readVerificationKey(jwk: JsonValue, name: string | null = null): ReadKey {
  const kty = registered(textOf(jwk, 'kty') ?? '')
  const kid = textOf(jwk, 'kid') ?? name
  const ops = member(jwk, 'key_ops')
  const isPrivate = kty !== 'oct' && privateMembers.some((one) => member(jwk, one) !== undefined)
  const listed = ops?.kind === 'array' ? ops.items.flatMap((item) => asString(item) ?? []) : null
  const names = kty === 'oct' ? ['kty', 'k'] : (membersOf(kty)?.public ?? ['kty'])
  const { parameters, mended } = readParameters(jwk, names)
  const certificate = certificateOf(jwk)
  const inside = readCertificate(certificate)
  const isBare = inside?.['kty'] === kty && names.some((one) => (parameters[one] ?? '') === '')
  const key = {
    kid,
    kty,
    alg: textOf(jwk, 'alg'),
    use: textOf(jwk, 'use'),
    // The public half of a key that signs is for verifying.
    key_ops: isPrivate && listed !== null ? listed.map((op) => (op === 'sign' ? 'verify' : op)) : listed,
    certificate,
    jwk: isBare ? inside : parameters,
  }
  const called = kid === null ? 'A key without kid' : `Key “${quoted(kid)}”`
  return {
    key,
    notes: [
      ...(isPrivate
        ? [
            `${called} is a private key. Only its public half is used; if a server publishes it, anyone can sign in its name.`,
          ]
        : []),
      ...mendedNote(`${called}: `, mended),
      ...troubleOf(called, key.jwk),
      ...(isBare
        ? [`${called} has no parameters of its own; they were read from its certificate (x5c).`]
        : []),
      ...(!isBare && inside !== null && differs(inside, parameters)
        ? [`${called}: the certificate in x5c holds another key, which RFC 7517 section 4.7 forbids.`]
        : []),
      ...(hasCapitals(jwk)
        ? [
            `${called} has names in capitals; RFC 7517 has them in lower case, and most libraries read no others.`,
          ]
        : []),
      ...(member(jwk, 'kid') !== undefined && textOf(jwk, 'kid') === null
        ? ['The kid of a key is not a string, and was left out.']
        : []),
    ],
  }
}

/** Nobody verifies with such a key, whatever the token is. */
function troubleOf(called: string, jwk: VerificationKey['jwk']): readonly string[] {
  const missing = (membersOf(jwk['kty'])?.public ?? []).filter((one) => (jwk[one] ?? '') === '')
  if (missing.length > 0) return [`${called} is incomplete: it has no ${missing.join(' and no ')}.`]
  const trouble = parameterTrouble(jwk)
  return trouble === null ? [] : [`${called} ${trouble}.`]
}

const textOf = (jwk: JsonValue, name: string): string | null => asString(member(jwk, name)) ?? null

/** "base64-encoded ... DER PKIX certificate value"; some write PEM, or one text in place of the list. @see RFC 7517 section 4.7 */
function certificateOf(jwk: JsonValue): KeyCertificate | null {
  const chain = member(jwk, 'x5c')
  const first = asString(chain?.kind === 'array' ? chain.items[0] : chain) ?? ''
  const read = readBase64Body(looksLikePem(first) ? (readPem(first)[0]?.base64 ?? '') : first)
  const [x5t, s256] = [textOf(jwk, 'x5t'), textOf(jwk, 'x5t#S256')]
  const der = first !== '' && read.ok ? read.bytes : null
  return x5t === null && s256 === null && der === null ? null : { x5t, 'x5t#S256': s256, der }
}

function readCertificate(certificate: KeyCertificate | null): VerificationKey['jwk'] | null {
  const read = certificate?.der ? readPublicKeyDer(certificate.der) : null
  return read?.ok === true ? read.jwk : null
}

function differs(inside: VerificationKey['jwk'], own: VerificationKey['jwk']): boolean {
  return Object.entries(own).some(([name, value]) => name !== 'alg' && inside[name] !== value)
}
