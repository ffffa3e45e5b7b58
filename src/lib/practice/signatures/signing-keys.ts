import { type SigningAlg, signingAlgs, type SigningKey, type SigningKeys } from '../base/server-state.ts'
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import { rfc } from '../../spec.ts'
import { text } from '../base/response.ts'
import type { Rule } from '../base/check-log.ts'
import { ProtocolError } from '../base/protocol-error.ts'

/** So many rotating keys are published: the newest, and the one before it, whose tokens are still about. */
const published = 2

/** One key pair per algorithm, made when it is first asked for: an RSA key takes its time. */
export function createSigningKeys(): SigningKeys {
  const keys = new Map<SigningAlg, Promise<SigningKey>>()
  let rotating: readonly SigningKey[] = []
  const signingKey = (alg: SigningAlg) => {
    const key = keys.get(alg) ?? makeSigningKey(alg)
    keys.set(alg, key)
    return key.catch(refuseWithoutKeys)
  }
  return {
    signingKey,
    rotate: async (alg) => {
      const key = await makeSigningKey(alg).catch(refuseWithoutKeys)
      const withdrawn = rotating[published - 1]?.publicJwk.kid ?? null
      rotating = [key, ...rotating].slice(0, published)
      return { key, withdrawn }
    },
    publicJwks: async () => {
      const lasting = await Promise.all(signingAlgs.map(signingKey))
      return { keys: [...lasting, ...rotating].map((key) => key.publicJwk) }
    },
  }
}

/** The private half cannot be exported; the `kid` is the JWK thumbprint. @see RFC 7638 section 3 */
async function makeSigningKey(alg: SigningAlg): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg)
  const jwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(jwk)
  return { privateKey, publicJwk: { ...jwk, kid, alg, use: 'sig' } }
}

const hasKeys: Rule = { what: 'The server has a key to sign with', spec: rfc(9068, '2.1') }

/** Outside a secure context (https, localhost, file) there is no WebCrypto, and so no key. */
function refuseWithoutKeys(error: unknown): never {
  const found = `This browser made no key (${String(error)})`
  const sentence = 'No key to sign with: WebCrypto needs a page on https, on localhost or opened as a file.'
  throw new ProtocolError(hasKeys, found, text(503, sentence))
}
