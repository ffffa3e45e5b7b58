import { encodeBase64url } from '../encoding/base64.ts'
import { decodeBase64url } from '../encoding/base64url.ts'
import { toBytes } from './forms/other-writing.ts'
import { rsaPrimes } from './forms/rsa-primes.ts'
import { type Refusal, refused } from './key-material.ts'
import { commands } from './not-a-key.ts'

type Members = Readonly<Record<string, string>>

const derived = ['p', 'q', 'dp', 'dq', 'qi'] as const

/**
 * An RSA key with its primes and what follows from them. WebCrypto imports none without (a DataError in Chromium, Firefox
 * and Node), although JWK lets them be left out, so what is missing is computed.
 * @see RFC 7518 section 6.3.2
 */
export function withPrimes(
  key: Members,
): { readonly key: Members; readonly notes: readonly string[] } | Refusal {
  const missing = derived.filter((name) => (key[name] ?? '') === '')
  const [n, e, d, p, q] = ['n', 'e', 'd', 'p', 'q'].map((name) => numberOf(key[name] ?? ''))
  if (missing.length === 0 || !n || !e || !d) return { key, notes: [] }
  const primes = rsaPrimes(n, e, d, p && q ? { p, q } : null)
  if (primes === null) return notComputed(missing)
  const computed = missing.map((name) => [name, encodeBase64url(toBytes(primes[name]))] as const)
  // A prime alone may be either of the two; the rest has to follow the same order.
  const all = missing.includes('p') || missing.includes('q')
  const values = all
    ? derived.map((name) => [name, encodeBase64url(toBytes(primes[name]))] as const)
    : computed
  return {
    key: { ...key, ...Object.fromEntries(values) },
    notes: [
      `The JWK has no ${missing.join(', ')}, without which no browser imports an RSA key; this page computed what is missing.`,
    ],
  }
}

function notComputed(missing: readonly string[]): Refusal {
  return refused(
    `The JWK has no ${missing.join(', ')}, which browsers need, and they do not follow from its n, e and d: these do not belong together, or have more than 8192 bits. Paste the key as PEM, which has them all.`,
    commands.toPkcs8,
  )
}

function numberOf(text: string): bigint | null {
  const { bytes } = decodeBase64url(text)
  if (bytes === null || bytes.length === 0 || bytes.length > 2048) return null
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return BigInt(`0x${hex}`)
}
