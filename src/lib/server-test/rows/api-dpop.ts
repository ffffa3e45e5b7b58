import { headerValue, type HttpRequest } from '../../http/message.ts'
import { setHeader } from '../../faults/edit-request.ts'
import { composeApiRequest } from '../../oauth/api/api-request.ts'
import { emptyApiCall } from '../../oauth/config/api-call.ts'
import type { ReadToken } from '../../oauth/response/read-response.ts'
import { rfc } from '../../spec.ts'
import { apiAttempt } from '../base/attempts.ts'
import { unread } from '../base/judges.ts'
import { type Attempt, deviates, type Judgement, ok, type Rows, type Seen, skipped } from '../base/row.ts'
import type { Subject } from '../base/subject.ts'
import { came, finals, issued, statusOf } from '../base/sent.ts'
import { tokenFor } from './api.ts'
import { accepts, isSuccess, opens } from './api-judges.ts'

const noBoundApi = ({ api, clients }: Subject): string | null => {
  if (api === null) return 'No API is configured.'
  if (!api.dpop) return 'The API is not configured as one that accepts bound tokens.'
  return clients.dpop === null ? 'No client is configured for DPoP.' : null
}

const tokenOf = ({ of }: Pick<Seen, 'of'>): ReadToken | null =>
  issued(of('api-dpop').find((one) => issued(one)))

const call = (says: string, more: Partial<Parameters<typeof apiAttempt>[0]> = {}): Attempt =>
  apiAttempt({
    says,
    client: 'dpop',
    token: tokenOf,
    altered: ['dpop'],
    ...more,
    call: { presentation: 'dpop', ...more.call },
  })

const row = {
  group: 'api',
  phase: 'groups',
  weight: 'must',
  section: rfc(9449, '7.1'),
  unless: noBoundApi,
  lacks: (seen: Seen): string | null =>
    seen.verdictOf('api-dpop') === 'ok'
      ? null
      : 'The API does not accept the right token and proof: see api-dpop.',
} as const

const refused = {
  ...row,
  expected: '401',
  means: 'Whoever gets hold of the token can use it, though it is bound to a key.',
  advice: 'Check scheme, proof, ath and cnf of each call with a bound token.',
  refused: {
    means: 'A client does not learn that its token or its proof is the reason.',
    advice: 'Respond with 401 and a challenge of the scheme DPoP.',
  },
  judge: (seen: Seen): Judgement => {
    const [sent] = finals(seen)
    if (!sent) return skipped('Nothing was sent.')
    return statusOf(sent) === 401
      ? ok(came(sent))
      : (unread(seen, sent) ?? deviates(came(sent), { accepted: isSuccess(sent) }))
  },
} as const

/** A proof as it should be, but for ath: made for the same URL and no token. */
const withoutAth: Attempt = {
  ...call('The proof has no ath.'),
  compose: async (seen) => {
    const { api, clients } = seen.subject
    const token = tokenOf(seen)
    if (api === null || clients.dpop === null || token === null) return null
    const own = { ...emptyApiCall, url: api.url, presentation: 'dpop' } as const
    const config = { ...clients.dpop, dpop: { ...clients.dpop.dpop, payload: '{"ath":null}' } }
    return composeApiRequest(own, token, config, seen.signingFor(api.url))
  },
}

const asBearer = (request: HttpRequest): HttpRequest =>
  setHeader(
    setHeader(request, 'dpop', null),
    'authorization',
    (headerValue(request.headers, 'authorization') ?? '').replace(/^DPoP/, 'Bearer'),
  )

/** What an API does with a token that is bound to a key. */
export const boundRows = {
  'api-dpop': {
    ...row,
    title: 'The API with a bound token and a proof',
    expected: 'a status of 2xx',
    means: 'The API refuses the token that is for it.',
    advice: 'Accept the scheme DPoP with a proof by the key that the token names.',
    lacks: () => null,
    sends: [
      tokenFor('dpop', 'A bound token for the API.'),
      call('The API is called with token and proof.', {
        token: ({ mine }) => issued(mine.find((one) => issued(one))),
        altered: [],
      }),
    ],
    judge: opens,
  },
  'api-scheme': {
    ...refused,
    section: rfc(9449, '7.2'),
    title: 'A bound token as Bearer',
    sends: [
      call('The token is presented as Bearer, without a proof.', {
        edit: asBearer,
        altered: ['authorization'],
      }),
    ],
  },
  'api-dpop-no-proof': {
    ...refused,
    title: 'A bound token without a proof',
    sends: [call('There is no proof.', { edit: (request) => setHeader(request, 'dpop', null), altered: [] })],
  },
  'api-dpop-no-ath': {
    ...refused,
    section: rfc(9449, '4.3'),
    title: 'A proof for no token',
    sends: [withoutAth],
  },
  'api-dpop-wrong-ath': {
    ...refused,
    section: rfc(9449, '4.3'),
    title: 'A proof for another token',
    sends: [call('ath of the proof is the hash of another token.', { call: { proof: 'ath' } })],
  },
  'api-dpop-other-key': {
    ...refused,
    title: 'A proof by another key',
    sends: [call('The proof is by another key than that of the token.', { call: { proof: 'key' } })],
  },
  'api-dpop-wrong-htm': {
    ...refused,
    section: rfc(9449, '4.3'),
    title: 'A proof for another method',
    sends: [call('htm of the proof is another method.', { call: { proof: 'htm' } })],
  },
  'api-dpop-scheme-case': {
    ...row,
    section: rfc(9110, '11.1'),
    title: 'The scheme in lower case',
    expected: 'a status of 2xx for “dpop” as for “DPoP”',
    means: 'Clients and proxies that write the scheme otherwise are refused.',
    advice: 'Compare the name of the scheme without regard to case.',
    sends: [
      call('The scheme is “dpop”.', {
        altered: ['authorization'],
        edit: (request) =>
          setHeader(
            request,
            'authorization',
            (headerValue(request.headers, 'authorization') ?? '').replace(/^DPoP/, 'dpop'),
          ),
      }),
    ],
    judge: accepts,
  },
} as const satisfies Rows
