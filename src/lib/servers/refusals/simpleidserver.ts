import type { Fix } from '../../explanation/explanation.ts'
import type { RefusalRecord } from '../../why/refusal/record.ts'
import type { Facts } from '../../why/refusal/facts/facts.ts'
import { pathFault } from './simpleidserver-paths.ts'
import { isJsonScalar, simpleIdServerRows } from './simpleidserver-rows.ts'

/** The same request at the path that this server has. */
const moved = (facts: Facts): readonly Fix[] => {
  const { to } = pathFault(facts)
  return [{ text: `Use ${to}`, moveTo: to }]
}

/** Of parameters that the user added: a number as value stops this server. */
const numbers = ({ config: { parameters } }: Facts): readonly Fix[] =>
  parameters
    .filter(({ on, value }) => on && isJsonScalar(value))
    .map(
      ({ name, value }) =>
        `Leave out the parameter ${name}: this server reads its value ${value} as JSON, and fails.`,
    )

/** What SimpleIdServer says when it refuses. */
export const simpleIdServer: RefusalRecord = {
  name: 'SimpleIdServer',
  rows: simpleIdServerRows,
  order: [
    // "no scope and wrong secret: which comes first"
    ['parameter-present', 'secret'],
    // "client without the grant, wrong secret"
    ['secret', 'grant'],
    // "DPoP proof and wrong secret"
    ['secret', 'binding'],
    // "all-digits secret, wrong, body": the wrong one is refused, the right one fails
    ['secret', 'issue'],
  ],
  fixes: {
    'realm-missing': moved,
    'realm-unknown': moved,
    'realm-not-used': moved,
    'path-unknown': moved,
    'metadata-elsewhere': moved,
    'scope-refused': () => [
      'Administration, Clients, the client, Client scopes: add the scope. In code: .AddScope(scope) of ClientBuilder.',
    ],
    'client-unknown': ({ sent: { url } }) => [
      `Administration, Clients: see that the client is in the realm of this URL (${url.pathname}), written with the same capitals.`,
    ],
    'grant-not-allowed': () => [
      'Administration: make a client of the kind Machine, or add client_credentials to the grant types of this one. In code: ClientBuilder.BuildApiClient.',
    ],
    'secret-wrong': () => [
      'Administration, Clients, the client: set the secret anew. An expired secret is refused with the same words.',
    ],
    'method-other': ({ endpoint }) =>
      endpoint === 'revocation'
        ? [
            'Register the client for client_secret_post: one of client_secret_basic cannot revoke at this server.',
          ]
        : [],
    'no-credentials': () => [
      {
        text: 'Send the secret in the body (client_secret_post), as a Machine of this server does',
        change: { token_endpoint_auth_method: 'client_secret_post' },
      },
    ],
    'secret-decoded-twice': ({ config: { client_secret } }) => [
      {
        text: 'Percent-encode the secret once more: this server decodes the body twice',
        change: { client_secret: encodeURIComponent(client_secret) },
      },
    ],
    'secret-with-colon': () => [
      'Register the client for client_secret_post, or give it another secret: no Basic header can carry this one to this server.',
    ],
    'resource-unknown': () => [
      'Enter the name of the API resource, as the administration shows it: this server does not compare its audience.',
    ],
    'assertion-audience': () => [
      'Send the issuer with its realm as aud: the scheme, the host and the realm, as in the metadata.',
    ],
    'registration-needs-token': () => [
      'Get a token with the scope register at this server, and send it as the initial access token.',
    ],
    'nonce-unreadable': () => [
      'Add .WithExposedHeaders("DPoP-Nonce", "WWW-Authenticate") to the CORS policy in Program.cs.',
    ],
    'cors-off': () => [
      'In Program.cs: builder.Services.AddCors with WithOrigins, and app.UseCors() before app.UseSid(). A host from dotnet new idserver has it.',
    ],
    exception: numbers,
  },
  meanings: {
    'scope-not-sent':
      'At this server, the parameter scope is mandatory. It is checked before ID and secret, so nothing is known of these.',
    'assertion-key-unknown':
      'The server finds the public key of the client by the kid in the assertion alone, and the client has none with this kid.',
    'proof-header-name':
      'The proof was sent. This server looks for the header DPoP to the letter, and HTTP/2, which Kestrel speaks over https as it comes, writes every name in lower case.',
    'secret-wrong':
      'The words say that the server knows the client. The secret is wrong or expired, or it is in another place than the one that the client is registered for: the server says the same of all three.',
    'scope-refused':
      'ID and secret were right. Either the server has no such scope in this realm, or the client may not have it: the server says the same of both. Capitals count.',
    'grant-not-allowed':
      'ID and secret were right, although the code is invalid_client: only the grant client_credentials is missing.',
  },
  rejects: ({ token_endpoint_auth_method: method, basic_encoding: encoding, scope }, { endpoint, config }) =>
    // It is mandatory.
    scope === '' ||
    // Revocation does not read the header.
    (method === 'client_secret_basic' && endpoint === 'revocation') ||
    // The header is never decoded, and split at each colon.
    encoding === 'form' ||
    ((method === 'client_secret_basic' || encoding === 'raw') && config.client_secret.includes(':')),
}
