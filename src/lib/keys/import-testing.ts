import { generateKeyPairSync, verify, type KeyObject } from 'node:crypto'
import { expect } from 'vitest'
import { importPrivateKey, type ImportOptions } from './import-key.ts'
import type { KeyAlg } from './key.ts'

export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const otherRsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
export const otherP256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
export const ed25519 = generateKeyPairSync('ed25519')

type Type = 'pkcs1' | 'sec1' | 'pkcs8'
export const pem = (key: KeyObject, type: Type = 'pkcs8') => key.export({ type, format: 'pem' }).toString()
export const der = (key: KeyObject, type: Type = 'pkcs8') =>
  key.export({ type, format: 'der' }).toString('base64')
export const jwk = (key: KeyObject) => key.export({ format: 'jwk' })
export const json = (key: KeyObject, more: object = {}) => JSON.stringify({ ...jwk(key), ...more })

export const importing = (text: string, alg: KeyAlg | null = null, options: Partial<ImportOptions> = {}) =>
  importPrivateKey(text, { alg, ...options })

/** Fails with the refusal's words. */
export async function imported(text: string, alg: KeyAlg | null = null) {
  const result = await importing(text, alg)
  if (!result.ok) throw new Error(result.message)
  return result
}

export async function refused(text: string, alg: KeyAlg | null = null) {
  const result = await importing(text, alg)
  if (result.ok) throw new Error(`It was imported: ${result.key.origin}`)
  return result
}

const verifiers = {
  RS256: { padding: 1 },
  PS256: { padding: 6, saltLength: 32 },
  ES256: { dsaEncoding: 'ieee-p1363' },
  Ed25519: {},
} as const
const names = { RS256: 'RSASSA-PKCS1-v1_5', PS256: 'RSA-PSS', ES256: 'ECDSA', Ed25519: 'Ed25519' }

/** That the text gives the pair: its own JWK, and a signature that Node verifies. */
export async function expectPair(text: string, publicKey: KeyObject, alg: keyof typeof names) {
  const result = await imported(text, alg)
  const { key } = result
  expect(key.alg).toBe(alg)
  expect(key.publicJwk).toEqual(jwk(publicKey))
  const data = Buffer.from('data')
  const algorithm = { name: names[alg], hash: 'SHA-256', saltLength: 32 }
  const signed = Buffer.from(await crypto.subtle.sign(algorithm, key.privateKey, data))
  const hash = alg === 'Ed25519' ? null : 'sha256'
  expect(verify(hash, data, { key: publicKey, ...verifiers[alg] }, signed)).toBe(true)
  return result
}

/** The lines of a PEM text. */
export const lines = (text: string) => text.trimEnd().split('\n')
export const rsaPem = pem(rsa.privateKey)

/** A PEM block of any kind. */
export const label = (name: string, body = 'MAA=') =>
  `-----BEGIN ${name}-----\n${body}\n-----END ${name}-----`
