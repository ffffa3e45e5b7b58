import { keyAlgs } from '../../keys/key.ts'
import { type SecretAlg, secretAlgs, type TokenRequestConfig } from '../config/config.ts'
import { type AuthMethod, authMethods, isAuthMethod } from '../config/auth-methods.ts'
import { atOrigin, httpUrl } from '../../http/http-url.ts'
import type { Metadata } from './metadata.ts'

/** A value out of the metadata for a field of the form that has another one. */
export interface Proposal {
  /** As the form calls it. */
  readonly field: string
  readonly current: string
  readonly proposed: string
  readonly change: Partial<TokenRequestConfig>
  /**
   * Whether the user typed or chose the current value, or the new one would send secrets to another origin than the
   * issuer's: then it is offered only, and never put in unasked.
   */
  readonly typed: boolean
}

/**
 * What the metadata would fill in. `initial` has the values nobody typed: those the server's record starts with, and
 * what an earlier discovery filled in. `availableAlgs` are the algorithms this page has keys for.
 */
export function metadataProposals(
  config: TokenRequestConfig,
  initial: TokenRequestConfig,
  metadata: Metadata,
  availableAlgs: readonly string[] = keyAlgs,
  responded: string | null = null,
): readonly Proposal[] {
  const method = methodFor(config, metadata, availableAlgs)
  const algorithm = secretAlgFor(config, method, metadata)
  return [
    ...issuer(config, metadata),
    ...tokenEndpoint(config, initial, metadata),
    ...whereItResponded(config, metadata, responded),
    ...(method === config.token_endpoint_auth_method ? [] : [authMethod(config, initial, method)]),
    ...(algorithm === config.assertion.secret_alg ? [] : [signedWith(config, initial, algorithm)]),
  ]
}

/** Several proposals as one change of the form. */
export function changeOf(proposals: readonly Proposal[]): Partial<TokenRequestConfig> {
  return Object.assign({}, ...proposals.map(({ change }) => change)) as Partial<TokenRequestConfig>
}

/** No field of the form: it is what was found, and nobody types it. */
function issuer({ issuer: current }: TokenRequestConfig, { issuer: proposed }: Metadata): Proposal[] {
  if (proposed === undefined || proposed === current) return []
  return [{ field: 'Issuer', current, proposed, change: { issuer: proposed }, typed: false }]
}

function tokenEndpoint(
  { token_endpoint: current, discovery }: TokenRequestConfig,
  initial: TokenRequestConfig,
  { issuer, token_endpoint: proposed }: Metadata,
): Proposal[] {
  if (proposed === undefined || proposed === current || !httpUrl(proposed)) return []
  const typed =
    (current.trim() !== '' && current !== initial.token_endpoint) ||
    isElsewhere([issuer, discovery], proposed)
  return [{ field: 'Token endpoint', current, proposed, change: { token_endpoint: proposed }, typed }]
}

/**
 * A server that calls itself by a name this browser may not find, such as that of a container, is at the same path of the
 * host that responded.
 */
function whereItResponded(
  { token_endpoint: current }: TokenRequestConfig,
  { issuer, token_endpoint: named }: Metadata,
  responded: string | null,
): Proposal[] {
  const proposed = named !== undefined && responded !== null ? atOrigin(named, responded) : null
  const home = httpUrl(responded ?? undefined)?.origin
  const isHere = [issuer, named].some((url) => httpUrl(url)?.origin === home)
  if (proposed === null || isHere || proposed === current) return []
  const field = 'Token endpoint at the host that responded'
  return [{ field, current, proposed, change: { token_endpoint: proposed }, typed: true }]
}

/** Metadata is how a secret or an assertion is lured away; so the user has a look first. @see RFC 8414 section 6 */
function isElsewhere(homes: readonly (string | undefined)[], endpoint: string): boolean {
  const origins = homes.map((url) => httpUrl(url?.trim())?.origin).filter((origin) => origin !== undefined)
  return origins.length > 0 && !origins.includes(httpUrl(endpoint)?.origin ?? '')
}

function authMethod(
  { token_endpoint_auth_method: current }: TokenRequestConfig,
  initial: TokenRequestConfig,
  method: AuthMethod,
): Proposal {
  return {
    field: 'Client authentication',
    current: `${authMethods[current].label} · ${current}`,
    proposed: `${authMethods[method].label} · ${method}`,
    change: { token_endpoint_auth_method: method },
    typed: current !== initial.token_endpoint_auth_method,
  }
}

function signedWith(
  { assertion }: TokenRequestConfig,
  initial: TokenRequestConfig,
  alg: SecretAlg,
): Proposal {
  return {
    field: 'Signed with',
    current: assertion.secret_alg,
    proposed: alg,
    change: { assertion: { ...assertion, secret_alg: alg } },
    typed: assertion.secret_alg !== initial.assertion.secret_alg,
  }
}

/** The known methods that metadata lists, by their rank; those by a key come first if a key was chosen. */
function listedMethods({ assertion }: TokenRequestConfig, metadata: Metadata): AuthMethod[] {
  const rank = (method: AuthMethod): number => {
    const { by, rank: among } = authMethods[method]
    return by === 'key' && assertion.key !== '' ? 0 : among
  }
  const supported = metadata.token_endpoint_auth_methods_supported ?? []
  return supported.filter(isAuthMethod).sort((one, other) => rank(one) - rank(other))
}

/** The current method, unless the metadata lists others and not this one. */
function methodFor(config: TokenRequestConfig, metadata: Metadata, available: readonly string[]): AuthMethod {
  const { token_endpoint_auth_method: current } = config
  const listed = listedMethods(config, metadata)
  if (listed.includes(current)) return current
  const fits = (method: AuthMethod): boolean =>
    authMethods[method].by !== 'key' || canSign(metadata, available)
  return listed.find(fits) ?? current
}

function canSign(metadata: Metadata, available: readonly string[]): boolean {
  const { token_endpoint_auth_signing_alg_values_supported: algs } = metadata
  return !algs || algs.some((alg) => available.includes(alg) || alg === 'EdDSA')
}

/** The current algorithm, unless a secret signs and the metadata lists others and not this one. */
function secretAlgFor({ assertion }: TokenRequestConfig, method: AuthMethod, metadata: Metadata): SecretAlg {
  const { token_endpoint_auth_signing_alg_values_supported: algs = [] } = metadata
  const { sends, by } = authMethods[method]
  const signs = sends === 'assertion' && by === 'secret'
  if (!signs || algs.includes(assertion.secret_alg)) return assertion.secret_alg
  return Object.values(secretAlgs).find((alg) => algs.includes(alg)) ?? assertion.secret_alg
}
