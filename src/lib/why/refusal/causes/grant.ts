import { authMethodOf } from '../../../oauth/config/auth-methods.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { cause } from '../facts/make.ts'

const id = ({ config: { client_id } }: Facts): string =>
  client_id === '' ? 'the client' : `the client “${quoted(client_id)}”`

const ofApis = ({ endpoint }: Facts): boolean => endpoint === 'introspection'

/** @see RFC 8628 section 3.5 */
const ofDeviceGrant: Readonly<Record<string, string>> = {
  authorization_pending: 'a user has yet to decide',
  slow_down: 'the client asks too often',
  expired_token: 'the device code has expired',
}
/** Whether the client is to prove itself in the TLS handshake. */
export const usesCertificate = ({ config }: Facts): boolean => authMethodOf(config).sends === 'certificate'

/** That the grant is on, that this client may use it, and what else the operator of a server decides. */
export const grant = {
  'grant-not-enabled': cause({
    stage: 'grant-known',
    title: 'The client credentials grant is turned off at this server',
    meaning: 'The server does not support this grant at all, or this URL is not its token endpoint.',
    fixes: [
      'Turn the client credentials grant on at the server.',
      'Compare the URL with token_endpoint in the server’s metadata; grant_types_supported lists the grants.',
    ],
    spec: [rfc(6749, '4.4.2'), rfc(6749, '5.2')],
  }),
  'grant-not-allowed': cause({
    stage: 'grant',
    title: 'The client may not use the client credentials grant',
    meaning: (facts) =>
      `The server knows ${id(facts)}, and it is registered for other grants than client_credentials.`,
    fixes: ['Allow the client the grant client_credentials at the server.'],
    spec: [rfc(6749, '4.4'), rfc(7591, '2')],
  }),
  'endpoint-permission-missing': cause({
    stage: 'enabled',
    title: 'The client may not use this endpoint',
    meaning: (facts) =>
      `The server knows ${id(facts)}, and it has no permission for this endpoint.${ofApis(facts) ? ' Public clients, which prove nothing, mostly may not ask about tokens (Keycloak).' : ''}`,
    fixes: (facts) => [
      'Give the client the permission for this endpoint at the server.',
      ...(ofApis(facts) ? ['Or introspect with the credentials of the API that the token is for.'] : []),
    ],
    spec: [rfc(6749, '5.2')],
  }),
  'parameter-missing': cause({
    stage: 'parameter-present',
    title: 'The request lacks a parameter that this server requires, or repeats one',
    meaning:
      'A server may require more than the standard does, and must refuse a parameter that is there twice.',
    fixes: [
      'Look for the name of the parameter in the words of the server, and add it.',
      'See that no additional parameter repeats one of the form.',
    ],
    spec: [rfc(6749, '3.2'), rfc(6749, '4.4.2')],
  }),
  'service-account-disabled': cause({
    stage: 'user',
    title: 'The user of this service account is disabled',
    meaning:
      'The server keeps a user for each client of this grant. Client and credentials are right, and that user is turned off.',
    fixes: ['Enable the user of the service account at the server: the server names it in its words.'],
    spec: [rfc(6749, '4.4')],
  }),
  'policy-forbids-method': cause({
    stage: 'policy',
    title: 'A policy of the server forbids this client authentication',
    meaning: 'The credentials are right for this client; a policy of the realm allows other methods only.',
    fixes: [
      'Sign with a private key (private_key_jwt) or show a certificate, as the policy demands.',
      'Or take the client out of the policy at the server (client policies, FAPI profile).',
    ],
    spec: [rfc(6749, '2.3')],
  }),
  'certificate-not-shown': cause({
    stage: 'method',
    title: 'No certificate was shown',
    meaning:
      'The client proves itself by a certificate in the TLS handshake, which no script takes part in: a page sends without credentials, and the browser presents no certificate for it.',
    fixes: [
      { text: 'Send it with curl, and add --cert client.pem --key client.key', copy: 'request' },
      {
        text: 'Sign an assertion with a private key (private_key_jwt)',
        change: { token_endpoint_auth_method: 'private_key_jwt' },
      },
    ],
    spec: [rfc(8705, '2')],
    applies: usesCertificate,
    sign: () => ({ found: 'A page cannot show a certificate.', certainty: 'likely' }),
  }),
  'policy-demands-certificate': cause({
    stage: 'policy',
    title: 'A policy of the server demands a client certificate',
    meaning:
      'Tokens of this client have to be bound to a certificate of the TLS handshake, which no page can choose or show.',
    fixes: [
      'Take the client out of the policy at the server, or let the policy accept DPoP in place of the certificate.',
      'Or send the request from a terminal, with a certificate (curl --cert --key).',
    ],
    spec: [rfc(8705, '3.1')],
  }),
  'custom-rule': cause({
    stage: 'policy',
    title: 'A rule of the operator refused the request',
    meaning:
      'Code or a policy of the operator looked at the request after the server’s own checks, and forbids it.',
    fixes: ['Ask the operator of the server, or look in its log for the rule or handler that forbids it.'],
    spec: [rfc(6749, '5.2')],
  }),
  'token-hook-failed': cause({
    stage: 'policy',
    title: 'A hook of the server failed',
    meaning:
      'Client and credentials are right. Before it issues a token, the server calls a program of its operator (a token hook), and that one failed, or is not there.',
    fixes: [
      'Look at the hook: see that it runs, that the server reaches its URL (from a container, localhost is the container itself), and what its log says.',
      'Or take the hook out of the server’s configuration.',
    ],
    spec: [rfc(6749, '5.2'), rfc(9110, '15.6')],
  }),
  'signing-key-missing': cause({
    stage: 'issue',
    title: 'The server has no key to sign tokens with',
    meaning:
      'The request is right. The server cannot make the token, since it has no key for the algorithm that it would sign with.',
    fixes: ['Add a signing key to the server, or let it sign with an algorithm that it has a key for.'],
    spec: [rfc(7517, '5')],
  }),
  'code-of-device-grant': cause({
    stage: 'grant-known',
    title: ({ came: { code } }) => `${quoted(code)} belongs to another grant`,
    meaning: ({ came: { code } }) =>
      `This code belongs to the device authorization grant. There it says that ${ofDeviceGrant[code] ?? 'the user has to act'}. Client credentials have no device and nobody to wait for, so the server means something of its own by it.`,
    fixes: [
      'Look at grant_type in the request: it has to be client_credentials.',
      'Wait a moment and try again: the server may limit how often a client asks.',
      'Read the server’s log at the time of this request.',
    ],
    spec: [rfc(8628, '3.5'), rfc(6749, '5.2')],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
