import { rfc } from '../spec.ts'
import { encodingMatters } from './basic-credentials.ts'
import { basicEncodings, type TokenRequestConfig } from './config.ts'
import type { Explanation } from './explanation.ts'
import type { ErrorResponse } from './token-response.ts'

type Row = (config: TokenRequestConfig) => Omit<Explanation, 'title'>

/** Explains an error response by its code, whatever words the server put beside it. @see RFC 6749 section 5.2 */
export function explainError(error: ErrorResponse, status: number, config: TokenRequestConfig): Explanation {
  const code = aliases[error.error] ?? error.error
  const row = Object.hasOwn(rows, code) ? rows[code] : undefined
  const explained = row ? row(config) : unknownCode(error.error)
  const causes = [...causesInWords(error.error_description ?? ''), ...explained.causes]
  const odd = status < 400 ? ` It came with status ${status}, as if it were a success.` : ''
  return {
    title: `The server refused: ${error.error}`,
    ...explained,
    meaning: explained.meaning + odd,
    causes,
  }
}

/** What servers say in error_description under whatever code, where that gives the cause away. */
const telling: readonly (readonly [RegExp, cause: string])[] = [
  [
    /grant[ _]type.{0,40}not (allowed|supported|authorized|permitted)|not.{0,20}(allowed|authorized).{0,20}grant/i,
    'The grant client_credentials is not switched on for this client.',
  ],
  [/scope.{0,20}(missing|required)|missing.{0,20}scope/i, 'This server wants a scope in every request.'],
  [/AADSTS9002326/, 'Entra ID refuses this grant to any request with an Origin header, so to every page.'],
]

function causesInWords(description: string): string[] {
  return telling.filter(([words]) => words.test(description)).map(([, cause]) => cause)
}

/** Codes seen in the wild for registered ones. */
const aliases: Readonly<Record<string, string>> = {
  scope_invalid: 'invalid_scope',
  invalid_credentials: 'invalid_client',
}

const unknownCode = (code: string): Omit<Explanation, 'title'> => ({
  meaning: `${code} is not a code registered for token endpoints; only the server’s own documentation explains it.`,
  causes: [],
  fixes: ['Read the error_description, if there is one, and the server’s log at the time of this request.'],
  spec: [rfc(6749, '5.2')],
})

const rows: Readonly<Record<string, Row>> = {
  invalid_request: ({ scope }) => ({
    meaning: 'The request lacks something this server wants, repeats a parameter, or is malformed for it.',
    causes: [
      ...(scope === ''
        ? ['No scope was sent, and some servers require one (SimpleIdServer: “missing parameter scope”).']
        : []),
      'The server expects the credentials in another place (header or body).',
      'The server requires a parameter of its own, such as audience or resource.',
    ],
    fixes: [
      ...(scope === '' ? ['Enter a scope.'] : []),
      'Choose another client authentication.',
      'Look in the server’s documentation for required parameters.',
    ],
    spec: [rfc(6749, '5.2'), rfc(6749, '4.4.2')],
  }),

  invalid_client: (config) => ({
    meaning: 'The server does not know this client, or did not accept its proof.',
    causes: [...encodingCauses(config), ...clientCauses[config.token_endpoint_auth_method]],
    fixes: [...encodingFixes(config), ...clientFixes[config.token_endpoint_auth_method]],
    spec: [rfc(6749, '5.2'), rfc(6749, '2.3.1')],
  }),

  invalid_grant: () => ({
    meaning:
      'The server rejects the grant itself. In this grant there is no code or assertion that could be wrong.',
    causes: [
      'The server uses this code for an unknown or missing grant_type (SimpleIdServer: “bad grant type”).',
    ],
    fixes: ['Check that the URL is the token endpoint and that the server offers client_credentials at all.'],
    spec: [rfc(6749, '5.2')],
  }),

  unauthorized_client: () => ({
    meaning: 'The client is known and proved itself, but is not allowed this grant.',
    causes: [
      'The grant client_credentials is not switched on for this client (Keycloak: “Service accounts roles”).',
      'The client is registered as public; this grant is for confidential clients only.',
    ],
    fixes: [
      'Allow the grant client_credentials for this client at the server.',
      'Make the client confidential.',
    ],
    spec: [rfc(6749, '5.2'), rfc(6749, '4.4')],
  }),

  unsupported_grant_type: () => ({
    meaning: 'This endpoint does not offer client_credentials.',
    causes: [
      'The grant is switched off for the whole server.',
      'The URL is not the token endpoint of the authorization server you mean.',
      'The server read no grant_type at all: it expects another body format.',
    ],
    fixes: [
      'Compare the URL with token_endpoint in the server’s metadata.',
      'Switch the grant on at the server.',
    ],
    spec: [rfc(6749, '5.2')],
  }),

  invalid_scope: ({ scope }) => ({
    meaning: 'The client is fine; the scope it asked for is not.',
    causes: [
      ...(scope.includes(',') ? ['The scope contains a comma. Scopes are separated by spaces.'] : []),
      ...(/\bopenid\b/.test(scope) ? ['openid asks for a user, and this grant has none.'] : []),
      ...(scope === '' ? ['No scope was sent and the server has no default.'] : []),
      'The client may not have this scope, or the server does not know it (names are case-sensitive).',
    ],
    fixes: [
      scope === ''
        ? 'Enter a scope the client may have.'
        : 'Allow the scope for this client at the server, or ask for less.',
      'Leave the scope empty to see what the server grants by default.',
    ],
    spec: [rfc(6749, '5.2'), rfc(6749, '3.3')],
  }),

  invalid_target: () => ({
    meaning: 'The server does not know the resource the token is meant for.',
    causes: ['The resource is not registered, or the client may not have tokens for it.'],
    fixes: [
      'Compare the resource with what is registered at the server; it is compared character by character.',
    ],
    spec: [rfc(8707, '2')],
  }),

  use_dpop_nonce: () => ({
    meaning: 'The server wants a DPoP proof with a nonce it has just given out.',
    causes: ['The client is registered for DPoP-bound tokens.'],
    fixes: ['Use a client that may have plain Bearer tokens.'],
    spec: [rfc(9449, '8')],
  }),

  invalid_dpop_proof: () => ({
    meaning: 'The server wants a DPoP proof, or could not accept the one it got.',
    causes: ['The client is registered for DPoP-bound tokens.'],
    fixes: ['Use a client that may have plain Bearer tokens.'],
    spec: [rfc(9449, '5')],
  }),

  server_error: () => ({
    meaning: 'The server failed while it worked on the request.',
    causes: ['A fault at the server; its log has it.'],
    fixes: ['Read the server’s log at the time of this request, then try again.'],
    spec: [rfc(6749, '4.1.2.1')],
  }),

  temporarily_unavailable: () => ({
    meaning: 'The server cannot take requests right now.',
    causes: ['It is starting, overloaded or in maintenance.'],
    fixes: ['Wait a moment and try again.'],
    spec: [rfc(6749, '4.1.2.1')],
  }),
}

const wrongPair = 'The client ID or the secret is wrong, or belongs to another realm or tenant.'
const wrongMethod = 'The client is registered for another method; many servers fix one per client.'

const clientCauses = {
  client_secret_basic: [wrongPair, wrongMethod],
  client_secret_post: [wrongPair, wrongMethod, 'The server forbids credentials in the body.'],
  none: ['The server wants a proof; this grant is for clients that have one.', 'The client ID is unknown.'],
} as const

const clientFixes = {
  client_secret_basic: ['Copy the secret again, watching for spaces.', 'Choose client_secret_post.'],
  client_secret_post: ['Copy the secret again, watching for spaces.', 'Choose client_secret_basic.'],
  none: ['Choose client_secret_basic or client_secret_post and enter the secret.'],
} as const

/** Only worth a word where the encodings differ for this very id and secret. */
function encodingCauses(config: TokenRequestConfig): string[] {
  if (!encodingIsACause(config)) return []
  return [
    config.basic_encoding === 'raw'
      ? 'The server form-decodes Basic credentials, as the standard says, and these were not encoded.'
      : 'The server does not form-decode Basic credentials, and for this ID and secret that makes a difference.',
  ]
}

function encodingFixes(config: TokenRequestConfig): string[] {
  if (!encodingIsACause(config)) return []
  const other = config.basic_encoding === 'raw' ? 'form' : 'raw'
  return [`Choose the encoding “${basicEncodings[other]}”, or send the credentials in the body.`]
}

function encodingIsACause(config: TokenRequestConfig): boolean {
  const { token_endpoint_auth_method: method, basic_encoding, client_id, client_secret } = config
  return method === 'client_secret_basic' && encodingMatters(basic_encoding, client_id, client_secret)
}
