import { compactVerify, errors, importJWK } from 'jose'
import { quoted } from '../../text/quoted.ts'

/** A key to try: its parameters as a JWK, or the bytes of a secret. `name` is how it is called in a sentence. */
export interface Candidate {
  readonly name: string
  readonly key: Readonly<Record<string, string>> | Uint8Array<ArrayBuffer>
}

/** What a key made of a token. */
type Trial =
  | { readonly kind: 'verified' | 'refuted' }
  /** The key itself cannot be used, and why. */
  | { readonly kind: 'unusable'; readonly why: string }
  /** This browser does not have the algorithm. */
  | { readonly kind: 'unavailable' }

/** Of all that were tried: the first that verified the token, if one did, and what came of the others. */
export interface Trials {
  readonly verifiedBy: Candidate | null
  readonly tried: number
  /** They did not verify it, though they could be used. */
  readonly refutedBy: readonly Candidate[]
  readonly unusable: readonly string[]
  readonly unavailable: boolean
  /** Not tried, because the token is so long. */
  readonly left: number
}

/** Characters hashed for one token: seconds, for a long one and many keys. */
const mostWork = 64 * 1024 * 1024

/** Tries one key after the other, until one verifies the token. Never rejects. @see RFC 7515 section 5.2 */
export async function tryKeys(token: string, alg: string, candidates: readonly Candidate[]): Promise<Trials> {
  const affordable = Math.max(1, Math.floor(mostWork / Math.max(1, token.length)))
  const refutedBy: Candidate[] = []
  const unusable: string[] = []
  let unavailable = false
  const few = candidates.slice(0, affordable)
  for (const [index, candidate] of few.entries()) {
    const trial = await tryKey(token, alg, candidate)
    if (trial.kind === 'verified') {
      return { verifiedBy: candidate, tried: index + 1, refutedBy, unusable, unavailable, left: 0 }
    }
    if (trial.kind === 'refuted') refutedBy.push(candidate)
    if (trial.kind === 'unusable') unusable.push(`${candidate.name}: ${trial.why}`)
    unavailable ||= trial.kind === 'unavailable'
  }
  const left = candidates.length - few.length
  return { verifiedBy: null, tried: few.length, refutedBy, unusable, unavailable, left }
}

async function tryKey(token: string, alg: string, { key }: Candidate): Promise<Trial> {
  try {
    const imported = key instanceof Uint8Array ? key : await importJWK({ ...key, kty: key['kty'] ?? '' }, alg)
    // WebCrypto refuses a secret of no bytes, which HMAC pads to the same as one zero byte (RFC 2104 section 2).
    const usable = imported instanceof Uint8Array && imported.length === 0 ? new Uint8Array(1) : imported
    await compactVerify(token, usable, { algorithms: [alg] })
    return { kind: 'verified' }
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return { kind: 'refuted' }
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    if (name === 'NotSupportedError') return { kind: 'unavailable' }
    // A DataError, which may come without a word, or a TypeError of the library
    return { kind: 'unusable', why: quoted(message === '' ? name : message) }
  }
}
