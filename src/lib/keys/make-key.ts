import { membersOf, pick } from './forms/jwk-members.ts'
import type { Key } from './key.ts'
import { thumbprint } from './public-key.ts'

/** Completes a key: what can be derived from the public half is, so that it cannot differ. An empty `kid` is none. */
export async function makeKey(
  parts: Omit<Key, 'publicJwk' | 'thumbprint' | 'named'>,
  named = parts.kid !== '',
): Promise<Key> {
  const exported = await crypto.subtle.exportKey('jwk', parts.publicKey)
  const publicJwk = pick({ ...exported }, membersOf(exported.kty)?.public ?? [])
  const name = await thumbprint(publicJwk)
  return { ...parts, publicJwk, thumbprint: name, kid: parts.kid || name, named }
}
