import { fetchStandard, rfc } from '../../spec.ts'
import type { Fix } from '../../explanation/explanation.ts'
import type { Tell } from './rule.ts'
import type { Symptoms } from '../evidence/symptoms.ts'
import {
  allowOrigin,
  avoidPreflight,
  compare,
  lookInTab,
  readConsole,
  runLocally,
  throughRelay,
} from './common-fixes.ts'

const spec = [fetchStandard('http-cors-protocol')]
const log = 'Read the server’s log: the reason is there.'

/** The server responds, and the page may not read it. */
export const corsCauses = {
  'cors-missing': (symptoms) => ({
    title: 'The server does not let this page read its responses',
    meaning: `Something responds at ${symptoms.url.host}, but not with Access-Control-Allow-Origin: ${symptoms.evidence.page.origin} (CORS). Either CORS is off there; or this origin is not among those allowed; or the header is there twice; or the path is wrong, and the page that says so has no CORS.`,
    fixes: [
      ...initialToken(symptoms),
      ...allowOrigin,
      compare(symptoms),
      throughRelay(symptoms),
      lookInTab(symptoms),
      readConsole,
    ],
    spec,
  }),
  'endpoint-lacks': (symptoms) => ({
    title: 'The metadata can be read, and this endpoint cannot',
    meaning: `This page read the metadata at ${symptoms.url.host}, so the server is there. That shows CORS of the metadata alone: some servers let every page read those. CORS of this endpoint is off, or does not list ${symptoms.evidence.page.origin}.`,
    fixes: [
      ...initialToken(symptoms),
      ...allowOrigin,
      { text: 'See with curl what the endpoint responds', copy: 'request' },
      throughRelay(symptoms),
      readConsole,
    ],
    spec,
  }),
  'request-refused': (symptoms) => ({
    title: 'CORS is on, and does not allow this request',
    meaning: `A CORS filter of Spring refused the request itself, and nothing was processed: ${symptoms.evidence.before.metadata === 'read' ? '' : 'the origin, '}the method or a header field of it is not among those allowed for this path.`,
    fixes: [...allowInSpring(symptoms), throughRelay(symptoms)],
    spec,
  }),
  'no-issuer': (symptoms) => ({
    title: 'The server has no realm or issuer of this name',
    meaning: `Every page may read the metadata of ${symptoms.evidence.known?.name ?? 'this server'}, and for this path there are none that a page may read.`,
    fixes: [...[symptoms.evidence.known?.metadataForAll?.ifMissing ?? []].flat(), lookInTab(symptoms)],
    spec: [rfc(9110, '15.5.5')],
  }),
  'client-origins': (symptoms) => ({
    title: `The ${setting(symptoms)} of this client do not list this page`,
    meaning: `The path is right: the metadata say so. ${readByAll(symptoms)} probably right, and ${symptoms.evidence.page.origin} is missing in the ${setting(symptoms)} of the client.`,
    fixes: [...initialToken(symptoms), ...allowOrigin, throughRelay(symptoms)],
    spec,
  }),
  'origin-null': () => ({
    title: 'This page’s origin is “null”',
    meaning:
      'It was opened as a file, or in a sandbox, as any other could be: a server that lists origins cannot list it safely. Only one that allows every origin lets it read.',
    fixes: [runLocally],
    spec,
  }),
  'origin-mismatch': (symptoms) => ({
    title: 'The server allows another origin than this page’s',
    meaning: `Access-Control-Allow-Origin has to be ${symptoms.evidence.page.origin}, to the letter: scheme, host and port, no slash at its end. localhost and 127.0.0.1 are two origins.`,
    fixes: [...allowOrigin, throughRelay(symptoms)],
    spec,
  }),
  'origin-twice': () => ({
    title: 'Access-Control-Allow-Origin is there twice',
    meaning: 'Server and proxy both set it, and browsers accept one value only.',
    fixes: [
      'Let one of the two set it, the proxy or the server: in nginx, proxy_hide_header Access-Control-Allow-Origin drops that of the server.',
      ...allowOrigin,
    ],
    spec,
  }),
  corp: (symptoms) => ({
    title: 'The response may be used by its own origin only',
    meaning:
      'It has Cross-Origin-Resource-Policy: same-origin, as helmet sets it, and the request was one that does not ask for CORS. A response with CORS headers is not touched by that: it is those that are missing.',
    fixes: [...allowOrigin, throughRelay(symptoms)],
    spec: [fetchStandard('cross-origin-resource-policy-header')],
  }),
  'cors-passes': ({ evidence }) => ({
    title: 'This response would let the page read it',
    meaning: `Access-Control-Allow-Origin fits ${evidence.page.origin}. So what fails is not CORS on this response: it is the preflight, another status of the same server, the certificate, or the browser itself.`,
    fixes: [{ text: 'Look at the preflight too', copy: 'preflight' }, readConsole],
    spec,
  }),
  'other-path': (symptoms) => ({
    title:
      symptoms.evidence.target.about === 'metadata'
        ? 'The metadata of this server are at another place'
        : 'This is not the token endpoint of the server',
    meaning: `The metadata, or what is known of ${symptoms.evidence.known?.name ?? 'this server'}, name another path. A page that says 404 or 405 has no CORS headers there, so that this page cannot read it.`,
    fixes: [
      ...[symptoms.evidence.known?.elsewhere ?? []]
        .flat()
        .map((url) => ({ text: `Use ${url}`, moveTo: url })),
      { text: 'See the status with curl', copy: 'request' as const },
    ],
    spec: [rfc(9110, '15.5.5')],
  }),
  'wrong-path': (symptoms) => ({
    title: 'The path may be wrong',
    meaning:
      'A page that says 404, 405 or 500 often comes from before the part of the server that adds CORS headers, and cannot be read either.',
    fixes: [compare(symptoms), { text: 'See the status with curl', copy: 'request' }, lookInTab(symptoms)],
    spec,
  }),
  'response-lacks': (symptoms) => ({
    title: 'The preflight passes, but the response itself has no CORS header',
    meaning: `The server accepted the request, and its response lacks Access-Control-Allow-Origin: ${symptoms.evidence.page.origin}, or has it twice. Servers that add it to what succeeds alone, or to OPTIONS alone, do that.`,
    fixes: [...allowOrigin, log, throughRelay(symptoms)],
    spec,
  }),
  'no-token': (symptoms) => ({
    title: 'The request has no token, and the refusal no CORS header',
    meaning:
      'Nothing is in Authorization, so an API refuses; and the page is not given its refusal, as CORS is off there or comes after authentication.',
    fixes: ['Present the token.', ...allowOrigin, throughRelay(symptoms)],
    spec: [...spec, rfc(6750, '3')],
  }),
  'success-only': (symptoms) => ({
    title: 'The server refused, and its refusal has no CORS header',
    meaning: `${symptoms.evidence.known?.successOnly ? `${symptoms.evidence.known.name} adds CORS headers to what succeeds alone` : 'This page could read a response from there before. Many servers add CORS headers to what succeeds alone'}: probably ${isApi(symptoms) ? 'the token is' : 'the credentials or the scope are'} wrong, and the error that says so is withheld.`,
    fixes: [
      ...suspects(symptoms),
      { text: 'See the error with curl', copy: 'request' },
      throughRelay(symptoms),
      ...(symptoms.evidence.known?.successOnly ? [] : [log, ...allowOrigin]),
    ],
    spec,
  }),
  'after-authentication': (symptoms) => ({
    title: 'CORS comes after authentication in the server',
    meaning:
      'This page read a success from there, and neither its refusals nor its metadata. That is how a server behaves whose CORS comes too late: what is refused before gets no CORS headers, and a preflight is refused as it has no credentials.',
    fixes: [
      'In ASP.NET Core, call app.UseCors() before app.UseAuthentication() and app.UseAuthorization().',
      ...avoidPreflight(symptoms),
      throughRelay(symptoms),
      { text: 'See the error with curl', copy: 'request' },
    ],
    spec,
  }),
  'client-origins-only': (symptoms) => ({
    title: 'The client lists this page’s origin, and the server does not',
    meaning: `${symptoms.evidence.known?.originsOfRequest ?? 'The origins'} of a client count for requests that name this client. A preflight names none, and neither do metadata and keys: these need the server’s own list of origins.`,
    fixes: [...allowOrigin, ...avoidPreflight(symptoms), throughRelay(symptoms)],
    spec: [...spec, fetchStandard('cors-preflight-fetch')],
  }),
  'failed-unread': (symptoms) => ({
    title: 'The server failed, and its failure has no CORS header',
    meaning: `${symptoms.evidence.before.refused ? 'This page read refusals from there before, so CORS is on.' : 'This page read other responses of this server, so CORS is on there.'} An exception that nobody catches loses the CORS headers${losesInExceptions(symptoms) ? `, as in ${symptoms.evidence.known?.name ?? ''}` : ''}: then the status is 500, and the page is not given it.`,
    fixes: [
      ...(symptoms.evidence.known?.suspects ?? []),
      'Read the log of the server at this moment: the exception is there.',
      { text: 'See the status with curl', copy: 'request' },
      throughRelay(symptoms),
    ],
    spec: [...spec, rfc(9110, '15.6')],
  }),
  'endpoint-uncovered': (symptoms) => ({
    title: `CORS of this server does not cover ${symptoms.evidence.target.about}`,
    meaning: `${symptoms.evidence.known?.name ?? 'The server'} sends CORS headers at some of its endpoints only, and this is none of them.`,
    fixes: [
      ...[symptoms.uncovered ?? []].flat(),
      throughRelay(symptoms),
      { text: 'Ask with curl', copy: 'request' },
    ],
    spec,
  }),
  'post-lacks': (symptoms) => ({
    title: `The response to the ${symptoms.evidence.target.method} has no CORS header`,
    meaning:
      'A GET without a token or a client can be read there; the response to the request itself cannot. The server adds CORS headers by method, by status or by client, or an error came from before the part that adds them.',
    fixes: [...allowOrigin, log, throughRelay(symptoms), readConsole],
    spec,
  }),
  'this-response-lacks': (symptoms) => ({
    title: 'Only the response to this request cannot be read',
    meaning:
      'A POST without credentials gets a readable response; the response to this client lacks CORS headers. Some servers look up the allowed origins of the client, and this one has none. Or it failed this once.',
    fixes: ['Try again.', ...allowOrigin, log, throughRelay(symptoms)],
    spec,
  }),
} as const satisfies Record<string, Tell>

/** What of the request is not read before is not known to be allowed. */
function allowInSpring({ evidence: { before, page, target } }: Symptoms): readonly string[] {
  const lines = [
    ...(before.metadata === 'read' ? [] : [`addAllowedOrigin("${page.origin}")`]),
    `addAllowedMethod("${target.method}")`,
    ...(target.asks.length === 0 ? [] : [`addAllowedHeader("*")`]),
  ]
  return [
    `Add to the CorsConfiguration of the server: ${lines.join(', ')}. Its allowed methods are GET and HEAD unless it says more.`,
  ]
}

function suspects({ evidence: { target, known } }: Symptoms): readonly Fix[] {
  if (known?.successOnly && known.suspects.length > 0) return known.suspects
  if (target.token === 'opaque')
    return ['Check the token: it is no JWT, and an API that accepts JWTs alone refuses it.']
  return target.about === 'api'
    ? ['Check the token: its lifetime, audience and scope.']
    : ['Check client ID, secret and scope.']
}

const losesInExceptions = ({ evidence: { known } }: Symptoms): boolean =>
  known !== null && (known.losesCors || known.exceptionsLoseCors === true)

const setting = ({ evidence }: Symptoms): string => evidence.known?.originsOfClient ?? 'origins'

/** What a refusal that every page may read would have said, and this one did not. */
const readByAll = ({ evidence: { known } }: Symptoms): string =>
  `${known?.name ?? 'The server'} lets every page read that a client is unknown${known?.originsBeforeSecret === true ? ', and looks at the secret later. So the ID is' : ' or its secret wrong. So ID and credentials are'}`

/** @see RFC 7591 section 3 */
const initialToken = ({ evidence: { target } }: Symptoms): readonly Fix[] =>
  target.about === 'registration'
    ? [
        'Enter an initial access token, if the server wants one: without it some refuse in a response that no page may read.',
      ]
    : []

const isApi = ({ evidence }: Symptoms): boolean => evidence.target.about === 'api'
