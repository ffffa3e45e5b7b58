import { headerValue } from '../http/message.ts'
import { rfc } from '../spec.ts'
import type { ApiCall } from '../oauth/config/api-call.ts'
import { addToQuery, setHeader } from './edit-request.ts'
import { hasParts, unsigned, withMoreScope } from './edit-jwt.ts'
import type { Change, Fault, Setting, Use } from './fault.ts'

/** How an API refuses a token. @see RFC 6750 section 3.1 */
const invalidToken = {
  weight: 'must',
  spec: rfc(6750, '3.1'),
  statuses: [401],
  codes: ['invalid_token'],
  accepted: 'never',
} as const

/** @see RFC 9449 sections 7.1 and 7.2 */
const invalidProof = {
  ...invalidToken,
  spec: rfc(9449, '7.1'),
  codes: ['invalid_token', 'invalid_dpop_proof', 'use_dpop_nonce'],
} as const

const withUse =
  (unless: (use: Use) => string | null) =>
  ({ use }: Setting): string | null =>
    use === null ? 'There is no token yet. Get one first.' : unless(use)

const withToken = withUse(() => null)
const withJwt = withUse(({ token }) =>
  hasParts(token.accessToken) ? null : 'The token is no JWT: it has no claims to change.',
)
const withBound = withUse(({ call }) =>
  call.presentation === 'dpop' ? null : 'The token is not bound to a key.',
)

const call = (change: Partial<ApiCall>): Change => ({ kind: 'call', to: (one) => ({ ...one, ...change }) })

const token = { unless: withToken, altered: ['authorization'], expects: invalidToken } as const
const jwt = { ...token, unless: withJwt } as const
const proof = { unless: withBound, altered: ['dpop'], expects: invalidProof } as const

const garbage = 'not-a-token'

/** What is wrong with a call of an API: the token, how it is presented, the proof that comes with it. */
export const apiFaults = {
  'api-none': {
    ...token,
    label: 'No token',
    change: call({ presentation: 'none' }),
    altered: [],
    says: 'The call has no token.',
    expects: {
      ...invalidToken,
      spec: rfc(6750, '3'),
      codes: [],
      noted: { invalid_token: 'The API names an error, though there was no token that could be wrong.' },
    },
  },
  'api-garbage': {
    ...token,
    label: 'A token that is none',
    change: { kind: 'token', to: () => garbage },
    says: 'The token is a word.',
  },
  'api-changed': {
    ...token,
    label: 'Its signature broken',
    change: call({ presentation: 'broken' }),
    says: 'One character of the token is another, in the signature if it has one.',
  },
  'api-payload-changed': {
    ...jwt,
    label: 'Tampered: more scope',
    change: { kind: 'token', to: withMoreScope },
    says: 'The payload has the scope admin, under the signature of before.',
  },
  'api-alg-none': {
    ...jwt,
    label: 'Not signed at all',
    change: { kind: 'token', to: unsigned },
    says: 'alg is none, and there is no signature.',
  },
  'api-expired': {
    ...token,
    label: 'Expired',
    unless: withUse(({ expired }) =>
      expired === null
        ? 'No token of this page has expired yet, and only the server can sign one that has. Get one as practice-brief, and wait 10 s.'
        : null,
    ),
    change: { kind: 'token', to: (token, { expired }) => expired ?? token },
    says: 'The token is one that has expired.',
  },
  'api-query': {
    ...token,
    label: 'A token in the URL',
    change: {
      kind: 'call',
      to: (one) => ({
        ...one,
        presentation: 'none',
        url: addToQuery(one.url, [['access_token', garbage]]),
      }),
    },
    altered: ['start line'],
    says: 'A token is in the URL, and none in a header. It is a dummy, as URLs are logged.',
    expects: {
      ...invalidToken,
      spec: rfc(6750, '2.3'),
      statuses: [400, 401],
      codes: [],
      noted: { invalid_token: 'The API reads tokens from the URL, where logs keep them.' },
    },
  },
  'api-no-scheme': {
    ...token,
    label: 'A token without its scheme',
    change: {
      kind: 'request',
      to: (request) =>
        setHeader(
          request,
          'authorization',
          (headerValue(request.headers, 'authorization') ?? '').replace(/^\S+ /, ''),
        ),
    },
    says: 'Authorization has the token, and no scheme before it.',
    expects: { ...invalidToken, weight: 'should', spec: rfc(6750, '2.1'), statuses: '4xx', codes: [] },
  },
  'api-scheme': {
    ...proof,
    label: 'A bound token as Bearer',
    change: call({ presentation: 'bearer' }),
    altered: ['authorization'],
    says: 'The token is bound to a key, and presented as if whoever has it may use it.',
    expects: { ...invalidProof, spec: rfc(9449, '7.2') },
  },
  'api-dpop-no-proof': {
    ...proof,
    label: 'No proof',
    change: { kind: 'request', to: (request) => setHeader(request, 'dpop', null) },
    altered: [],
    says: 'The call has the bound token, and no proof.',
  },
  'api-dpop-other-key': {
    ...proof,
    label: 'A proof by another key',
    change: call({ proof: 'key' }),
    says: 'The proof is right, and by another key than that of the token.',
  },
  'api-dpop-wrong-ath': {
    ...proof,
    label: 'A proof for another token',
    change: call({ proof: 'ath' }),
    says: 'ath of the proof is not the hash of the token.',
  },
  'api-dpop-wrong-htm': {
    ...proof,
    label: 'A proof for another method',
    change: call({ proof: 'htm' }),
    says: 'htm of the proof is another method.',
  },
  'api-dpop-wrong-htu': {
    ...proof,
    label: 'A proof for another URL',
    change: call({ proof: 'htu' }),
    says: 'htu of the proof is another URL.',
  },
  'api-dpop-old-iat': {
    ...proof,
    label: 'A proof an hour old',
    change: call({ proof: 'iat' }),
    says: 'iat of the proof is an hour ago.',
  },
} as const satisfies Readonly<Record<string, Fault>>
