import { type ClientMetadata, grantNames } from '../base/server-state.ts'
import { rfc } from '../../spec.ts'
import type { CheckLog, Rule } from '../base/check-log.ts'
import { knownScopes, metadataRules, redirectUris } from './client-metadata-rules.ts'
import { isObject, type JsonObject } from '../base/json-object.ts'
import { type PublicKey, readPublicKey } from '../signatures/public-key.ts'
import { registrationError } from './registration-error.ts'
import { settleAll } from '../base/verdict.ts'
import { show } from '../base/wording.ts'

const publicKeys: Rule = { what: 'jwks holds public keys', spec: rfc(7591, '2') }
const maxKeys = 10

/** Reads what a client sent; what it left out is filled in. Throws an RFC 7591 error. @see RFC 7591 section 2 */
export async function readClientMetadata(sent: JsonObject, checks: CheckLog): Promise<ClientMetadata> {
  settleAll(metadataRules, sent, checks, (rule, found) =>
    registrationError(
      rule === redirectUris ? 'invalid_redirect_uri' : 'invalid_client_metadata',
      rule,
      found,
    ),
  )
  const keys = await readKeys(sent)
  if (typeof keys === 'string') throw registrationError('invalid_client_metadata', publicKeys, keys)
  // A key without a `kid` is known by its thumbprint.
  const jwks = { keys: keys.map(({ jwk, thumbprint }) => ({ ...jwk, kid: jwk.kid ?? thumbprint })) }
  checks.pass(publicKeys, jwks.keys.map(({ kid }) => `kid ${show(kid)}`).join(', '))
  const { client_name, scope } = sent
  return {
    thumbprints: keys.map(({ thumbprint }) => thumbprint),
    members: {
      ...(typeof client_name === 'string' ? { client_name } : {}),
      token_endpoint_auth_method: 'private_key_jwt',
      grant_types: grantNames,
      scope: typeof scope === 'string' ? scope : knownScopes.join(' '),
      dpop_bound_access_tokens: sent['dpop_bound_access_tokens'] === true,
      jwks,
    },
  }
}

/** The public keys in the `jwks` of a registration; a sentence if there are none. @see RFC 7591 section 2 */
export async function readKeys({ jwks, jwks_uri }: JsonObject): Promise<readonly PublicKey[] | string> {
  if (jwks_uri !== undefined) return 'There is a jwks_uri: this server fetches nothing, send the keys in jwks'
  if (jwks === undefined) return 'There is no jwks'
  const sent = isObject(jwks) ? jwks['keys'] : undefined
  if (!Array.isArray(sent) || sent.length === 0) return "jwks must be an object with a list of 'keys'"
  if (sent.length > maxKeys) return `jwks has ${sent.length} keys; ${maxKeys} is the most`
  const keys: PublicKey[] = []
  for (const [index, value] of sent.entries()) {
    const key = await readPublicKey(value)
    if (typeof key === 'string') return `jwks.keys[${index}]: ${key}`
    keys.push(key)
  }
  return keys
}
