import { generateKeyPairSync } from 'node:crypto'
import type { Recognised } from './kind.ts'
import type { PastedConfig } from './proposal.ts'
import { recognise } from './recognise/recognise.ts'

/** What a text is recognised as; fails the test for one that is not. */
export async function recognised(text: string): Promise<Recognised> {
  const found = await recognise(text)
  if (found === null || 'refusal' in found) throw new Error(JSON.stringify(found))
  return found
}

/** The configurations that a text proposes, by their names. */
export async function configs(text: string): Promise<Record<string, PastedConfig>> {
  const { proposals } = await recognised(text)
  return Object.fromEntries(
    proposals.map((one) => [one.name, one.kind === 'connection' ? one.config : {}] as const),
  )
}

/** A key made for a test, as texts have it. */
export function someKey(kid?: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = kid === undefined ? {} : { kid }
  return {
    pem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString().trim(),
    publicPem: publicKey.export({ format: 'pem', type: 'spki' }).toString().trim(),
    jwk: { ...privateKey.export({ format: 'jwk' }), ...name },
    publicJwk: { ...publicKey.export({ format: 'jwk' }), ...name },
  }
}
