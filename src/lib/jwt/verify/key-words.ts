import { quoted } from '../../text/quoted.ts'
import type { VerificationKey } from './verification-key.ts'

/** How a key is called in a sentence. */
export function nameOf({ kid }: VerificationKey): string {
  return kid === null ? 'the key without kid' : `key “${quoted(kid)}”`
}

/** Its name and what it says of itself. */
export function describeKey(key: VerificationKey): string {
  const { kty, jwk, alg, use } = key
  const crv = kty === 'EC' || kty === 'OKP' ? jwk['crv'] : undefined
  const traits = [kty, crv, alg, use].filter((trait) => trait !== null && trait !== undefined)
  return `${nameOf(key)} (${quoted(traits.join(', '))})`
}

/** Keys that are named in one sentence. */
export const mostListed = 20

/** The keys by name and kind; of many, the first. */
export function listKeys(keys: readonly VerificationKey[]): string {
  const left = keys.length - mostListed
  return keys.slice(0, mostListed).map(describeKey).join('; ') + (left > 0 ? `; and ${left} more` : '')
}
