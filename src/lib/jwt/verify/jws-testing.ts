import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { expect } from 'vitest'
import { readKeys, type KeySource, type VerificationKey } from './key-source.ts'
import { verify, type Step, type Verification } from './verify.ts'

export const pairs = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  otherRsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  p256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  p384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  p521: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  ed25519: generateKeyPairSync('ed25519'),
}

export const publicJwk = (name: keyof typeof pairs, more: object = {}) => ({
  ...pairs[name].publicKey.export({ format: 'jwk' }),
  ...more,
})

export const base64url = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** A token whose signature Node makes, so that no code of ours is on both sides. */
export function token(header: object, claims: object | string, key: KeyObject | string | Buffer): string {
  const { alg } = header as { alg: string }
  const input = `${base64url(header)}.${base64url(claims)}`
  return `${input}.${signature(alg, input, key).toString('base64url')}`
}

function signature(alg: string, input: string, key: KeyObject | string | Buffer): Buffer {
  const hash = `sha${alg.slice(2)}`
  if (typeof key === 'string' || Buffer.isBuffer(key)) return createHmac(hash, key).update(input).digest()
  const data = Buffer.from(input)
  if (alg === 'EdDSA' || alg === 'Ed25519') return sign(null, data, key)
  // RSA_PKCS1_PSS_PADDING, and the salt as long as the hash
  if (alg.startsWith('PS')) return sign(hash, data, { key, padding: 6, saltLength: -1 })
  return sign(hash, data, { key, dsaEncoding: 'ieee-p1363' })
}

export const setOf = (...keys: readonly object[]): KeySource => readKeys(JSON.stringify({ keys }))

/** The keys of a text that must have some. */
export function keysOf(text: string): readonly VerificationKey[] {
  const source = readKeys(text)
  if (source.kind !== 'set') throw new Error(source.kind === 'unreadable' ? source.message : source.kind)
  return source.keys
}

export const stepOf = ({ steps }: Verification, what: RegExp): Step => {
  const step = steps.find((one) => what.test(one.what))
  if (step === undefined) throw new Error(`No step ${String(what)}`)
  return step
}

export async function expectVerified(text: string, source: KeySource): Promise<Verification> {
  const verification = await verify(text, source)
  expect(verification.verdict, JSON.stringify(verification.steps, null, 1)).toBe('verified')
  return verification
}

/** Milliseconds this process has computed: a busy machine does not count. */
export const cpuMs = (): number => process.cpuUsage().user / 1000
