import { brokenToken } from '../../oauth/api/broken-token.ts'
import { hasParts, unsigned, withMoreScope } from '../../faults/edit-jwt.ts'
import { addToQuery, setHeader } from '../../faults/edit-request.ts'
import { challengeParameter } from '../../http/challenges.ts'
import { headerValue, type HttpRequest } from '../../http/message.ts'
import { fetchStandard, rfc } from '../../spec.ts'
import { readToken, type ReadToken } from '../../oauth/response/read-response.ts'
import { quoted } from '../../text/quoted.ts'
import { accepted, apiAttempt, configured } from '../base/attempts.ts'
import { unread } from '../base/judges.ts'
import {
  type Attempt,
  deviates,
  type Judgement,
  noted,
  ok,
  type Rows,
  type Seen,
  skipped,
} from '../base/row.ts'
import { accepts, apiCors, challengesIn, errorIn, isSuccess, opens, refusedByApi } from './api-judges.ts'
import type { Subject } from '../base/subject.ts'
import { came, finals, issued, statusOf } from '../base/sent.ts'

const noApi = ({ api }: Subject): string | null => (api === null ? 'No API is configured.' : null)

/** Why nothing can be said of other calls. */
const noSuccess = (seen: Seen): string | null =>
  seen.verdictOf('api-token') === 'ok' ? null : 'The API does not accept the right token: see api-token.'

const row = {
  group: 'api',
  phase: 'groups',
  weight: 'must',
  section: rfc(6750, '3'),
  unless: noApi,
  lacks: noSuccess,
} as const

/** Asks for a token for the API, with the parameters that this needs. */
export const tokenFor = (client: 'client' | 'dpop', says: string): Attempt =>
  ({
    ...accepted({ client, says }),
    compose: (seen) =>
      accepted({
        client,
        change: configured((config) => ({
          ...config,
          parameters: [
            ...config.parameters.filter(({ name }) => seen.subject.api?.parameters[name] === undefined),
            ...Object.entries(seen.subject.api?.parameters ?? {}).map(([name, value]) => ({
              name,
              value,
              on: true,
            })),
          ],
        })),
      }).compose(seen),
  }) as const

const tokenOf = ({ of }: Pick<Seen, 'of'>): ReadToken | null =>
  issued(of('api-token').find((one) => issued(one)))

const call = (says: string, more: Partial<Parameters<typeof apiAttempt>[0]> = {}): Attempt =>
  apiAttempt({ says, client: 'client', token: tokenOf, altered: ['authorization'], ...more })

/** With another token in the place of the right one; not sent if it is no JWT. */
const withToken = (says: string, to: (token: string) => string, ofJwt = false): Attempt =>
  call(says, {
    token: (seen) => {
      const token = tokenOf(seen)
      if (token === null || (ofJwt && !hasParts(token.accessToken))) return null
      return readToken(to(token.accessToken))
    },
  })

const authorized =
  (to: (value: string) => string) =>
  (request: HttpRequest): HttpRequest =>
    setHeader(request, 'authorization', to(headerValue(request.headers, 'authorization') ?? ''))

const noJwt = (seen: Seen): string | null => {
  const token = tokenOf(seen)
  return (
    noSuccess(seen) ??
    (token && hasParts(token.accessToken) ? null : 'The token is no JWT: it has no claims to change.')
  )
}

const invalid = {
  ...row,
  expected: '401 with a challenge and invalid_token',
  means: 'Whoever makes up a token gets in.',
  advice:
    'Verify the signature of each token with the keys of the server, by the algorithms that it signs with.',
  refused: {
    means: 'A client does not learn that it needs another token.',
    advice: 'Respond with 401 and WWW-Authenticate: Bearer error="invalid_token".',
  },
  vulnerability: true,
  judge: (seen: Seen): Judgement => refusedByApi(seen),
} as const

/** What an API does with a token that whoever has it may use. */
export const apiRows = {
  'api-token': {
    ...row,
    section: rfc(6750, '2.1'),
    title: 'The API with its token',
    expected: 'a status of 2xx',
    means: 'The API refuses the token that is for it.',
    advice: 'Compare issuer, audience and scope that the API wants with those of the token.',
    lacks: () => null,
    sends: [
      tokenFor('client', 'A token for the API.'),
      call('The API is called with the token.', {
        token: ({ mine }) => issued(mine.find((one) => issued(one))),
        altered: [],
      }),
    ],
    judge: opens,
  },
  'api-none': {
    ...row,
    title: 'The API without a token',
    expected: '401 with a challenge, and no error in it',
    means: 'A client does not learn which token the API wants.',
    advice: 'Respond with 401 and WWW-Authenticate: Bearer realm="...".',
    sends: [call('There is no token.', { call: { presentation: 'none' }, altered: [] })],
    judge: (seen) => {
      const [sent] = finals(seen)
      const judged = refusedByApi(seen, null)
      if (!sent || judged.verdict !== 'ok') return judged
      const bearer = challengesIn(sent).find(({ scheme }) => /^(bearer|dpop)$/i.test(scheme))
      if (!bearer) return judged
      if (challengeParameter(bearer, 'error') !== null)
        return noted('The challenge names an error, though there was no token that could be wrong.')
      return bearer.parameters.length === 0 ? noted('The challenge is the scheme alone.') : judged
    },
  },
  'api-garbage': {
    ...invalid,
    title: 'A token that is none',
    vulnerability: false,
    sends: [withToken('The token is a word.', () => 'not-a-token')],
  },
  'api-changed': {
    ...invalid,
    title: 'A token with its signature broken',
    sends: [withToken('One character of the signature is another.', brokenToken)],
  },
  'api-payload-changed': {
    ...invalid,
    section: rfc(9068, '4'),
    title: 'A token with more scope than it was signed for',
    lacks: noJwt,
    sends: [
      withToken('The payload has the scope admin, under the signature of before.', withMoreScope, true),
    ],
  },
  'api-alg-none': {
    ...invalid,
    section: rfc(9068, '4'),
    title: 'A token that nobody signed',
    lacks: noJwt,
    sends: [withToken('alg is none, and there is no signature.', unsigned, true)],
  },
  'api-query': {
    ...row,
    weight: 'note',
    section: rfc(9700, '4.3.2'),
    title: 'A token in the URL',
    expected: 'the response to a call without a token',
    means: 'Tokens get into URLs, and from there into logs.',
    advice: 'Read tokens from the Authorization field alone.',
    sends: [
      call('A word is in the URL as access_token, and no token in the header.', {
        call: { presentation: 'none' },
        altered: ['start line'],
        edit: (request) => ({ ...request, url: addToQuery(request.url, [['access_token', 'not-a-token']]) }),
      }),
    ],
    judge: (seen) => {
      const [sent] = finals(seen)
      if (!sent) return skipped('Nothing was sent.')
      const error = errorIn(sent)
      // One that comes without a token as well says nothing of the URL.
      return error !== undefined && error !== errorIn(finals({ mine: seen.of('api-none') })[0])
        ? noted(`The API reads the URL: its challenge says “${quoted(error)}”.`)
        : (unread(seen, sent) ?? (isSuccess(sent) ? noted(came(sent)) : ok(came(sent))))
    },
  },
  'api-scheme-case': {
    ...row,
    section: rfc(9110, '11.1'),
    title: 'The scheme in lower case',
    expected: 'a status of 2xx, as with “Bearer” or “DPoP”',
    means: 'Clients and proxies that write the scheme otherwise are refused.',
    advice: 'Compare the name of the scheme without regard to case.',
    sends: [
      call('The scheme is in lower case.', {
        edit: authorized((value) => value.replace(/^\S+/, (scheme) => scheme.toLowerCase())),
      }),
    ],
    judge: accepts,
  },
  'api-no-scheme': {
    ...row,
    weight: 'should',
    section: rfc(6750, '2.1'),
    title: 'A token without its scheme',
    expected: 'a status of 4xx',
    means: 'A client that forgets the scheme works here, and nowhere else.',
    advice: 'Demand Bearer before the token.',
    sends: [
      call('Authorization has the token alone.', { edit: authorized((value) => value.replace(/^\S+ /, '')) }),
    ],
    judge: (seen) => {
      const [sent] = finals(seen)
      if (!sent) return skipped('Nothing was sent.')
      const isRefused = statusOf(sent) >= 400 && statusOf(sent) < 500
      return isRefused ? ok(came(sent)) : (unread(seen, sent) ?? deviates(came(sent)))
    },
  },
  'api-cors': {
    ...row,
    weight: 'should',
    section: fetchStandard('http-cors-protocol'),
    title: 'Refusals of the API, from a page',
    expected: 'readable as successes are, and the challenge exposed',
    means: 'A page cannot say why the API refused it.',
    advice: 'Send the fields of CORS with each response of the API, and expose WWW-Authenticate.',
    sends: [
      { ...call('The right call, with the Origin of a page.', { altered: [] }), by: 'node', origin: true },
      {
        ...call('A call without a token, with the Origin of a page.', {
          call: { presentation: 'none' },
          altered: [],
        }),
        by: 'node',
        origin: true,
      },
    ],
    judge: apiCors,
  },
} as const satisfies Rows
