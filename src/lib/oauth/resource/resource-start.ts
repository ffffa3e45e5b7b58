import { httpUrl } from '../../http/http-url.ts'
import { originOf } from '../../http/message.ts'
import type { ApiCall } from '../config/api-call.ts'
import { scopeTokens, type TokenRequestConfig } from '../config/config.ts'
import type { Metadata } from '../discovery/metadata.ts'
import { changeOf, metadataProposals, type Proposal } from '../discovery/metadata-proposals.ts'
import type { ResourceMetadata } from './resource-metadata.ts'
import { isMcpPath } from './resource-place.ts'

/** What a resource and its server say, once it is clear that they may be used. */
export interface StartFacts {
  readonly resource: ResourceMetadata
  /** What was asked for; `null` if the metadata were pasted. */
  readonly asked: string | null
  /** The scope that a challenge of the API demanded; `null` for none. */
  readonly challenged: string | null
  /** Whether the user goes on against RFC 9728. */
  readonly against: boolean
  /** What the issuer says of itself; `null` if it has no metadata, or none is named. */
  readonly server: Metadata | null
}

/** The form as it is. */
export interface StartSetting {
  readonly config: TokenRequestConfig
  /** The values that nobody typed. */
  readonly initial: TokenRequestConfig
  /** Those of them that were filled in before. */
  readonly filled?: Partial<TokenRequestConfig>
  readonly availableAlgs?: readonly string[]
}

/** What a click that confirms an issuer does. */
export interface Start {
  /** What is filled in, for the eye. */
  readonly filled: readonly Proposal[]
  /** What is offered after that: the user typed something else. */
  readonly offered: readonly Proposal[]
  readonly change: Partial<TokenRequestConfig>
  /** The API call; `null` if it has this URL already. */
  readonly call: Pick<ApiCall, 'url' | 'method'> | null
  /** Whose credentials are in the form and stay out of it now; `null` if they stay, or there are none. */
  readonly leftOut: 'of-another-server' | 'against-the-standard' | null
}

/**
 * What the metadata of a resource and of its server fill into the form. The resource goes as it is spelled. What the user typed
 * stays, and the rest is offered; but the token endpoint becomes the one of the issuer that the user confirms.
 *
 * Credentials belong to one server: those that are next to a token endpoint of another origin stay out, and so do all if the
 * user goes on against RFC 9728.
 * @see RFC 8707 section 2
 * @see RFC 9728 section 7.3
 */
export function startOf(
  facts: StartFacts,
  { config, initial, filled: before, availableAlgs }: StartSetting,
): Start {
  const proposals = [
    ...(facts.server ? ofServer(facts.server, config, initial, availableAlgs) : []),
    ...ofResource(facts, config, initial, before?.scope),
  ]
  const filled = proposals.filter(({ typed }) => !typed)
  const change = changeOf(filled)
  const leftOut = hasCredentials(config) ? leaving(facts, config, change) : null
  return {
    filled,
    offered: proposals.filter(({ typed }) => typed),
    change: { ...change, ...(leftOut === null ? {} : withoutCredentials(config)) },
    call: callOf(facts),
    leftOut,
  }
}

function ofServer(
  server: Metadata,
  config: TokenRequestConfig,
  initial: TokenRequestConfig,
  availableAlgs: StartSetting['availableAlgs'],
): readonly Proposal[] {
  // Its own origin is where the endpoint may be without another look: not that of the API, which only named it.
  const there = { ...config, discovery: server.issuer ?? '' }
  const nobodyTyped = { ...initial, token_endpoint: config.token_endpoint }
  return metadataProposals(there, nobodyTyped, server, availableAlgs)
}

function ofResource(
  { resource: { resource, scopes_supported = [] }, challenged }: StartFacts,
  config: TokenRequestConfig,
  initial: TokenRequestConfig,
  scopeOfAnother = '',
): readonly Proposal[] {
  const current = config.resource.join(' ')
  const scope = [...new Set(challenged === null ? scopes_supported : scopeTokens(challenged))]
    .filter(isScope)
    .join(' ')
  return [
    ...(resource === undefined || current === resource
      ? []
      : [
          {
            field: 'Resource',
            current,
            proposed: resource,
            change: { resource: [resource] },
            typed: current !== '' && current !== initial.resource.join(' '),
          },
        ]),
    // If no scope is known, none is sent: not one that was filled in for another API, but the one that the user typed.
    ...((scope === '' && config.scope !== scopeOfAnother) || scope === config.scope
      ? []
      : [
          {
            field: 'Scope',
            current: config.scope,
            proposed: scope,
            change: { scope },
            typed: config.scope !== '' && config.scope !== initial.scope,
          },
        ]),
  ]
}

/** @see RFC 6749 section 3.3 */
const isScope = (name: string): boolean => /^[\x21\x23-\x5B\x5D-\x7E]+$/.test(name)

/** An MCP server is called by POST. @see https://modelcontextprotocol.io/specification */
function callOf({ resource: { resource }, asked }: StartFacts): Start['call'] {
  const url = asked ?? resource
  return httpUrl(url) && url !== undefined ? { url, method: isMcpPath(url) ? 'POST' : 'GET' } : null
}

function leaving(
  { against }: StartFacts,
  { token_endpoint: before }: TokenRequestConfig,
  { token_endpoint: after }: Partial<TokenRequestConfig>,
): Start['leftOut'] {
  if (against) return 'against-the-standard'
  const isElsewhere =
    after !== undefined && before.trim() !== '' && originOf(before.trim()) !== originOf(after)
  return isElsewhere ? 'of-another-server' : null
}

function hasCredentials({ client_secret, assertion, parameters, headers }: TokenRequestConfig): boolean {
  return (
    client_secret !== '' ||
    assertion.key !== '' ||
    [...parameters, ...headers].some(({ value }) => value !== '')
  )
}

function withoutCredentials({
  assertion,
  parameters,
  headers,
}: TokenRequestConfig): Partial<TokenRequestConfig> {
  const withoutValue = <T extends { readonly value: string }>(entry: T): T => ({ ...entry, value: '' })
  return {
    client_secret: '',
    assertion: { ...assertion, key: '' },
    parameters: parameters.map(withoutValue),
    headers: headers.map(withoutValue),
  }
}

/**
 * The change that undoes a start: what it changed is as it was before, and what was typed since stays. A secret that was
 * typed since for the server that was confirmed does not go with the token endpoint of before, if that is of another origin.
 * @param before the form as it was
 * @param now the form as it is
 */
export function undoing(
  { change }: Pick<Start, 'change'>,
  before: TokenRequestConfig,
  now: TokenRequestConfig,
): Partial<TokenRequestConfig> {
  const names = Object.keys(change) as (keyof TokenRequestConfig)[]
  const [there, back] = [originOf(now.token_endpoint), originOf(before.token_endpoint)]
  const isOther = back !== null && back !== there
  return {
    ...Object.fromEntries(names.map((name) => [name, before[name]])),
    ...(isOther ? { client_secret: before.client_secret } : {}),
  }
}
