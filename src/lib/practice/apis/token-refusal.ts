import { empty, json } from '../base/response.ts'
import type { PracticeApi, TokenScheme } from './apis.ts'
import type { Rule } from '../base/check-log.ts'
import { metadataUrl } from './resource-metadata-url.ts'
import { ProtocolError } from '../base/protocol-error.ts'
import { asymmetricAlgs } from '../signatures/signature-algs.ts'
import { describable } from '../base/wording.ts'

/** @see RFC 6750 section 3.1 and RFC 9449 section 7.1 */
const statusOf = {
  invalid_request: 400,
  invalid_token: 401,
  invalid_dpop_proof: 401,
  use_dpop_nonce: 401,
  insufficient_scope: 403,
} as const

/** How an API refuses a token; the client learns what was found, unless `description` says less. */
export type RefuseToken = (
  error: keyof typeof statusOf,
  rule: Rule,
  found: string,
  more?: { readonly description?: string; readonly headers?: Readonly<Record<string, string>> },
) => ProtocolError

/**
 * Refuses requests that came with a token, by the schemes they used it with. A challenge for each scheme that the API
 * accepts, and the error in that of the one used: "the corresponding challenge SHOULD be used to deliver error
 * information". Each says which scope is needed, and where the metadata of the API are.
 * @see RFC 6750 section 3, RFC 9449 section 7.2 and RFC 9728 section 5.1
 */
export function tokenRefusal(api: PracticeApi, used: readonly TokenScheme[]): RefuseToken {
  return (error, rule, found, { description = found, headers = {} } = {}) => {
    const error_description = describable(description)
    const fields = { ...refusalHeaders(api, used, { error, error_description }), ...headers }
    const status = statusOf[error]
    // The body says it too, if nothing is to be hidden: a page can always read that.
    const body = api.exposesChallenge
      ? json(status, { error, error_description }, fields)
      : empty(status, fields)
    return new ProtocolError(rule, found, body)
  }
}

/**
 * A client that did not authenticate at all learns how to, and gets no error code.
 * @see RFC 6750 section 3.1
 */
export function tokenMissing(api: PracticeApi, rule: Rule, found: string): ProtocolError {
  return new ProtocolError(rule, found, empty(401, refusalHeaders(api, [], {})))
}

function refusalHeaders(
  api: PracticeApi,
  used: readonly TokenScheme[],
  error: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const challenges = api.schemes.map((scheme) => {
    const parameters = {
      realm: 'practice',
      ...(used.includes(scheme) ? error : {}),
      scope: api.scope,
      resource_metadata: metadataUrl(api.url),
      ...(scheme === 'DPoP' ? { algs: asymmetricAlgs.join(' ') } : {}),
    }
    return `${scheme} ${Object.entries(parameters)
      .map(([name, value]) => `${name}="${value}"`)
      .join(', ')}`
  })
  return { 'WWW-Authenticate': challenges.join(', '), 'Cache-Control': 'no-store' }
}
