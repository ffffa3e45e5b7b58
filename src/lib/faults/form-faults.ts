import { rfc } from '../spec.ts'
import { authMethodOf } from '../oauth/config/auth-methods.ts'
import { basicCredentials } from '../oauth/compose/basic-credentials.ts'
import {
  addParameter,
  addToQuery,
  harmless,
  setHeader,
  setParameter,
  withoutParameter,
} from './edit-request.ts'
import { always, dummySecret, type Fault, type Setting } from './fault.ts'

/** How a token endpoint refuses a request that is malformed. @see RFC 6749 section 5.2 */
export const invalidRequest = {
  weight: 'should',
  spec: rfc(6749, '5.2'),
  statuses: [400],
  codes: ['invalid_request'],
  accepted: 'never',
} as const

const readsOtherwise = (where: string) =>
  ({
    accepted: { noted: `The server reads ${where} as well, which no standard asks of it.` },
    noted: {
      invalid_client: `The server reads ${where} as well: it looked at the secret, which is a dummy.`,
    },
  }) as const

const secretSent = ({ config }: Setting): string | null =>
  authMethodOf(config).sends === 'secret' ? null : 'The client sends no secret.'

/** What is wrong with the request itself: method, media type, parameters. */
export const formFaults = {
  'missing-grant-type': {
    label: 'No grant_type',
    unless: always,
    change: { kind: 'request', to: (request) => withoutParameter(request, 'grant_type') },
    altered: [],
    says: 'The body has no grant_type.',
    expects: { ...invalidRequest, weight: 'must' },
  },
  'unknown-grant-type': {
    label: 'Unknown grant_type',
    unless: always,
    change: { kind: 'request', to: (request) => setParameter(request, 'grant_type', 'urn:example:none') },
    altered: ['grant_type'],
    says: 'grant_type names a grant that no server has.',
    expects: {
      ...invalidRequest,
      weight: 'must',
      codes: ['unsupported_grant_type'],
      noted: {
        unauthorized_client: 'The server says that this client may not use it, and not that it has none.',
      },
    },
  },
  'repeated-grant-type': {
    label: 'grant_type sent twice',
    unless: always,
    change: {
      kind: 'request',
      to: (request) => addParameter(request, 'grant_type', 'client_credentials'),
    },
    altered: ['grant_type'],
    says: 'The body has grant_type twice.',
    expects: { ...invalidRequest, spec: rfc(6749, '3.2') },
  },
  'json-body': {
    label: 'JSON instead of a form',
    unless: always,
    change: {
      kind: 'request',
      to: (request, { config }) => ({
        ...setHeader(request, 'content-type', 'application/json'),
        body: JSON.stringify(Object.fromEntries(harmless(request, config))),
      }),
    },
    altered: ['content-type', 'body'],
    says: 'The body is JSON. A dummy is in it in the place of each secret, which must not be in JSON.',
    expects: {
      weight: 'should',
      spec: rfc(6749, '4.4.2'),
      statuses: '4xx',
      codes: [],
      ...readsOtherwise('JSON'),
    },
  },
  get: {
    label: 'GET instead of POST',
    unless: always,
    change: {
      kind: 'request',
      to: (request, { config }) => ({
        ...setHeader(request, 'content-type', null),
        method: 'GET',
        url: addToQuery(request.url, harmless(request, config)),
        body: null,
      }),
    },
    altered: ['start line'],
    says: 'The method is GET, and the parameters are in the URL. A dummy is there in the place of each secret, as URLs are logged.',
    expects: {
      weight: 'should',
      spec: rfc(6749, '3.2'),
      statuses: '4xx',
      codes: [],
      ...readsOtherwise('GET'),
    },
  },
  'query-parameter': {
    label: 'grant_type in the URL',
    unless: always,
    change: {
      kind: 'request',
      to: (request) => ({
        ...withoutParameter(request, 'grant_type'),
        url: addToQuery(request.url, [['grant_type', 'client_credentials']]),
      }),
    },
    altered: ['start line'],
    says: 'grant_type is in the URL, and not in the body.',
    expects: { weight: 'should', spec: rfc(6749, '4.4.2'), statuses: '4xx', codes: [], accepted: 'never' },
  },
  'query-credentials': {
    label: 'ID and secret in the URL',
    unless: secretSent,
    change: {
      kind: 'request',
      to: (request, { config }) => {
        const bare = ['client_id', 'client_secret'].reduce(
          withoutParameter,
          setHeader(request, 'authorization', null),
        )
        const credentials: [string, string][] = [
          ['client_id', config.client_id],
          ['client_secret', dummySecret],
        ]
        return { ...bare, url: addToQuery(request.url, credentials) }
      },
    },
    altered: ['start line'],
    says: 'The credentials are in the URL, with a dummy in the place of the secret, as URLs are logged. So a refusal does not tell whether the server reads them there.',
    expects: { weight: 'should', spec: rfc(6749, '2.3.1'), statuses: '4xx', codes: [], accepted: 'never' },
  },
  'two-methods': {
    label: 'Two authentication methods at once',
    unless: ({ config }) =>
      ['secret', 'assertion'].includes(authMethodOf(config).sends)
        ? null
        : 'The client proves itself by nothing in the request.',
    change: {
      kind: 'request',
      to: (request, { config }) => {
        const { client_id, client_secret, token_endpoint_auth_method: method } = config
        if (method === 'client_secret_post')
          return setHeader(
            request,
            'authorization',
            `Basic ${basicCredentials('form', client_id, client_secret).base64}`,
          )
        if (method === 'client_secret_basic')
          return addParameter(addParameter(request, 'client_id', client_id), 'client_secret', client_secret)
        return addParameter(request, 'client_secret', dummySecret)
      },
    },
    altered: ['authorization', 'client_secret', 'client_assertion'],
    says: 'The client authenticates in two ways. A secret next to an assertion is a dummy.',
    expects: {
      ...invalidRequest,
      spec: rfc(6749, '2.3'),
      statuses: [400, 401],
      codes: ['invalid_request', 'invalid_client'],
    },
  },
} as const satisfies Readonly<Record<string, Fault>>
