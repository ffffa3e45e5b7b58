import { quoted } from '../../text/quoted.ts'
import { whyUnfit } from './key-fit.ts'
import type { SignatureAlg } from './signature-alg.ts'
import type { VerificationKey } from './verification-key.ts'

/** Which keys may have signed a token, or why none of them can have. */
export type Choice =
  | {
      readonly ok: true
      readonly keys: readonly VerificationKey[]
      readonly found: string
      readonly sure: boolean
    }
  | {
      readonly ok: false
      readonly found: string
      /** Keys that would fit, were it not for their name. */
      readonly otherwise: readonly VerificationKey[]
      readonly remedy: 'fetch-again' | 'paste'
    }

/**
 * Chooses by what the token says and what the keys say, never by their order. A key without a name may be the one that
 * is meant; if several fit, all are given.
 * @param kid `null`: the token names no key
 * @see RFC 7515 appendix D, RFC 7517 sections 4.2 to 4.5
 */
export function chooseKeys(alg: SignatureAlg, kid: string | null, keys: readonly VerificationKey[]): Choice {
  if (keys.length === 0)
    return { ok: false, found: 'There is no key in the set.', otherwise: [], remedy: 'fetch-again' }
  const fitting = keys.filter((key) => whyUnfit(key, alg) === null)
  if (kid === null) return chosen(alg, 'The token names no key (no kid).', keys, fitting)
  const isNamed = (key: VerificationKey): boolean => key.kid === kid
  const named = keys.filter(isNamed)
  const opening = `The token names the key “${quoted(kid)}”.`
  if (named.length > 0) return chosen(alg, opening, named, fitting.filter(isNamed))
  const nameless = fitting.filter((key) => key.kid === null)
  if (nameless.length > 0) {
    const found = `${opening} What there is has no kid to compare: ${listKeys(nameless)}.`
    return { ok: true, keys: nameless, found, sure: false }
  }
  const reason = isConfusion(alg, keys) ? ` ${confusion}` : ''
  return {
    ok: false,
    found: `${opening} No key here has that kid; there ${keys.length === 1 ? 'is' : 'are'} ${listKeys(keys)}.${reason}`,
    otherwise: fitting,
    remedy: 'fetch-again',
  }
}

function chosen(
  alg: SignatureAlg,
  opening: string,
  among: readonly VerificationKey[],
  fitting: readonly VerificationKey[],
): Choice {
  const [only] = fitting
  if (only === undefined) {
    const why = among
      .slice(0, mostListed)
      .map((key) => `${upper(nameOf(key))} ${whyUnfit(key, alg) ?? ''}.`)
      .join(' ')
    const left = among.length - mostListed
    const rest = left > 0 ? ` ${left} more do not fit either.` : ''
    const reason = isConfusion(alg, among) ? ` ${confusion}` : ''
    return { ok: false, found: `${opening} ${why}${rest}${reason}`, otherwise: [], remedy: 'paste' }
  }
  const found =
    fitting.length === 1
      ? `${opening} ${upper(describeKey(only))} fits ${alg.name}.`
      : `${opening} ${fitting.length} keys fit ${alg.name}, and each is tried: ${listKeys(fitting)}.`
  return { ok: true, keys: fitting, found, sure: fitting.length === 1 }
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** @see RFC 8725 sections 2.1 and 3.1 */
export const confusion =
  'A public key is no secret: a server that used it as the secret of an HMAC would accept what anyone writes (key confusion).'

function isConfusion(alg: SignatureAlg, keys: readonly VerificationKey[]): boolean {
  return alg.kty === 'oct' && keys.length > 0 && keys.every(({ kty }) => kty !== 'oct')
}

/** How a key is called in a sentence. */
export function nameOf({ kid }: VerificationKey): string {
  return kid === null ? 'the key without kid' : `key “${quoted(kid)}”`
}

/** Its name and what it says of itself. */
function describeKey(key: VerificationKey): string {
  const { kty, jwk, alg, use } = key
  const crv = kty === 'EC' || kty === 'OKP' ? jwk['crv'] : undefined
  const traits = [kty, crv, alg, use].filter((trait) => trait !== null && trait !== undefined)
  return `${nameOf(key)} (${quoted(traits.join(', '))})`
}

/** Keys that are named in one sentence. */
const mostListed = 20

/** The keys by name and kind; of many, the first. */
export function listKeys(keys: readonly VerificationKey[]): string {
  const left = keys.length - mostListed
  return keys.slice(0, mostListed).map(describeKey).join('; ') + (left > 0 ? `; and ${left} more` : '')
}
