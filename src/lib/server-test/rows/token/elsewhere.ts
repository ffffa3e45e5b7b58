import { faults } from '../../../faults/faults.ts'
import { addToQuery, harmless, setHeader, withoutParameter } from '../../../faults/edit-request.ts'
import { dummySecret } from '../../../faults/fault.ts'
import type { HttpRequest } from '../../../http/message.ts'
import type { TokenRequestConfig } from '../../../oauth/config/config.ts'
import { rfc } from '../../../spec.ts'
import { edited, tokenAttempt } from '../../base/attempts.ts'
import { refusedOnce, survives } from '../../base/judges.ts'
import { deviates, type Judgement, type Rows, type Seen, skipped } from '../../base/row.ts'
import { codeOf, fieldOf, finals, issued, seesField, statusOf } from '../../base/sent.ts'
import { noSecret } from './client.ts'

const row = { group: 'token', phase: 'failing', weight: 'should' } as const

/** What to say of a refusal that is no 4xx. */
export const noErrorOfServer = {
  means: 'A client learns nothing from an error of the server, or from a redirect.',
  advice: 'Refuse the request with 400 or 401.',
} as const

/** The credentials in the URL, and nowhere else. */
const inTheUrl =
  (secretOf: (config: TokenRequestConfig) => string) =>
  (request: HttpRequest, config: TokenRequestConfig): HttpRequest => {
    const bare = ['client_id', 'client_secret'].reduce(
      withoutParameter,
      setHeader(request, 'authorization', null),
    )
    return {
      ...bare,
      url: addToQuery(request.url, [
        ['client_id', config.client_id],
        ['client_secret', secretOf(config)],
      ]),
    }
  }

/** What belongs into the form of a POST, elsewhere. */
export const elsewhereRows = {
  get: {
    ...row,
    section: rfc(6749, '3.2'),
    title: 'GET instead of POST',
    expected: '405 with Allow, or another refusal',
    means:
      'If the server reads GET, secrets get into URLs, and from there into logs. If not, a client has to learn which method works.',
    advice: 'Respond to GET with 405 and Allow: POST.',
    sends: [
      tokenAttempt({
        says: 'The method is GET. The URL has all parameters, with a dummy for each secret.',
        altered: ['start line'],
        fails: true,
        change: {
          kind: 'request',
          to: (request, { config }) => ({
            ...setHeader(setHeader(request, 'content-type', null), 'authorization', null),
            method: 'GET',
            url: addToQuery(request.url, harmless(request, config)),
            body: null,
          }),
        },
      }),
    ],
    judge: judgeGet,
  },
  'query-credentials': {
    ...row,
    section: rfc(6749, '2.3.1'),
    title: 'ID and secret in the URL',
    expected: 'no token',
    means: 'Secrets get into URLs, and from there into logs, histories and proxies.',
    advice: 'Read client_id and client_secret from the body and the Authorization field alone.',
    refused: noErrorOfServer,
    unless: (subject) =>
      noSecret(subject) ??
      (subject.throwaway_secret
        ? null
        : 'URLs are logged, and the secret is not marked as one to be thrown away.'),
    sends: [
      tokenAttempt({
        says: 'The credentials are in the URL.',
        altered: ['start line'],
        issues: true,
        change: edited(inTheUrl(({ client_secret }) => client_secret)),
      }),
      tokenAttempt({
        says: 'The credentials are in the URL, and the secret is a wrong one.',
        altered: ['start line'],
        fails: true,
        change: edited(inTheUrl(() => dummySecret)),
        only: ({ mine }) => issued(mine.at(-1)) !== null,
      }),
    ],
    judge: (seen) => {
      const [right, control] = finals(seen)
      if (!right) return skipped('Nothing was sent.')
      if (issued(right) && issued(control))
        return skipped('A wrong secret brings a token, too: see no-credentials.')
      return refusedOnce(seen, right, { statuses: '4xx', codes: [] })
    },
  },
  'json-body': {
    ...row,
    section: rfc(6749, '4.4.2'),
    title: 'JSON instead of a form',
    expected: 'a refusal',
    means: 'A client that sends JSON learns nothing from an error of the server.',
    advice: 'Refuse other media types with 415 or 400.',
    sends: [
      tokenAttempt({
        says: faults['json-body'].says,
        altered: faults['json-body'].altered,
        change: faults['json-body'].change,
        fails: true,
      }),
    ],
    judge: (seen) =>
      survives(seen, (sent) =>
        issued(sent) || codeOf(sent) === 'invalid_client'
          ? 'It reads JSON as well, which no standard asks of it.'
          : null,
      ),
  },
} as const satisfies Rows

function judgeGet(seen: Seen): Judgement {
  const [sent] = finals(seen)
  if (!sent) return skipped('Nothing was sent.')
  if (statusOf(sent) === 405 && fieldOf(sent, 'allow') === null)
    return seesField(seen.environment, sent, 'allow')
      ? deviates('The server responded with status 405, and without Allow.', {
          weight: 'must',
          section: rfc(9110, '15.5.6'),
        })
      : skipped('The server responded with status 405. A page cannot read Allow.')
  return refusedOnce(seen, sent, {
    statuses: '4xx',
    codes: [],
    noted: { invalid_client: 'It reads GET as well: it looked at the secret, which is a dummy.' },
  })
}
