import { fetchStandard, rfc } from '../../spec.ts'
import { accepted, documentAttempt } from '../base/attempts.ts'
import {
  type Attempt,
  deviates,
  type Judgement,
  noted,
  ok,
  type Rows,
  type Seen,
  type Sent,
  skipped,
} from '../base/row.ts'
import {
  came,
  codeOf,
  exposes,
  fieldOf,
  finals,
  issued,
  readableByPage,
  responseOf,
  statusOf,
} from '../base/sent.ts'
import { preflight, preflight401 } from './cors-preflight.ts'
import { keysUrl, metadataAttempts, noKeys } from './metadata/documents.ts'
import { workingMethods } from './token/basic.ts'
import { noSecret } from './token/client.ts'
import { baselineOf } from './token/response.ts'

const row = {
  group: 'cors',
  phase: 'afterwards',
  weight: 'note',
  section: fetchStandard('http-cors-protocol'),
} as const

const advice = 'Send Access-Control-Allow-Origin with every response, if pages are to call the server.'

/** A server for confidential clients need not respond to pages. */
const notForPages = (seen: Seen): string | null =>
  seen.verdictOf('cors-success') === 'ok'
    ? null
    : 'No page can read the working response: this server is not for pages.'

const withOrigin = (attempt: Attempt): Attempt => ({ ...attempt, by: 'node', origin: true })

/** What a page can send and read. */
export const corsRows = {
  'cors-success': {
    ...row,
    phase: 'first',
    title: 'The token response, from a page',
    expected: 'readable, if the server is for pages',
    means: 'No page can use this server.',
    advice,
    sends: [withOrigin(accepted({ says: 'The working request, with the Origin of a page.' }))],
    judge: (seen) => {
      const sent = finals(seen)[0] ?? baselineOf(seen)
      if (!sent) return skipped('Nothing was sent.')
      if (!issued(sent)) return noted(`With the Origin of a page it is refused. ${came(sent)}`)
      return readableByPage(sent, seen.environment) === true
        ? ok('A page can read it.')
        : noted('No page can read it: Access-Control-Allow-Origin does not name its origin.')
    },
  },
  'cors-refusal': {
    ...row,
    title: 'Refusals, from a page',
    expected: 'readable as tokens are',
    means: 'A page cannot say why it was refused.',
    advice,
    lacks: notForPages,
    judge: refusals,
  },
  'cors-preflight-401': {
    ...row,
    title: 'A refused Basic header, from a page',
    expected: 'a preflight that passes, and a 401 that is readable',
    means: 'A page cannot authenticate by a header, or cannot say why that failed.',
    advice:
      'Respond to OPTIONS without authentication, and name authorization in Access-Control-Allow-Headers.',
    unless: noSecret,
    lacks: (seen) => notForPages(seen) ?? noBasic(seen),
    sends: [preflight],
    judge: preflight401,
  },
  'cors-expose': {
    ...row,
    title: 'The challenge, from a page',
    expected: 'WWW-Authenticate in Access-Control-Expose-Headers',
    means: 'A page cannot read which way of authentication is demanded.',
    advice: 'Send Access-Control-Expose-Headers: WWW-Authenticate.',
    lacks: notForPages,
    judge: (seen) => {
      const [sent] = finals({ mine: seen.of('wrong-secret-basic') })
      if (!sent || statusOf(sent) !== 401) return skipped('There is no 401 that could be read.')
      return exposes(sent, seen.environment, 'WWW-Authenticate')
        ? ok('WWW-Authenticate is exposed.', { evidence: sent })
        : noted('WWW-Authenticate is not exposed.', { evidence: sent })
    },
  },
  'dpop-nonce-exposed': {
    ...row,
    weight: 'should',
    section: rfc(9449, '8'),
    title: 'The nonce for DPoP, from a page',
    expected: 'DPoP-Nonce in Access-Control-Expose-Headers',
    means: 'No page can send the nonce that the server demands.',
    advice: 'Send Access-Control-Expose-Headers: DPoP-Nonce.',
    lacks: notForPages,
    judge: (seen) => {
      const sent = seen.all.find((one) => codeOf(one) === 'use_dpop_nonce')
      if (!sent) return skipped('The server asked for no nonce.')
      return exposes(sent, seen.environment, 'DPoP-Nonce')
        ? ok('DPoP-Nonce is exposed.', { evidence: sent })
        : deviates('DPoP-Nonce is not exposed.', { evidence: sent })
    },
  },
  'cors-discovery': {
    ...row,
    title: 'The metadata, from a page',
    expected: 'readable',
    means: 'A page cannot find the server by its issuer.',
    advice: 'Send Access-Control-Allow-Origin: * with the metadata.',
    unless: ({ issuer }) => (issuer === null ? 'No issuer is configured.' : null),
    lacks: notForPages,
    sends: metadataAttempts.map(withOrigin),
    judge: (seen) => readable(seen, 'issuer-equal'),
  },
  'cors-jwks': {
    ...row,
    title: 'The keys, from a page',
    expected: 'readable',
    means: 'A page cannot verify tokens.',
    advice: 'Send Access-Control-Allow-Origin: * with the keys.',
    lacks: (seen) => notForPages(seen) ?? noKeys(seen),
    sends: [withOrigin(documentAttempt('The key set, with the Origin of a page.', keysUrl))],
    judge: (seen) => readable(seen, 'jwks-key'),
  },
  'cors-vary': {
    ...row,
    title: 'Caches and the origin',
    expected: 'Vary: Origin, if the origin is repeated and the response may be cached',
    means: 'A cache gives the response for one page to another, which cannot read it then.',
    advice: 'Send Vary: Origin with metadata and keys, or Access-Control-Allow-Origin: *.',
    lacks: notForPages,
    judge: vary,
  },
} as const satisfies Rows

const noBasic = (seen: Seen): string | null =>
  workingMethods(seen).includes('client_secret_basic')
    ? null
    : 'The server accepts no Basic header of this client.'

/** A page learns it by inference: what it could not read, though the working request before and after it was. */
function refusals(seen: Seen): Judgement {
  const { environment, all } = seen
  const judged = all.filter(({ attempt, exchange }) => {
    const { status } = responseOf({ exchange } as Sent) ?? { status: 0 }
    // A 404 or 405 is of the framework, before OAuth is reached.
    if (attempt.target !== 'token' || attempt.works === true || exchange.request.method !== 'POST')
      return false
    return status === 0
      ? environment.kind === 'page' && exchange.outcome.kind === 'failure'
      : status >= 400 && status < 500
  })
  if (judged.length === 0) return skipped('There is no refusal.')
  const hidden = judged.filter((sent) => readableByPage(sent, environment) === false)
  const [first] = hidden
  return first
    ? noted(`No page can read ${hidden.length} of ${judged.length} refusals.`, { evidence: first })
    : ok('A page can read the refusals.', { evidence: judged[0] })
}

/** Of a page what another row asked for counts: its request named the origin already. */
function readable(seen: Seen, id: string): Judgement {
  const sent = finals(seen).length > 0 ? finals(seen) : finals({ mine: seen.of(id) })
  if (sent.length === 0) return skipped('Nothing was sent.')
  const there = sent.filter((one) => seen.environment.kind === 'page' || statusOf(one) === 200)
  const found = there.find((one) => readableByPage(one, seen.environment) === true && statusOf(one) === 200)
  if (found) return ok('A page can read it.', { evidence: found })
  return there.length === 0 ? skipped(came(sent[0])) : noted('No page can read it.', { evidence: there[0] })
}

function vary(seen: Seen): Judgement {
  if (seen.environment.kind === 'page')
    return skipped('A page cannot read Vary. Run the command to see it.', {
      evidence: seen.of('issuer-equal')[0],
    })
  const sent = [...seen.of('cors-discovery'), ...seen.of('cors-jwks')].filter((one) => statusOf(one) === 200)
  if (sent.length === 0) return skipped('There is nothing to look at.')
  const wrong = sent.find((one) => {
    const isRepeated = ![null, '*'].includes(fieldOf(one, 'access-control-allow-origin'))
    const isCacheable = !/no-store/i.test(fieldOf(one, 'cache-control') ?? '')
    return isRepeated && isCacheable && !/(^|[\s,])(origin|\*)($|[\s,])/i.test(fieldOf(one, 'vary') ?? '')
  })
  return wrong
    ? noted('The origin is repeated, and Vary does not name Origin.', { evidence: wrong })
    : ok('Caches can tell the responses apart.', { evidence: sent[0] })
}
