import { corsSteps, guideForm } from '../../src/lib/explanation/server-record.ts'
import type { Explanation, Fix } from '../../src/lib/explanation/explanation.ts'
import { headerValue, type HttpRequest } from '../../src/lib/http/message.ts'
import { expand, match } from '../../src/lib/explanation/pattern.ts'
import { issuerOfDocument } from '../../src/lib/oauth/discovery/discovery.ts'
import { inHeader } from '../../src/lib/oauth/config/auth-methods.ts'
import {
  frameworkForm,
  type FrameworkId,
  frameworkParts,
  usualFramework,
} from '../../src/lib/servers/frameworks/frameworks.ts'
import { records } from '../../src/lib/servers/records/records.ts'
import { knownServer } from '../../src/lib/servers/known-server.ts'
import { type Server, type ServerId, serversFor } from '../../src/lib/servers/servers.ts'
import type { CauseId as ConnectionCauseId, Diagnosis } from '../../src/lib/why/causes/causes.ts'
import { responseIn } from '../../src/lib/why/curl-output.ts'
import { diagnose } from '../../src/lib/why/diagnose.ts'
import { type Evidence, nothingBefore, type ProbeKind } from '../../src/lib/why/evidence/evidence.ts'
import { targetOf } from '../../src/lib/why/evidence/target.ts'
import { pastedVerdict, verdictOfPaste } from '../../src/lib/why/verdict-of-paste.ts'
import type { Captured, Expectation } from './expectation.ts'
import { asSeenByPage, capturedAt, type CapturedExchange, configOf, leadsToSlash } from './seen-by-page.ts'

/** The product that the user chose; APIs have none. */
const chosen: Readonly<Record<Captured, ServerId>> = {
  simpleidserver: 'simpleidserver',
  openiddict: 'openiddict',
  identityserver4: 'duende',
  keycloak: 'keycloak',
  'aspnet-api': 'own',
  'helseid-sample-api': 'helseid',
  'helseid-client-against-an-imitation': 'helseid',
  'spring-authorization-server': 'spring',
  'spring-resource-server': 'own',
  'mock-oauth2-server': 'mock-oauth2-server',
  'ory-hydra': 'hydra',
  'zitadel-oidc': 'zitadel',
  'django-oauth-toolkit': 'django',
  fastapi: 'fastapi',
  nginx: 'own',
  mcp: 'oidc-provider',
}

/** What the user says that an API is made with; the others are what is usual next to their server. */
const madeWith: Readonly<Partial<Record<Captured, FrameworkId>>> = {
  'aspnet-api': 'asp-net',
  'spring-resource-server': 'spring',
  'django-oauth-toolkit': 'django',
  fastapi: 'fastapi',
  nginx: 'nginx',
}

const failed = { kind: 'failed', message: 'Failed to fetch', wire: 'unknown' } as const
const answered = { kind: 'answered', status: null } as const

const probed = (id: number, kind: ProbeKind, is: boolean) =>
  ({ kind, id, duration: 4, result: is ? answered : failed }) as const

/** What a page knows of a refusal whose response it may not read: what it sent, what its probes come to, what went before. */
function evidenceOf(expectation: Expectation): Evidence {
  const { file, line, endpoint, origin, known } = expectation
  const exchange = capturedAt(file, line)
  const request = requestOf(exchange)
  const before = known?.before?.join('\n') ?? ''
  const config = configOf(request)
  const server = serverOf(file)
  const { origin: base } = new URL(request.url)
  const readMetadata = /metadata of this server was read/.test(before)
  const named = match(server.patterns.token_endpoint, request.url) ?? inRealm(request.url)
  const told = expand(server.patterns.token_endpoint, { ...server.initial, base, ...named })
  const isRedirected = asSeenByPage(exchange, origin).kind === 'opaque-redirect'
  const refused = /refusal of this (URL|API) was read/i.test(before)
  const tokenRead = /no preflight was answered readably/.test(before)
  const simple = tokenRead && endpoint === 'token'
  const readable = refused || /preflight to this URL passed/.test(before)
  const ofServer =
    endpoint === 'api'
      ? null
      : knownServer(server, records[server.kind], {
          url: request.url,
          about: endpoint,
          config: {
            ...config,
            discovery: endpoint === 'metadata' ? (issuerOfDocument(request.url) ?? base) : base,
            token_endpoint: endpoint === 'token' ? request.url : told,
          },
          told: readMetadata ? told : null,
        })
  const target = targetOf(request, origin, endpoint, inHeader(config) && endpoint !== 'api')
  return {
    page: { origin, engine: 'chromium', secureContext: true, online: true },
    target,
    exchange: { id: 1, duration: 4, result: isRedirected ? { kind: 'redirected' } : failed },
    probes: isRedirected
      ? [probed(2, 'other-slash', leadsToSlash(exchange))]
      : [
          probed(2, 'no-cors-get', true),
          probed(3, 'cors-get', readable),
          // The page tries that for a request that the browser asks about first.
          ...(target.asks.length > 0 ? [probed(4, 'preflight', readable)] : []),
          // To a page, https: fails alike if the port does not speak it and if its certificate is not trusted.
          ...(request.url.startsWith('http:') ? [probed(6, 'other-scheme', false)] : []),
          ...(ofServer?.metadataForAll ? [metadataProbe(exchange)] : []),
        ],
    allowsPost: false,
    violation: null,
    permission: null,
    before: {
      ...nothingBefore,
      simple,
      refused,
      beside: tokenRead && !simple,
      succeeded: simple || /call of this API with another token was read/.test(before),
      metadata: readMetadata
        ? 'read'
        : /metadata of this server could not be read/.test(before)
          ? 'unreadable'
          : null,
    },
    known: ofServer,
  }
}

/** Metadata that every page may read are where the endpoint is: they are not found if that is not. */
const metadataProbe = ({ response: { status } }: CapturedExchange) =>
  ({
    kind: 'metadata',
    id: 5,
    duration: 4,
    result: status === 404 ? failed : ({ kind: 'answered', status: 200 } as const),
  }) as const

function serverOf(file: Captured): Server {
  const server = serversFor('http://localhost:9000').find(({ id }) => id === chosen[file])
  if (!server) throw new Error(`No server is called ${chosen[file]}`)
  return server
}

/** What the path shows of the values that the patterns of the server are made with. */
function inRealm(url: string): Readonly<Record<string, string>> {
  const [, realm] = /\/realms\/([^/]+)/.exec(url) ?? []
  return realm === undefined ? {} : { realm }
}

const isOfPage = /^(accept|authorization|content-type|dpop)$/i

/** A preflight is asked for a request that nobody captured. */
function requestOf({ request }: CapturedExchange): HttpRequest {
  if (request.method !== 'OPTIONS')
    return { ...request, headers: request.headers.filter(([name]) => isOfPage.test(name)) }
  const wanted = headerValue(request.headers, 'access-control-request-headers')?.split(/, */) ?? []
  const headers = wanted.map(
    (name) => [name, name === 'authorization' ? 'Basic bTJtOnBhc3N3b3Jk' : 'x'] as const,
  )
  return {
    ...request,
    method: headerValue(request.headers, 'access-control-request-method') ?? 'POST',
    headers,
  }
}

/** By the causes of the expectations: what the connection check calls it if the page sees no response. */
const names: Readonly<Record<string, readonly ConnectionCauseId[]>> = {
  'token-type-not-revocable': ['success-only'],
  'introspection-needs-header': ['success-only'],
  'basic-not-form-encoded': ['success-only'],
  'client-id-missing': ['redirect', 'success-only'],
  'cors-off': ['cors-missing', 'preflight-refused', 'endpoint-lacks', 'preflight-redirect'],
  'cors-origin-refused': ['cors-missing', 'preflight-refused', 'origin-null', 'endpoint-lacks'],
  'cors-origin-not-listed': [
    'cors-missing',
    'preflight-refused',
    'origin-mismatch',
    'origin-null',
    'client-origins',
    'endpoint-lacks',
  ],
  'cors-request-refused': [
    'cors-missing',
    'preflight-refused',
    'origin-mismatch',
    'endpoint-lacks',
    'request-refused',
  ],
  'cors-headers-not-allowed': ['header-not-allowed', 'preflight-refused'],
  'cors-method-not-allowed': ['preflight-refused', 'method-not-allowed', 'endpoint-lacks'],
  'cors-on-one-chain': ['preflight-redirect', 'preflight-refused', 'endpoint-lacks', 'post-lacks'],
  'cors-not-for-path': ['endpoint-lacks', 'cors-missing', 'preflight-refused'],
  'cors-of-client-only': [
    'client-origins-only',
    'preflight-refused',
    'header-not-allowed',
    'cors-missing',
    'endpoint-lacks',
  ],
  'cors-any-origin-with-credentials': ['redirect', 'preflight-redirect'],
  'cors-twice': ['origin-twice', 'cors-missing'],
  'cors-after-authentication': ['after-authentication', 'success-only'],
  'cors-refused': ['cors-missing', 'preflight-refused', 'origin-mismatch', 'request-refused'],
  'preflight-refused': ['preflight-refused'],
  'introspection-without-cors': ['endpoint-uncovered'],
  exception: ['failed-unread', 'redirect'],
  'secret-read-as-json': ['failed-unread'],
  'registration-with-keys': ['failed-unread'],
  'gateway-no-response': ['failed-unread'],
  'gateway-body-too-large': ['cors-missing', 'wrong-path'],
  'gateway-rate-limit': ['cors-missing', 'wrong-path'],
  'path-unknown': ['other-path', 'wrong-path', 'no-issuer', 'redirect'],
  'path-with-double-slash': ['redirect', 'other-path'],
  'path-redirected': ['redirect', 'other-path'],
  'slash-at-end': ['redirect', 'other-path'],
  'metadata-elsewhere': ['other-path', 'wrong-path', 'redirect'],
  'other-endpoint': ['other-path'],
  'realm-missing': ['other-path'],
  'realm-unknown': ['no-issuer'],
  'redirect-to-https': ['redirect', 'preflight-redirect', 'to-https'],
  'https-required': ['speaks-https'],
  'login-page': ['redirect', 'preflight-redirect'],
  'secret-stored-without-prefix': ['redirect'],
  'token-not-jwt': ['success-only'],
  'no-credentials': ['no-token', 'redirect', 'success-only'],
}

/** Seen in a paste, or as a redirect, these are certain, and say less than why. */
const saysLess: readonly string[] = [
  'failed-unread',
  'preflight-refused',
  'cors-missing',
  'redirect',
  'preflight-redirect',
]

/** What the connection check says of it, the likeliest first; of what was pasted, its own verdict. */
function told(expectation: Expectation): readonly Diagnosis[] {
  const evidence = evidenceOf(expectation)
  const pasted = expectation.known?.pasted ?? ''
  if (pasted === '') return diagnose(evidence)
  const verdict = verdictOfPaste(pasted, evidence)
  return verdict ? [verdict] : []
}

/**
 * Holds what the page says if it sees no response to what it should say. Right: the cause is the first, with no more
 * certainty than there is, and the fixes are among those of all that is listed. Vague: it is listed. Wrong: anything else.
 * @param refusal what a pasted response or line says itself of the reason
 */
export function scoreUnseen(
  expectation: Expectation,
  refusal: { readonly explanation: Explanation; readonly cause: string } | null,
): { readonly score: 'right' | 'vague' | 'wrong'; readonly why: readonly string[] } {
  const diagnoses = told(expectation)
  const { cause, certainty, offered, notOffered } = expectation
  const pasted = expectation.known?.pasted ?? ''
  const first = pastedVerdict(
    pasted,
    pastedResponse(expectation) !== null,
    refusal?.explanation ?? null,
    diagnoses[0] ?? null,
  )
  if (!first) return { score: 'wrong', why: ['says nothing'] }
  const isReason = refusal !== null && first.id === undefined
  const offers = offersOf(
    (isReason ? [first] : diagnoses).flatMap(({ fixes }) => fixes),
    expectation,
  )
  const found = isReason ? [refusal.cause] : diagnoses.map(({ id }) => id)
  const wanted: readonly string[] = isReason ? [cause ?? ''] : (names[cause ?? ''] ?? [])
  const missing = offered.filter((pattern) => !new RegExp(pattern, 'i').test(offers))
  const bad = notOffered.filter((pattern) => new RegExp(pattern, 'i').test(offers))
  const place = cause === null ? 0 : found.findIndex((id) => wanted.includes(id))
  const overstated =
    cause !== null &&
    first.certainty === 'certain' &&
    certainty !== 'certain' &&
    !saysLess.includes(found[0] ?? '')
  const why = [
    ...(place === 0 ? [] : [`says ${found.join(', ')}; is ${cause ?? 'not known'}`]),
    ...missing.map((pattern) => `does not offer /${pattern}/: ${offers}`),
    ...bad.map((pattern) => `offers /${pattern}/: ${offers}`),
    ...(overstated ? [`says certain, is ${certainty}`] : []),
  ]
  if (place === -1 || bad.length > 0 || overstated) return { score: 'wrong', why }
  return { score: why.length > 0 ? 'vague' : 'right', why }
}

/** The response in what was pasted; `null` if there is none. */
export const pastedResponse = ({ known }: Expectation) => responseIn(known?.pasted ?? '')

/** What a reader of the fixes reads, the steps of the guide that one of them opens included. */
function offersOf(fixes: readonly Fix[], { file, line, origin, endpoint }: Expectation): string {
  const { guide } = records[chosen[file]]
  const { url } = requestOf(capturedAt(file, line))
  const config = configOf(requestOf(capturedAt(file, line)))
  const form = guideForm(serverOf(file), config, origin)
  const framework = madeWith[file] ?? usualFramework[chosen[file]]
  const parts = framework ? frameworkParts(framework, 'cors', frameworkForm(config, url, origin)) : []
  const steps = endpoint === 'api' ? parts.flatMap((part) => part.steps) : guide ? corsSteps(guide, form) : []
  return fixes
    .flatMap((fix) => {
      if (typeof fix === 'string') return [fix]
      if ('guide' in fix) return [fix.text, ...steps.map(({ text, code }) => `${text} ${code ?? ''}`)]
      return [fix.text, 'relay' in fix ? 'relay' : '', 'moveTo' in fix ? fix.moveTo : '']
    })
    .join('\n')
}
