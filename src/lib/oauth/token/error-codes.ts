import { rfc } from '../../spec.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import type { Explanation } from '../../explanation/explanation.ts'
import { bindToKey, invalidDpopProof, useDpopNonce } from '../dpop/dpop-refused.ts'
import { invalidClient } from '../client-auth/invalid-client.ts'
import type { Answer } from '../response/read-response.ts'

type Explain = (config: TokenRequestConfig, answer: Answer) => Omit<Explanation, 'title' | 'certainty'>

/** One error code of a token endpoint. */
export interface ErrorCode {
  /**
   * `specified`: by RFC 6749 section 5.2 itself; `registered`: for token endpoints, in IANA’s OAuth Extensions Error
   * Registry; `unregistered`: servers send it all the same.
   */
  readonly registration: 'specified' | 'registered' | 'unregistered'
  /** What it means, in the light of what was sent. */
  readonly explain: Explain
}

const specified = (explain: Explain): ErrorCode => ({ registration: 'specified', explain })
const registered = (explain: Explain): ErrorCode => ({ registration: 'registered', explain })
const unregistered = (explain: Explain): ErrorCode => ({ registration: 'unregistered', explain })

/** The row of an error code, `undefined` for one that nobody has registered or met. */
export function findErrorCode(code: string): ErrorCode | undefined {
  return Object.hasOwn(errorCodes, code) ? errorCodes[code] : undefined
}

/** @see RFC 6749 section 5.2 */
const errorCodes: Readonly<Record<string, ErrorCode>> = {
  invalid_request: specified(({ scope }) => ({
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
  })),

  invalid_client: specified(invalidClient),

  invalid_grant: specified(({ dpop }) => ({
    meaning:
      'The server rejects the grant itself. In this grant there is no code or assertion that could be wrong.',
    causes: [
      'The server uses this code for an unknown or missing grant_type (SimpleIdServer: “bad grant type”).',
      dpop.on
        ? 'The DPoP proof was used before, and the server says so by this code (oidc-provider).'
        : 'The client may have tokens bound to a key only, and no DPoP proof was sent (oidc-provider).',
    ],
    fixes: [
      ...(dpop.on ? [] : [bindToKey]),
      'Check that the URL is the token endpoint and that the server offers client_credentials at all.',
    ],
    spec: [rfc(6749, '5.2'), rfc(9449, '5')],
  })),

  unauthorized_client: specified(() => ({
    meaning: 'The client is known, but may not use this grant.',
    causes: [
      'The grant client_credentials is not switched on for this client (Keycloak: “Service accounts roles”).',
      'The client is registered as public; this grant is for confidential clients only.',
    ],
    fixes: [
      'Allow the grant client_credentials for this client at the server.',
      'Make the client confidential.',
    ],
    spec: [rfc(6749, '5.2'), rfc(6749, '4.4')],
  })),

  unsupported_grant_type: specified(() => ({
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
  })),

  invalid_scope: specified(({ scope }) => ({
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
      ...(scope === ''
        ? []
        : [{ text: 'Leave the scope out, to see what the server grants by default', change: { scope: '' } }]),
    ],
    spec: [rfc(6749, '5.2'), rfc(6749, '3.3')],
  })),

  invalid_target: registered(() => ({
    meaning: 'The server does not know the resource the token is meant for.',
    causes: [
      'The resource is not registered, or the client may not have tokens for it.',
      'The server accepts one resource at a time.',
    ],
    fixes: [
      'Compare the resource with what is registered at the server; it is compared character by character.',
    ],
    spec: [rfc(8707, '2'), rfc(8707, '2.2')],
  })),

  invalid_authorization_details: registered(() => ({
    meaning: 'The server does not accept the authorization_details.',
    causes: [
      'It does not know a type, or not for this client.',
      'A member is unknown, missing or has a value it does not accept for that type.',
      'The value is not a JSON array of objects.',
    ],
    fixes: [
      'Compare each type and its members with what the server documents; authorization_details_types_supported in its metadata names the types.',
    ],
    spec: [rfc(9396, '8'), rfc(9396, '2')],
  })),

  use_dpop_nonce: registered(useDpopNonce),
  invalid_dpop_proof: registered(invalidDpopProof),

  access_denied: registered(() => ({
    meaning: 'The client proved itself, and a rule of the server denies it what it asked for.',
    causes: [
      'The client is not authorized for the API or audience.',
      'A policy, action or consent of the server is in the way.',
    ],
    fixes: [
      'Grant the client access to the API at the server.',
      'Read the server’s log at the time of this request.',
    ],
    spec: [rfc(6749, '4.1.2.1')],
  })),

  server_error: unregistered(() => ({
    meaning: 'The server failed while it worked on the request.',
    causes: ['A fault at the server; its log has it.'],
    fixes: ['Read the server’s log at the time of this request, then try again.'],
    spec: [rfc(6749, '4.1.2.1')],
  })),

  temporarily_unavailable: unregistered(() => ({
    meaning: 'The server cannot accept requests right now.',
    causes: ['It is starting, overloaded or in maintenance.'],
    fixes: ['Wait a moment and try again.'],
    spec: [rfc(6749, '4.1.2.1')],
  })),

  authorization_pending: registered(ofDeviceGrant('a user has yet to decide')),
  slow_down: registered(ofDeviceGrant('the client asks too often')),
  expired_token: registered(ofDeviceGrant('the device code has expired')),
}

/** Codes of a grant in which a client asks again and again while a user decides. @see RFC 8628 section 3.5 */
function ofDeviceGrant(said: string): Explain {
  return () => ({
    meaning: `This code belongs to the device authorization grant, where it says that ${said}. Client credentials have no device and nobody to wait for, so the server means something of its own by it.`,
    causes: [
      'The server read the request as one of another grant.',
      'The server limits how often a client may ask, or has a rule of its own, and borrows the code for it.',
    ],
    fixes: [
      'Look at grant_type in the request: it has to be client_credentials.',
      'Wait a moment and try again.',
      'Read the server’s log at the time of this request.',
    ],
    spec: [rfc(8628, '3.5'), rfc(6749, '5.2')],
  })
}
