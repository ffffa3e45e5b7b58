import type { JsonValue } from '../../json/value.ts'
import { rfc } from '../../spec.ts'
import type { KnownMember } from '../discovery/metadata-members.ts'

const defined = rfc(9728, '2')
const matters = (means: string, spec = defined): KnownMember => ({ means, matters: true, spec })
const other = (means: string, spec = defined): KnownMember => ({ means, matters: false, spec })

/** The members of a resource's metadata that are known by name, those that matter for this grant first. @see RFC 9728 section 2 */
const resourceMembers: Readonly<Record<string, KnownMember>> = {
  resource: matters(
    'Which resource this is about; it goes as resource into the token request.',
    rfc(9728, '1.2'),
  ),
  authorization_servers: matters('The issuers whose tokens the API accepts.'),
  scopes_supported: matters('Scopes to ask for; it need not list them all.'),
  bearer_methods_supported: matters('Where the API accepts a Bearer token: header, body or query.'),
  dpop_bound_access_tokens_required: matters(
    'Whether the API accepts only tokens that are bound to a key (DPoP).',
  ),
  dpop_signing_alg_values_supported: matters('What a DPoP proof for the API may be signed with.'),
  tls_client_certificate_bound_access_tokens: matters(
    'Tokens can be bound to the client’s certificate.',
    rfc(8705, '3.3'),
  ),
  authorization_details_types_supported: matters(
    'The types that authorization_details may have.',
    rfc(9396, '10'),
  ),
  resource_name: other('What the API is called, for people.'),
  resource_documentation: other('For people who read about the API.'),
  resource_policy_uri: other('How the data of the API may be used, for people.'),
  resource_tos_uri: other('The terms of service of the API, for people.'),
  jwks_uri: other('Where the keys of the API itself are. The token is verified with those of its issuer.'),
  resource_signing_alg_values_supported: other('What the API signs its own responses with.'),
  signed_metadata: other('The same as a signed JWT. This page does not use it.', rfc(9728, '2.2')),
}

/** The members of this document that are known by name: a name may have a language at its end. @see RFC 9728 section 2.1 */
export function resourceMembersOf(document: JsonValue): Readonly<Record<string, KnownMember>> {
  const names = document.kind === 'object' ? document.members.map(({ key }) => key) : []
  const inLanguages = names.flatMap((name) => {
    const base = name.replace(/#[\w-]+$/, '')
    const known = base !== name && Object.hasOwn(resourceMembers, base) ? resourceMembers[base] : undefined
    return known ? [[name, known] as const] : []
  })
  return { ...resourceMembers, ...Object.fromEntries(inLanguages) }
}
