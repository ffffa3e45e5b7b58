import type { Explanation, Fix } from '../../explanation/explanation.ts'
import { headerValue } from '../../http/message.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc, type SpecLink } from '../../spec.ts'
import { type ApiCall, methodOf } from '../config/api-call.ts'
import { bodyInWords, looksLikeHtml } from '../response/body-shape.ts'
import type { Answer } from '../response/read-response.ts'

const compare = 'Compare the URL with the API’s documentation.'
const readLog = 'Read the API’s log at the time of this call.'

/** What a status of an API says, whatever the token. */
interface Row {
  readonly meaning: (call: ApiCall) => string
  readonly causes: readonly string[]
  readonly fixes: (call: ApiCall, answer: Answer) => readonly Fix[]
  readonly spec: SpecLink
}

/** The first row whose test accepts the status explains it. @see RFC 9110 section 15 */
const statuses: readonly (readonly [(status: number) => boolean, Row])[] = [
  [
    (status) => status === 400 || status === 422,
    {
      meaning: () => 'The API understood that it was called, and finds the request itself wrong.',
      causes: ['A parameter, a header or the body is not what this path takes.'],
      fixes: () => ['Read the body for the API’s own words.', compare],
      spec: rfc(9110, '15.5'),
    },
  ],
  [
    (status) => status === 404 || status === 410,
    {
      meaning: () => 'There is nothing at this path, or nothing that may be seen with this token.',
      causes: [
        'The path is mistyped, or lacks a prefix such as /api or a version.',
        'The API hides from this token what it may not see.',
      ],
      fixes: () => [compare],
      spec: rfc(9110, '15.5.5'),
    },
  ],
  [
    (status) => status === 405,
    {
      meaning: (call) => `This path does not accept ${methodOf(call)}.`,
      causes: ['The API wants another method here.'],
      fixes: (call, answer) => [...allowed(call, answer), compare],
      spec: rfc(9110, '15.5.6'),
    },
  ],
  [
    (status) => status === 406,
    {
      meaning: () => 'The API has nothing in the media type that was asked for.',
      causes: ['An Accept header of yours asks for a type the API does not have.'],
      fixes: () => ['Leave Accept out, or ask for application/json.'],
      spec: rfc(9110, '15.5'),
    },
  ],
  [
    (status) => status === 415,
    {
      meaning: () => 'The API does not accept a body of this type.',
      causes: ['Content-Type is missing, or another one than the API wants.'],
      fixes: () => ['Set Content-Type among the headers, to application/json for one.'],
      spec: rfc(9110, '15.5.16'),
    },
  ],
  [
    (status) => status === 429,
    {
      meaning: () => 'Too many calls.',
      causes: ['The API limits how often it may be called.'],
      fixes: () => ['Wait, then try again.'],
      spec: rfc(9110, '15.5'),
    },
  ],
  [
    (status) => status >= 500,
    {
      meaning: () => 'The API, or a gateway before it, failed.',
      causes: [
        'A fault at the API; its log has it.',
        'The API could not reach the authorization server for its keys or an introspection, and fails instead of refusing.',
        'It is still starting, or a part of it is down.',
      ],
      fixes: () => [readLog],
      spec: rfc(9110, '15.6'),
    },
  ],
]

const anyOther: Row = {
  meaning: () => 'The API responded, with neither a success nor a word about the token.',
  causes: [],
  fixes: () => ['Read the body for the API’s own words.', compare],
  spec: rfc(9110, '15.5'),
}

/** Explains a response that is neither a success nor about the token. */
export function explainApiStatus(status: number, answer: Answer, call: ApiCall): Explanation {
  const row = statuses.find(([matches]) => matches(status))?.[1] ?? anyOther
  const page = looksLikeHtml(answer)
  return {
    title: `${bodyInWords(answer)}, with status ${status}`,
    meaning: row.meaning(call),
    certainty: 'possible',
    causes: [
      ...row.causes,
      ...(page ? ['The web server before the API responded, and the call never reached the API.'] : []),
    ],
    fixes: row.fixes(call, answer),
    spec: [row.spec],
  }
}

/** The methods that `Allow` names, if a page may read it, as changes of the call. @see RFC 9110 section 15.5.6 */
function allowed(call: ApiCall, { response }: Answer): Fix[] {
  const allow = headerValue(response.headers, 'allow')
  if (allow === null) return call.body === '' ? [] : [{ text: 'Send POST', call: { method: 'POST' } }]
  const methods = allow.split(',').map((name) => name.trim().toUpperCase())
  return methods
    .filter((name) => /^[A-Z]{1,20}$/.test(name) && !['OPTIONS', methodOf(call)].includes(name))
    .slice(0, 5)
    .map((method) => ({ text: `Send ${quoted(method)}`, call: { method } }))
}
