import { faults } from '../../../faults/faults.ts'
import { addParameter, setHeader, withoutParameter } from '../../../faults/edit-request.ts'
import type { HttpRequest } from '../../../http/message.ts'
import { decodeBody } from '../../../http/body.ts'
import { scopeTokens } from '../../../oauth/config/config.ts'
import { rfc } from '../../../spec.ts'
import { accepted, edited, tokenAttempt } from '../../base/attempts.ts'
import { asBaseline, refuses, survives } from '../../base/judges.ts'
import { type Attempt, deviates, type Rows, type Seen } from '../../base/row.ts'
import { finals, responseOf } from '../../base/sent.ts'
import { noErrorOfServer } from './elsewhere.ts'

const row = { group: 'token', phase: 'accepted', weight: 'must', section: rfc(6749, '3.2') } as const
const refused = { ...row, phase: 'refused', weight: 'should', section: rfc(6749, '5.2') } as const

/** A second one would be another fault, so that nothing is sent if the working request has that parameter. */
function more(name: string, value: string): Attempt {
  const attempt = accepted({
    says: `The request has ${name}=${value}.`,
    altered: [name],
    change: edited((request) => addParameter(request, name, value)),
  })
  return {
    ...attempt,
    compose: async (seen) => {
      const request = await attempt.compose(seen)
      return new URLSearchParams(request?.body ?? '').getAll(name).length > 1 ? null : request
    },
  }
}

const typed = (type: string) =>
  accepted({
    says: `Content-Type is ${type}.`,
    altered: ['content-type'],
    change: edited((request) => setHeader(request, 'content-type', type)),
  })

/** The body with each space of the scope written in that way. */
const spaced = (space: '+' | '%20') =>
  accepted({
    says: `The scopes are separated by ${space}.`,
    altered: ['scope'],
    change: edited((request) => ({
      ...request,
      body: (request.body ?? '')
        .split('&')
        .map((pair) => (pair.startsWith('scope=') ? pair.replace(/\+|%20/g, space) : pair))
        .join('&'),
    })),
  })

/** With that value of a parameter that no server knows, encoded by hand: what makes URLs would mend it. */
const unknownValue =
  (encoded: string) =>
  (request: HttpRequest): HttpRequest => ({
    ...request,
    body: `${request.body ?? ''}&x-unknown=${encoded}`,
  })

const hostile = 'a\u{1F600}\u202Eb"c\\d<b>e'

const longScope = Array.from({ length: 512 }, (_, at) => `x${String(at).padStart(14, '0')}`).join(' ')

const broken = (
  id:
    | 'missing-grant-type'
    | 'unknown-grant-type'
    | 'repeated-grant-type'
    | 'query-parameter'
    | 'repeated-parameter',
  mayIssue = false,
) => {
  const { says, altered, change } = faults[id]
  return tokenAttempt({ says, altered, change, issues: mayIssue })
}

const twiceNotTold = {
  means: 'A client is not told what it sent twice.',
  advice: 'Respond with 400 and invalid_request.',
} as const

/** How the form is written. */
export const formRows = {
  'unknown-parameter': {
    ...row,
    title: 'A parameter that nobody knows',
    expected: 'a token, as if it were not there',
    means: 'A client that sends an extension of another server, or of tomorrow, gets no token.',
    advice: 'Ignore parameters that the server does not know.',
    sends: [more('x-unknown', '1')],
    judge: asBaseline,
  },
  'empty-parameter': {
    ...row,
    title: 'Parameters without a value',
    expected: 'a token, as if they were not there',
    means: 'A client that sends an empty field of its configuration gets no token.',
    advice: 'Treat a parameter without a value as one that was left out.',
    sends: [more('resource', ''), more('audience', ''), more('x-unknown', '')],
    judge: asBaseline,
  },
  'charset-parameter': {
    ...row,
    weight: 'should',
    section: rfc(9110, '8.3.1'),
    title: 'A charset with the media type',
    expected: 'a token',
    means: 'Libraries that add a charset to the type of a form get no token.',
    advice: 'Compare the media type without its parameters.',
    sends: [
      typed('application/x-www-form-urlencoded; charset=UTF-8'),
      typed('application/x-www-form-urlencoded;charset=utf-8'),
    ],
    judge: asBaseline,
  },
  'space-encoding': {
    ...row,
    section: rfc(6749, 'B'),
    title: 'A space as + and as %20',
    expected: 'a token for both',
    means: 'Of two libraries that both encode forms rightly, one gets no token.',
    advice: 'Decode the body as application/x-www-form-urlencoded has it.',
    unless: ({ clients }) =>
      scopeTokens(clients.client.scope).length > 1 ? null : 'The request asks for fewer than two scopes.',
    sends: [spaced('+'), spaced('%20')],
    judge: asBaseline,
  },
  'hostile-characters': {
    ...row,
    title: 'Characters that break pages and logs',
    expected: 'a token, and nothing of them in the response',
    means: 'An unknown parameter breaks the request, or whoever reads its response.',
    advice: 'Ignore parameters that the server does not know, whatever is in them.',
    sends: [
      accepted({
        says: 'An unknown parameter has an emoji, a character that turns the direction of text, quotation marks and a tag.',
        altered: ['x-unknown'],
        change: edited(unknownValue(encodeURIComponent(hostile))),
      }),
    ],
    judge: (seen) => (isEchoed(seen) ? deviates('The response repeats what was sent.') : asBaseline(seen)),
  },
  nul: {
    ...refused,
    section: rfc(6749, '3.2'),
    title: 'A NUL in a parameter',
    expected: 'a token, or a refusal; no error of the server',
    means: 'Anybody can make the server fail.',
    advice: 'Let a NUL be a character like others, or respond with invalid_request.',
    sends: [
      tokenAttempt({
        says: 'An unknown parameter has the character NUL.',
        altered: ['x-unknown'],
        change: edited(unknownValue('a%00b')),
        issues: true,
      }),
    ],
    judge: (seen) => survives(seen),
  },
  'large-parameter': {
    ...refused,
    section: rfc(6749, '3.2'),
    title: 'Eight kilobytes of scope',
    expected: 'a refusal, or a token; no error of the server',
    means: 'Anybody can make the server fail.',
    advice: 'Bound what is read, and refuse what is larger with a status of 4xx.',
    sends: [
      tokenAttempt({
        says: 'scope has 8 KiB of names that no server knows.',
        altered: ['scope'],
        change: edited((request) => addParameter(withoutParameter(request, 'scope'), 'scope', longScope)),
        issues: true,
      }),
    ],
    judge: (seen) => survives(seen),
  },
  'missing-grant-type': {
    ...refused,
    weight: 'must',
    title: 'No grant_type',
    expected: '400 with invalid_request',
    means: 'A client is not told what it forgot.',
    advice: 'Respond with 400 and invalid_request if grant_type is missing.',
    sends: [broken('missing-grant-type')],
    judge: refuses({ statuses: [400], codes: ['invalid_request'] }),
  },
  'unknown-grant-type': {
    ...refused,
    weight: 'must',
    title: 'A grant that no server has',
    expected: '400 with unsupported_grant_type',
    means: 'A client is not told that the server lacks this grant.',
    advice: 'Respond with 400 and unsupported_grant_type.',
    sends: [broken('unknown-grant-type')],
    judge: refuses({
      statuses: [400],
      codes: ['unsupported_grant_type'],
      noted: {
        unauthorized_client: 'That says that this client may not use the grant, and not that nobody may.',
      },
    }),
  },
  'repeated-grant-type': {
    ...refused,
    section: rfc(6749, '3.2'),
    title: 'grant_type twice',
    expected: '400 with invalid_request',
    means: 'Server and proxy may each look at another of the two.',
    advice: 'Refuse a parameter that is there twice with invalid_request.',
    refused: twiceNotTold,
    sends: [broken('repeated-grant-type', true)],
    judge: refuses({ statuses: [400], codes: ['invalid_request'] }),
  },
  'repeated-parameter': {
    ...refused,
    section: rfc(6749, '3.2'),
    title: 'scope twice',
    expected: '400 with invalid_request',
    means: 'Server and proxy may each look at another of the two.',
    advice: 'Refuse a parameter that is there twice with invalid_request.',
    refused: twiceNotTold,
    unless: ({ clients }) => (clients.client.scope === '' ? 'The request asks for no scope.' : null),
    sends: [broken('repeated-parameter', true)],
    judge: refuses({ statuses: [400], codes: ['invalid_request'] }),
  },
  'query-parameter': {
    ...refused,
    section: rfc(6749, '4.4.2'),
    title: 'grant_type in the URL',
    expected: 'no token',
    means: 'What is in the URL counts as if it were in the body: a link can change a request.',
    advice: 'Read the parameters of a token request from the body alone.',
    refused: noErrorOfServer,
    sends: [broken('query-parameter', true)],
    judge: refuses({ statuses: '4xx', codes: [] }),
  },
} as const satisfies Rows

/** Whether the value that was sent is in the response, in the spelling of JSON or as it is. */
function isEchoed(seen: Seen): boolean {
  const [sent] = finals(seen)
  const response = responseOf(sent)
  const body = response && decodeBody(response)
  return (
    body?.kind === 'text' &&
    (body.text.includes(hostile) || body.text.includes(JSON.stringify(hostile).slice(1, -1)))
  )
}
