import type { Fix } from '../../explanation/explanation.ts'
import { issuerOf } from '../../oauth/config/derived-values.ts'
import { quoted } from '../../text/quoted.ts'
import type { RefusalRecord } from '../../why/refusal/record.ts'
import type { Facts } from '../../why/refusal/facts/facts.ts'

/** The token endpoint as the server names it: IssuerUri changes the issuer alone, and then the two are of two hosts. */
export function endpointOf({ config }: Facts): string {
  const issuer = issuerOf(config).trim().replace(/\/$/, '')
  return issuer === '' ? config.token_endpoint.trim() : `${issuer}/connect/token`
}

/** The reason in a line of the log that says that the definition of a client is invalid. */
const invalidBecause = (pasted: string): string =>
  /Invalid client configuration for client [^\r\n]*?: *([^\r\n]+)/i.exec(pasted)?.[1] ?? ''

function audience(facts: Facts): readonly Fix[] {
  const endpoint = endpointOf(facts)
  const isNamed = facts.config.token_endpoint.trim() === endpoint
  return [
    isNamed
      ? { text: 'aud: token endpoint', change: { assertion: { aud: 'token_endpoint' } } }
      : {
          text: `aud: ${quoted(endpoint)}`,
          change: { assertion: { aud: 'custom', custom_aud: endpoint } },
        },
    `aud has to be the token endpoint by the server’s own issuer, ${quoted(endpoint)}, character by character.`,
  ]
}

/** What to do at IdentityServer4 and at Duende's server, in C#. */
export const identityServerFixes: NonNullable<RefusalRecord['fixes']> = {
  'client-unknown': () => ['Set Enabled = true: the log calls a disabled client unknown too.'],
  'secret-wrong': () => [
    'Store the secret hashed, ClientSecrets = { new Secret("…".Sha256()) }, and send the plain one.',
    'See in Expiration of the secret that it has not expired.',
  ],
  'client-configuration-invalid': ({ pasted }) => {
    const why = invalidBecause(pasted)
    return why === ''
      ? [
          'Look at the definition of the client: a grant without a secret, a lifetime of 0, or an entry of AllowedCorsOrigins that has a path or a slash at its end.',
        ]
      : [`Mend the definition of the client: “${quoted(why)}”`]
  },
  'client-id-too-long': () => ['Give the client an ID of at most 100 characters.'],
  'grant-not-allowed': () => [
    'AllowedGrantTypes = GrantTypes.ClientCredentials, in the definition of the client.',
  ],
  'scope-refused': () => [
    'Add the scope to AllowedScopes of the client, and define it: new ApiScope("…"). The name of an ApiResource is none.',
  ],
  'scope-permission-missing': () => ['Add the scope to AllowedScopes of the client.'],
  'scope-unknown': () => [
    'Define the scope: new ApiScope("…"), enabled. The name of an ApiResource is none.',
  ],
  'scope-too-long': () => ['Ask for a scope of at most 300 characters.'],
  'assertion-not-enabled': () => ['Call AddJwtBearerClientAuthentication() where IdentityServer is set up.'],
  'assertion-audience': audience,
  'assertion-key-unknown': () => [
    'Add the public key to ClientSecrets of the client: new Secret { Type = IdentityServerConstants.SecretTypes.JsonWebKey, Value = "{ … }" }',
  ],
  'introspection-needs-api': () => [
    'Give the ApiResource a secret, ApiSecrets = { new Secret("…".Sha256()) }, and send its name and that secret.',
  ],
  'signing-key-missing': () => [
    'Call AddSigningCredential(…) with a key, or on your own machine AddDeveloperSigningCredential().',
  ],
  'custom-rule': ({ came: { words } }) => [
    `Look for ${words === '' ? 'the rule' : `“${quoted(words.split('\n')[0] ?? '')}”`} in your ICustomTokenRequestValidator: this server describes no refusal of its own.`,
  ],
}
