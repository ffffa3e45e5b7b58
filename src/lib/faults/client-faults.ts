import { rfc } from '../spec.ts'
import { setHeader } from './edit-request.ts'
import { always, dummySecret, type Fault, type Setting } from './fault.ts'
import type { AuthMethod } from '../oauth/config/auth-methods.ts'

/** How a token endpoint refuses a client it does not believe. @see RFC 6749 section 5.2 */
const invalidClient = {
  weight: 'must',
  spec: rfc(6749, '5.2'),
  statuses: [400, 401],
  codes: ['invalid_client'],
  accepted: 'never',
} as const

const onlyFor =
  (method: AuthMethod, otherwise: string) =>
  ({ config }: Setting): string | null =>
    config.token_endpoint_auth_method === method ? null : otherwise

/** Nobody has a secret that is the dummy. */
const otherThan = (secret: string): string => (secret === dummySecret ? `${dummySecret}-either` : dummySecret)

const swapped = (text: string): string =>
  text.replace(/\p{L}/gu, (one) => (one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase()))

const wrongSecret = {
  label: 'Wrong secret',
  change: {
    kind: 'config',
    to: (config) => ({ ...config, client_secret: otherThan(config.client_secret) }),
  },
} as const satisfies Partial<Fault>

/** What is wrong with the client and its proof. */
export const clientFaults = {
  'wrong-secret-post': {
    ...wrongSecret,
    unless: onlyFor('client_secret_post', 'The client sends no secret in the body.'),
    altered: ['client_secret'],
    says: 'client_secret is another one.',
    expects: invalidClient,
  },
  'wrong-secret-basic': {
    ...wrongSecret,
    unless: onlyFor('client_secret_basic', 'The client sends no secret. Of an assertion, try another key.'),
    altered: ['authorization'],
    says: 'The secret in the header is another one.',
    expects: { ...invalidClient, statuses: [401] },
  },
  'secret-case': {
    label: 'The secret in another case',
    unless: ({ config: { token_endpoint_auth_method: method, client_secret } }) => {
      if (method !== 'client_secret_basic' && method !== 'client_secret_post')
        return 'The client sends no secret.'
      return swapped(client_secret) === client_secret ? 'The secret has no letters.' : null
    },
    change: {
      kind: 'config',
      to: (config) => ({ ...config, client_secret: swapped(config.client_secret) }),
    },
    altered: ['authorization', 'client_secret'],
    says: 'Small letters of the secret are capitals, and capitals are small.',
    expects: { ...invalidClient, spec: rfc(6749, '1.9') },
  },
  'unknown-client': {
    label: 'Unknown client',
    unless: always,
    change: { kind: 'config', to: (config) => ({ ...config, client_id: 'no-client-of-this-name' }) },
    altered: ['authorization', 'client_id', 'client_assertion'],
    says: 'The client ID is one that no server has.',
    expects: invalidClient,
  },
  'no-credentials': {
    label: 'The client ID alone',
    unless: ({ config }) =>
      ['none', 'tls_client_auth', 'self_signed_tls_client_auth'].includes(config.token_endpoint_auth_method)
        ? 'The request has the client ID alone already.'
        : null,
    change: { kind: 'config', to: (config) => ({ ...config, token_endpoint_auth_method: 'none' }) },
    altered: [],
    says: 'The client names itself, and proves nothing.',
    expects: { ...invalidClient, spec: rfc(6749, '4.4'), codes: ['invalid_client', 'unauthorized_client'] },
  },
  'basic-malformed': {
    label: 'Authorization that cannot be read',
    unless: onlyFor('client_secret_basic', 'The client sends no Authorization header.'),
    change: { kind: 'request', to: (request) => setHeader(request, 'authorization', 'Basic !!!') },
    altered: ['authorization'],
    says: 'What follows Basic is no base64.',
    expects: { ...invalidClient, weight: 'should', spec: rfc(7617, '2'), statuses: '4xx', codes: [] },
  },
} as const satisfies Readonly<Record<string, Fault>>
