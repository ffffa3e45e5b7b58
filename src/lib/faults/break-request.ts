import type { HttpRequest } from '../http/message.ts'
import { generateKey } from '../keys/generate-key.ts'
import { composeApiRequest } from '../oauth/api/api-request.ts'
import { usesSecret } from '../oauth/config/auth-methods.ts'
import type { ApiCall } from '../oauth/config/api-call.ts'
import type { TokenRequestConfig } from '../oauth/config/config.ts'
import { dpopKey } from '../oauth/config/derived-values.ts'
import type { Signing } from '../oauth/compose/signing.ts'
import { readToken } from '../oauth/response/read-response.ts'
import { composeTokenRequest } from '../oauth/token/token-request.ts'
import { setSigned, signedIn } from './edit-request.ts'
import type { Change, Fault, Setting, SignedName, Use } from './fault.ts'

/**
 * Composes the token request of a configuration with something wrong on purpose: as every other is composed, and what
 * is signed is signed anew. Rejects as `composeTokenRequest` does.
 */
export async function composeBroken(
  { change }: Pick<Fault, 'change'>,
  setting: Setting,
  signing: Signing,
): Promise<HttpRequest> {
  const config = brokenConfig(change, setting.config)
  const request = await composeTokenRequest(config, await brokenSigning(change, config, signing))
  if (change.kind === 'signed again') return signedAgain(change, request, config, signing)
  return change.kind === 'request' ? change.to(request, setting) : request
}

async function signedAgain(
  { part, by }: Extract<Change, { kind: 'signed again' }>,
  request: HttpRequest,
  config: TokenRequestConfig,
  { findKey }: Signing,
): Promise<HttpRequest> {
  const key = findKey(keyOf(part, config))
  if (!key) return request
  const jwt = await by(signedIn(request, part), key)
  return setSigned(request, part, () => jwt)
}

/** The configuration that a broken request was made from, by which it is to be understood. */
export function brokenConfig(change: Change, config: TokenRequestConfig): TokenRequestConfig {
  if (change.kind === 'config') return change.to(config)
  const isSecret = change.kind === 'foreign key' && change.part === 'client_assertion' && usesSecret(config)
  return isSecret ? { ...config, client_secret: foreignSecret } : config
}

/** Long enough for HS512. */
const foreignSecret = 'not-the-secret-'.repeat(5)

async function brokenSigning(change: Change, config: TokenRequestConfig, signing: Signing): Promise<Signing> {
  if (change.kind === 'signed') return { ...signing, wrong: { [change.part]: { spoil: change.spoil } } }
  if (change.kind !== 'foreign key') return signing
  const alg = signing.findKey(keyOf(change.part, config))?.alg
  if (alg === undefined) return signing
  // Made for this one request, and thrown away with it.
  const { privateKey } = await generateKey(alg, {})
  return { ...signing, wrong: { [change.part]: { privateKey } } }
}

const keyOf = (part: SignedName, config: TokenRequestConfig): string =>
  part === 'DPoP' ? dpopKey(config) : config.assertion.key

/** The call that a fault makes of a right one. */
export function brokenCall({ change }: Fault, call: ApiCall): ApiCall {
  return change.kind === 'call' ? change.to(call) : call
}

/** Composes the call of an API with something wrong on purpose. Rejects as `composeApiRequest` does. */
export async function composeBrokenCall(
  fault: Fault,
  use: Use,
  setting: Setting,
  signing: Signing,
): Promise<HttpRequest> {
  const { change } = fault
  const { token } = use
  const presented = change.kind === 'token' ? readToken(change.to(token.accessToken, use)) : token
  const request = await composeApiRequest(brokenCall(fault, use.call), presented, setting.config, signing)
  return change.kind === 'request' ? change.to(request, setting) : request
}
