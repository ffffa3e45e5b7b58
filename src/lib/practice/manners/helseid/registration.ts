import { rfc } from '../../../spec.ts'
import type { CheckLog, Rule } from '../../base/check-log.ts'
import { json } from '../../base/response.ts'
import { show } from '../../base/wording.ts'
import { readKeys } from '../../clients/client-metadata.ts'
import { readMetadataBody } from '../../clients/registration-endpoint.ts'
import { registrationError } from '../../clients/registration-error.ts'
import { noStore } from '../../base/token-error.ts'
import type { ClientKeys } from './client.ts'
import { clients } from './setup.ts'

const publicKeys: Rule = { what: 'jwks holds public keys', spec: rfc(7591, '2') }
const registered: Rule = { what: 'The key is the one of the samples’ clients', spec: rfc(7591, '3.2.1') }

/**
 * What HelseID has Selvbetjening for: gives the samples’ clients a public key, in place of the one they had. Both share
 * it, as those of the samples do, and the response names the multi-tenant one.
 * @see RFC 7591 section 3
 */
export async function respondToRegistration(
  request: Request,
  checks: CheckLog,
  replace: (keys: ClientKeys) => void,
): Promise<Response> {
  const sent = await readMetadataBody(request, checks)
  const keys = await readKeys(sent)
  if (typeof keys === 'string') throw registrationError('invalid_client_metadata', publicKeys, keys)
  const jwks = { keys: keys.map(({ jwk, thumbprint }) => ({ ...jwk, kid: jwk.kid ?? thumbprint })) }
  checks.pass(publicKeys, jwks.keys.map(({ kid }) => `kid ${show(kid)}`).join(', '))
  replace(jwks)
  const [{ client_id }, second] = clients
  checks.pass(registered, `${client_id} and ${second.client_id}`)
  const { client_name, scope } = sent
  return json(
    201,
    {
      client_id,
      ...(typeof client_name === 'string' ? { client_name } : {}),
      token_endpoint_auth_method: 'private_key_jwt',
      grant_types: ['client_credentials'],
      scope: typeof scope === 'string' ? scope : clients[0].scopes.join(' '),
      dpop_bound_access_tokens: true,
      jwks,
    },
    noStore,
  )
}
