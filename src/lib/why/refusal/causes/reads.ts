import type { Fix } from '../../../explanation/explanation.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { cause } from '../facts/make.ts'

const asCurl: Fix = {
  text: 'Copy the request as curl, and change there what this page cannot send',
  copy: 'request',
}

/** The fields that a validator misses in that place. */
const missed = ({ came: { faults } }: Facts, place: string): string =>
  faults
    .filter((fault) => fault.place === place && fault.type === 'missing')
    .map(({ field }) => quoted(field))
    .join(', ') || 'the parameters'

/** The same URL without its query. */
const withoutQuery = ({ sent: { url } }: Facts): readonly Fix[] =>
  url.search === ''
    ? []
    : [{ text: `Use ${quoted(url.origin + url.pathname)}`, moveTo: url.origin + url.pathname }]

/** Whether the form was sent with a parameter of its media type. */
export const sentCharset = ({ sent: { type } }: Facts): boolean =>
  /^[^;]*x-www-form-urlencoded\s*;/i.test(type)

/** What an endpoint reads, and where it looks for it. @see RFC 6749 section 4.4.2 */
export const reads = {
  'json-wanted': cause({
    stage: 'form',
    title: 'The endpoint reads a JSON body, and a form was sent',
    meaning:
      'The standard has a form, application/x-www-form-urlencoded. This endpoint was written for a JSON object, as a parameter of a model type in FastAPI or JSONOAuthLibCore of django-oauth-toolkit makes it: nothing was read out of the form.',
    fixes: [
      'At the server, let the endpoint read a form (in FastAPI: Annotated[str, Form()] for each parameter, in django-oauth-toolkit: OAUTH2_BACKEND_CLASS without JSON).',
      asCurl,
    ],
    spec: [rfc(6749, '4.4.2'), rfc(6749, 'B')],
  }),
  'charset-refused': cause({
    stage: 'form',
    title: 'The server does not accept ;charset=UTF-8 in Content-Type',
    meaning:
      'The request says application/x-www-form-urlencoded;charset=UTF-8. IANA registers that type without parameters, and this server compares the whole value.',
    fixes: [
      { text: 'Send Content-Type without ;charset=UTF-8', change: { content_type_charset: false } },
      'At the server, compare the media type without its parameters.',
    ],
    spec: [rfc(6749, '4.4.2'), rfc(9110, '8.3')],
    applies: sentCharset,
    sign: ({ came: { status, words } }) =>
      (status === 415 || /content[- ]?type|media[- ]?type|charset/i.test(words)) && !/\bjson\b/i.test(words)
        ? { found: 'Content-Type was sent with ;charset=UTF-8.', certainty: 'likely' }
        : null,
  }),
  'charset-added': cause({
    stage: 'form',
    title: 'Content-Type does not arrive as it was sent',
    meaning:
      'The request says application/x-www-form-urlencoded, without a charset. If the server sees one, something on the way adds it: a gateway, a proxy or the framework of the server.',
    fixes: [
      'See in the log of the server, and of each gateway in front, which Content-Type arrives.',
      'At the server, compare the media type without its parameters.',
      asCurl,
    ],
    spec: [rfc(6749, '4.4.2'), rfc(9110, '8.3')],
    applies: (facts) => facts.sent.type !== '' && !sentCharset(facts),
  }),
  'query-wanted': cause({
    stage: 'form',
    title: 'The endpoint looks for the parameters in the query, and they are in the body',
    meaning: (facts) =>
      `It misses ${missed(facts, 'query')} in the query of the URL. Credentials must not be there: URLs end up in logs. In FastAPI a parameter without Form() is one of the query.`,
    fixes: [
      'At the server, read the parameters from the form: in FastAPI, Annotated[str, Form()] for each of them.',
    ],
    spec: [rfc(6749, '2.3.1'), rfc(6749, '4.4.2')],
  }),
  'query-not-allowed': cause({
    stage: 'form',
    title: 'The URL has a query, and the server accepts none',
    meaning: ({ sent: { url } }) =>
      url.search === ''
        ? 'The server found parameters in the query of the URL, and reads them from the body only.'
        : `The query ${quoted(url.search)} was sent along. The server reads parameters from the body only.`,
    fixes: (facts) => [...withoutQuery(facts), 'Remove the query, from the ? on, from the URL.'],
    spec: [rfc(6749, '3.2')],
    sign: ({ endpoint, sent: { url } }) =>
      endpoint === 'token' && url.search !== ''
        ? { found: 'The URL has a query.', certainty: 'possible' }
        : null,
  }),
  'password-grant-only': cause({
    stage: 'grant-known',
    title: 'The endpoint issues tokens to users, for a name and a password',
    meaning:
      'It demands grant_type password, as OAuth2PasswordRequestForm of FastAPI does. That is the grant for users, which a client without one cannot use.',
    fixes: [
      'Use another URL: the endpoint of this server for client_credentials, if it has one.',
      'Or write one at the server: a path operation with grant_type, client_id and client_secret as Form() in place of OAuth2PasswordRequestForm.',
    ],
    spec: [rfc(6749, '4.4.2')],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
