import { authMethodOf } from '../../../oauth/config/auth-methods.ts'
import { rfc } from '../../../spec.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { cause } from '../facts/make.ts'

/** Whether the client is to prove itself in the TLS handshake. */
export const usesCertificate = ({ config }: Facts): boolean => authMethodOf(config).sends === 'certificate'

/** What no page can do. @see RFC 8705 section 2 */
export const certificate = {
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
} as const satisfies Readonly<Record<string, RefusalCause>>
