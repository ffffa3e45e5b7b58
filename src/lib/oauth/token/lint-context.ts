import { type Exchange, headerValue, type HttpResponse } from '../../http/message.ts'
import type { LintContext } from '../../jwt/lint/lint-token.ts'
import { decode } from '../../jwt/decode/decode.ts'
import { practiceTokenEndpoint } from '../../practice/base/origin.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { issuerOf } from '../config/derived-values.ts'
import { discoveryAttempts } from '../discovery/discovery.ts'
import type { Metadata } from '../discovery/metadata.ts'
import { proofThumbprint } from '../compose/proof-thumbprint.ts'
import type { Reading } from '../response/read-response.ts'

/** The exchange that brought a token. */
interface Issuance {
  readonly exchange: Exchange
  readonly config: TokenRequestConfig
  readonly understanding: { readonly reading: Reading; readonly skew: number | null } | null
}

/** What a token from elsewhere is compared with: the clock, and nothing of any exchange. */
export function contextOfPasted(now: number): LintContext {
  return {
    now,
    skew: 0,
    issuer: null,
    typedIssuer: null,
    tokenEndpoint: null,
    audience: null,
    client_id: '',
    client_secret: '',
    requestedScope: null,
    requestedResource: [],
    requestedAudience: [],
    response: null,
    noStore: null,
    receivedAt: null,
    thumbprint: null,
  }
}

/**
 * What a token is compared with: the exchange that brought it, and what its server says of itself.
 * @param now milliseconds since 1970
 * @param metadata what was found for the server that is chosen now; `null` if nothing was
 */
export async function contextOfIssued(
  now: number,
  { exchange, config, understanding }: Issuance,
  metadata: Metadata | null,
): Promise<LintContext> {
  const answer = understanding?.reading.kind === 'issued' ? understanding.reading.answer : null
  // As it went out: a replay has the bytes of an earlier form, and a custom parameter may name a scope too.
  const asked = new URLSearchParams(exchange.request.body ?? '')
  return {
    ...contextOfPasted(now),
    skew: understanding?.skew ?? 0,
    issuer: knownIssuer(config, metadata),
    typedIssuer: typedIssuer(config),
    tokenEndpoint: config.token_endpoint,
    client_id: config.client_id,
    client_secret: config.client_secret,
    requestedScope: asked.get('scope') || null,
    requestedResource: asked.getAll('resource'),
    // Repeated, as RFC 8693 has it, or with spaces between, as Ory Hydra reads it.
    requestedAudience: asked.getAll('audience').flatMap((value) => value.split(' ').filter(Boolean)),
    response: answer?.members ?? null,
    noStore: answer && saysNoStore(answer.response),
    receivedAt: exchange.startedAt + exchange.duration,
    thumbprint: await proofKey(exchange),
  }
}

/** The form may have moved on to another server, whose metadata is none of this exchange's. @see RFC 8414 section 2 */
function knownIssuer(config: TokenRequestConfig, metadata: Metadata | null): string | null {
  if (config.issuer !== '') return config.issuer
  if (config.token_endpoint === practiceTokenEndpoint) return issuerOf(config) || null
  return metadata?.token_endpoint === config.token_endpoint ? (metadata.issuer ?? null) : null
}

/** Of a document's URL, the issuer is known without what may be its last slash. @see RFC 8414 section 3.1 */
function typedIssuer({ discovery }: TokenRequestConfig): string | null {
  const attempts = discoveryAttempts(discovery)
  return attempts.ok ? attempts.issuer : null
}

/** `Cache-Control` is a field that CORS hides from nobody. @see RFC 9111 section 5.2.2.5 */
function saysNoStore({ headers }: HttpResponse): boolean {
  const directives = (headerValue(headers, 'cache-control') ?? '').split(',')
  return directives.some((directive) => directive.trim().toLowerCase() === 'no-store')
}

/** @see RFC 9449 section 4.2 */
async function proofKey({ request }: Exchange): Promise<string | null> {
  const proof = headerValue(request.headers, 'dpop')
  const decoded = proof === null ? null : decode(proof)
  return decoded === null || decoded.kind === 'opaque' ? null : proofThumbprint(decoded.header.value)
}
