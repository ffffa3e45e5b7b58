import { membersOf } from '../../keys/forms/jwk-members.ts'
import { parameterTrouble } from '../../keys/forms/jwk-parameters.ts'
import { fitOfRsa } from '../../keys/key-kinds.ts'
import { quoted } from '../../text/quoted.ts'
import { decodeBase64url } from '../../encoding/base64url.ts'
import type { SignatureAlg } from './signature-alg.ts'
import type { VerificationKey } from './verification-key.ts'

/** An empty list of operations names none, and so rules none out. @see RFC 7517 section 4.3 */
export const saysNoOperation = ({ key_ops }: VerificationKey): boolean => key_ops?.length === 0

/** Why a key cannot have made a signature of this algorithm, to follow its name; `null`: it can. */
export function whyUnfit(key: VerificationKey, alg: SignatureAlg): string | null {
  const { use, key_ops, jwk } = key
  if (use === 'enc') return 'is for encryption (use: enc)'
  if (use !== null && use !== 'sig') return `is not for signatures (use: ${quoted(use)})`
  if (key_ops !== null && !saysNoOperation(key) && !key_ops.includes('verify'))
    return `is not for verifying (key_ops: ${quoted(key_ops.join(', '))})`
  const has = shapeOf(key)
  const needs = shapeOf({ kty: alg.kty, jwk: { crv: alg.crv ?? '' } })
  if (has !== needs) return `is ${has}, and ${alg.name} needs ${needs}`
  if (key.alg !== null && !sameAlg(key.alg, alg.name))
    return `is for ${quoted(key.alg)} (its alg), and the token says ${alg.name}`
  if (alg.kty === 'AKP' && key.alg === null) return 'does not say which algorithm it is for (alg)'
  const names = alg.kty === 'oct' ? ['k'] : (membersOf(alg.kty)?.public ?? [])
  const missing = names.filter((name) => (jwk[name] ?? '') === '')
  if (missing.length > 0) return `is incomplete: it has no ${missing.join(' and no ')}`
  const trouble = alg.kty === 'oct' ? null : parameterTrouble(jwk)
  if (trouble !== null) return trouble
  const fit = alg.kty === 'RSA' ? fitOfRsa(decodeBase64url(jwk['n'] ?? '').bytes ?? new Uint8Array()) : null
  return fit?.ok === false ? `cannot be used. ${fit.message.replace(/\. Use another key\.$/, '')}` : null
}

/** Two names of one algorithm. @see RFC 9864 section 2.2 */
function sameAlg(one: string, other: string): boolean {
  const edwards = ['EdDSA', 'Ed25519']
  return one === other || (edwards.includes(one) && edwards.includes(other))
}

const shapes: Readonly<Record<string, string>> = {
  oct: 'a shared secret',
  RSA: 'an RSA key',
  AKP: 'an ML-DSA key (AKP)',
}

function shapeOf({ kty, jwk }: Pick<VerificationKey, 'kty' | 'jwk'>): string {
  if (kty === 'EC' || kty === 'OKP') return `a key on ${quoted(jwk['crv'] ?? 'no curve')} (${kty})`
  return Object.hasOwn(shapes, kty) ? (shapes[kty] ?? '') : `a key of kty “${quoted(kty)}”`
}
