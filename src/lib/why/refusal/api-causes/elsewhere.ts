import type { Fix } from '../../../explanation/explanation.ts'
import { hasTag } from '../../../http/body.ts'
import { headerValue } from '../../../http/message.ts'
import { parseJson } from '../../../json/parse.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import { cause } from '../facts/make.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { sign } from './common.ts'
import { asJson } from './mcp-fixes.ts'
import { hasTwoCredentials } from './seen-token.ts'

/** The methods that `Allow` names, if a page may read it. @see RFC 9110 section 15.5.6 */
function allowed({ came: { response }, sent: { method } }: Facts): readonly Fix[] {
  const names = (headerValue(response.headers, 'allow') ?? '').split(',').map((name) => name.trim())
  return names
    .filter((name) => /^[A-Z]{1,20}$/.test(name) && name !== 'OPTIONS' && name !== method)
    .slice(0, 5)
    .map((name) => ({ text: `Send ${name}`, call: { method: name } }))
}

const isPage = ({ came: { response, page } }: Facts): boolean =>
  page !== null ||
  (/^text\/html\b/i.test(headerValue(response.headers, 'content-type') ?? '') &&
    hasTag(new TextDecoder().decode(response.body)))

/** What an API means by causes that other endpoints have too. */
export const requestAtApi = {
  'no-credentials': cause({
    stage: 'header',
    title: 'No token was sent',
    meaning: 'The request has no Authorization header, and the API does not respond without one.',
    fixes: [{ text: 'Send the token in the Authorization header', call: { presentation: 'bearer' } }],
    spec: [rfc(6750, '3'), rfc(6750, '2.1')],
    applies: ({ sent }) => sent.authorization === null,
    sign: ({ sent, came }) =>
      // A 403 is no request for credentials.
      sign(
        sent.authorization === null,
        came.status === 403 ? 'possible' : 'likely',
        'The request has no Authorization header.',
      ),
  }),
  'two-credentials': cause({
    stage: 'header',
    title: 'Two Authorization headers were sent',
    meaning: 'A request carries one token, once. What an API does with two is up to it: many fail.',
    fixes: ['Send one Authorization header only; look among the additional header fields.'],
    spec: [rfc(6750, '2'), rfc(9110, '5.3')],
    applies: hasTwoCredentials,
    sign: (facts) => sign(hasTwoCredentials(facts), 'likely', 'The header Authorization was sent twice.'),
  }),
  'http-method': cause({
    stage: 'http-method',
    title: ({ sent: { method } }) => `This path does not accept ${method}`,
    meaning: 'Something is at this path, and the API wants another HTTP method here.',
    fixes: (facts) => [...allowed(facts), 'Compare path and HTTP method with the API’s documentation.'],
    spec: [rfc(9110, '15.5.6')],
  }),
  'path-unknown': cause({
    stage: 'route',
    title: 'The API has nothing at this path',
    meaning: (facts) =>
      `There is nothing at ${quoted(facts.sent.url.pathname)}, or nothing that may be seen with this token. The path may be mistyped, or lack a prefix such as /api or a version.${isPage(facts) ? ' The response is a web page: it may be of the web server before the API, which the call never reached.' : ''}`,
    fixes: ['Compare the path with the API’s documentation.'],
    spec: [rfc(9110, '15.5.5')],
  }),
  'media-type': cause({
    stage: 'media',
    title: ({ came: { status } }) =>
      status === 406
        ? 'The API has nothing in the media type that was asked for'
        : 'The API does not accept a body of this type',
    meaning: ({ came: { status } }) =>
      status === 406
        ? 'A header Accept of yours asks for a type that the API does not have.'
        : 'Content-Type is missing, or another one than the API wants.',
    fixes: ({ came: { status }, sent: { body } }) =>
      status === 406
        ? ['Leave Accept out, or ask for application/json.']
        : parseJson(body ?? '').ok
          ? [asJson]
          : ['Set Content-Type among the header fields, to application/json for one.'],
    spec: [rfc(9110, '15.5.16')],
  }),
  'unknown-code': cause({
    stage: 'handler',
    title: 'Only the API’s own documentation explains this response',
    meaning: ({ came: { code, status } }) =>
      `${code === '' ? `The status ${status}` : quoted(code)} is none that a standard defines for APIs.`,
    fixes: [
      'Read the body for the API’s own words.',
      'Read the API’s log at the time of this call.',
      'Compare the call with the API’s documentation.',
    ],
    spec: [rfc(6750, '3.1'), rfc(9110, '15.5')],
  }),
  exception: cause({
    stage: 'handler',
    title: 'The API stopped in an exception of its own',
    meaning:
      'Something failed inside the API, and nothing of its own caught it. It may be a fault in its code or in its setup; some APIs fail if they cannot reach the authorization server.',
    fixes: [
      'Read the API’s log at the time of this call: it has the exception, and where in the code it was thrown.',
    ],
    spec: [rfc(9110, '15.6')],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
