import { decodeBody } from '../../../http/body.ts'
import { challengeParameter, challengesOf } from '../../../http/challenges.ts'
import { headerValue } from '../../../http/message.ts'
import { hideSecretsOf, repeats } from '../../../oauth/compose/repeated-secrets.ts'
import { registrationOf } from '../../../oauth/token/refused-rules.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import {
  deviates,
  type Judgement,
  noted,
  ok,
  type Rows,
  type Seen,
  type Sent,
  skipped,
} from '../../base/row.ts'
import { codeOf, fieldOf, issued, responseOf, seesField, statusOf } from '../../base/sent.ts'

const row = { group: 'token', phase: 'afterwards', weight: 'must', section: rfc(6749, '5.2') } as const

/** Every response of the token endpoint that is read and is no token. */
const refusals = ({ all }: Seen): readonly Sent[] =>
  all.filter((sent) => sent.attempt.target === 'token' && statusOf(sent) >= 400 && !issued(sent))

/** Those that the standard says something of: a 404, 405, 413 or 415 is of the framework, before OAuth is reached. */
const ofOauth = (seen: Seen): readonly Sent[] =>
  refusals(seen).filter(
    (sent) =>
      [400, 401, 403].includes(statusOf(sent)) &&
      // What is refused for its Origin is refused by a filter of CORS.
      sent.row !== 'cors-success' &&
      sent.exchange.request.method === 'POST' &&
      /^application\/x-www-form-urlencoded/.test(
        headerValue(sent.exchange.request.headers, 'content-type') ?? '',
      ),
  )

/** What is wrong with one of them, in words; `null` if nothing is. */
type Fault = (sent: Sent, seen: Seen) => string | null

/** The first that has a fault is told, and how many have one. */
function each(
  among: (seen: Seen) => readonly Sent[],
  fault: Fault,
  bad: typeof deviates,
): (seen: Seen) => Judgement {
  return (seen) => {
    const sent = among(seen)
    if (sent.length === 0) return skipped('No refusal was read.')
    const found = sent.flatMap((one) => {
      const words = fault(one, seen)
      return words === null ? [] : [{ one, words }]
    })
    const [first] = found
    if (!first) return ok(`So are all ${sent.length} refusals.`, { evidence: undefined })
    const others = found.length === 1 ? '' : ` So it is with ${found.length} of ${sent.length} refusals.`
    return bad(`${first.words}${others}`, { evidence: first.one })
  }
}

/** What every refusal owes, by the responses to what the other rows sent. */
export const refusalRows = {
  challenge: {
    ...row,
    section: rfc(9110, '15.5.2'),
    title: 'A challenge with each 401',
    expected: 'WWW-Authenticate with each 401, of the scheme that was used',
    means:
      'HTTP libraries do not know how to authenticate, and some treat such a 401 as an error of the protocol.',
    advice: 'Send WWW-Authenticate: Basic realm="..." with each 401.',
    judge: challenge,
  },
  'error-json': {
    ...row,
    title: 'The form of a refusal',
    expected: 'application/json with a registered error',
    means: 'A client cannot tell why it was refused.',
    advice: 'Send refusals as JSON with error, error_description and a registered code.',
    judge: each(ofOauth, notJson, deviates),
  },
  'error-no-store': {
    ...row,
    weight: 'note',
    section: rfc(6749, '5.2'),
    title: 'Caches and refusals',
    expected: 'Cache-Control: no-store',
    means: 'A cache may go on refusing.',
    advice: 'Send Cache-Control: no-store with refusals as with tokens.',
    judge: each(
      ofOauth,
      (sent) =>
        /no-store/i.test(fieldOf(sent, 'cache-control') ?? '') ? null : 'A refusal has no no-store.',
      noted,
    ),
  },
  'error-characters': {
    ...row,
    title: 'The characters of error_description',
    expected: 'ASCII without quotation marks and backslashes',
    means: 'A client that puts the words into a header field or a log breaks there.',
    advice: 'Write error_description in printable ASCII, without " and \\.',
    judge: each(ofOauth, oddCharacters, deviates),
  },
  'error-disclosure': {
    ...row,
    weight: 'should',
    section: rfc(6749, '5.2'),
    title: 'What refusals reveal',
    expected: 'no stack trace, exception, path or SQL',
    means: 'Whoever attacks the server learns how it is made.',
    advice: 'Log the inner cause, and send none of it.',
    judge: each(refusals, disclosed, deviates),
  },
  'secret-echo': {
    ...row,
    weight: 'should',
    section: rfc(6749, '2.3.1'),
    title: 'The secret in a refusal',
    expected: 'a refusal without the secret that was sent',
    means: 'The secret gets into whatever keeps or shows responses.',
    advice: 'Leave out what was sent; of a framework, the values in its validation errors.',
    judge: each(
      refusals,
      (sent) => {
        const response = responseOf(sent)
        const isRepeated = response !== null && repeats(response, hideSecretsOf(sent.exchange.request, ''))
        return isRepeated ? 'A refusal repeats the secret that was sent.' : null
      },
      deviates,
    ),
  },
} as const satisfies Rows

function notJson(sent: Sent): string | null {
  if (sent.reading.kind === 'unreachable') return null
  const { mediaType } = sent.reading.answer
  const status = statusOf(sent)
  const code = codeOf(sent)
  if (code === null) return `A response with status ${status} has no error.`
  if (mediaType !== 'application/json')
    return mediaType === ''
      ? `A response with status ${status} has no Content-Type.`
      : `A response with status ${status} is “${quoted(mediaType)}”.`
  return registrationOf(code) === 'unregistered' ? `“${quoted(code)}” is no registered error.` : null
}

function oddCharacters({ reading }: Sent): string | null {
  const words = reading.kind === 'refused' ? (reading.error.error_description ?? '') : ''
  const odd = /[^\x20-\x21\x23-\x5B\x5D-\x7E]/u.exec(words)?.[0]
  return odd === undefined ? null : `error_description has the character “${quoted(odd)}”.`
}

/** What no outsider needs, and every framework prints in its setting for developers. */
const inner: readonly (readonly [pattern: RegExp, what: string])[] = [
  [
    /\n?\s+at [\w$.<>]{1,200} ?\([^)\n]{1,300}:\d+(?::\d+)?\)|\bat [\w.$]+\([\w]+\.java:\d+\)/,
    'a stack trace',
  ],
  [/Traceback \(most recent call last\)|File "[^"]+", line \d+/, 'a stack trace'],
  [
    /\b(?:[a-z]\w{0,60}\.){2,12}[A-Z]\w{0,80}(?:Exception|Error)\b|\b[A-Z]\w{1,80}Exception\b/,
    'the name of an exception',
  ],
  [
    /(?:^|[\s"'(])(?:\/(?:usr|home|var|opt|app|srv|root|node_modules)\/|[A-Z]:\\)[\w.\\/-]+/,
    'a path of its machine',
  ],
  [
    /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\b.{1,200}\b(?:FROM|WHERE|VALUES|SET)\b|SQLSTATE|ORA-\d{5}/,
    'SQL',
  ],
]

function disclosed(sent: Sent): string | null {
  const response = responseOf(sent)
  const body = response && decodeBody(response)
  if (body?.kind !== 'text') return null
  const what = inner.find(([pattern]) => pattern.test(body.text.slice(0, 20_000)))?.[1]
  return what === undefined ? null : `A response with status ${statusOf(sent)} has ${what} in it.`
}

function challenge(seen: Seen): Judgement {
  const sent = refusals(seen).filter((one) => statusOf(one) === 401)
  if (sent.length === 0) return skipped('The server sent no 401.')
  const seeable = sent.filter((one) => seesField(seen.environment, one, 'www-authenticate'))
  if (seeable.length === 0)
    return skipped('A page cannot read WWW-Authenticate: the server does not expose it.')
  const missing = seeable.find((one) => challengesOf(responseOf(one)?.headers ?? []).length === 0)
  if (missing) return deviates('A 401 has no WWW-Authenticate.', { evidence: missing })
  const other = seeable.find((one) => !namesScheme(one))
  if (other)
    return deviates('The challenge of a 401 is of another scheme than the one that the client used.', {
      section: rfc(6749, '5.2'),
      evidence: other,
    })
  const nameless = seeable.find((one) => lacksRealm(one))
  return nameless
    ? noted('Basic in a challenge has no realm.', { section: rfc(7617, '2'), evidence: nameless })
    : ok(`So are all ${seeable.length} responses with status 401.`)
}

const challengesIn = (sent: Sent) => challengesOf(responseOf(sent)?.headers ?? [])

function namesScheme(sent: Sent): boolean {
  const used = headerValue(sent.exchange.request.headers, 'authorization')?.split(' ', 1)[0]?.toLowerCase()
  return used === undefined || challengesIn(sent).some(({ scheme }) => scheme.toLowerCase() === used)
}

const lacksRealm = (sent: Sent): boolean =>
  challengesIn(sent).some((one) => /^basic$/i.test(one.scheme) && challengeParameter(one, 'realm') === null)
