import type { Explanation } from '../../explanation/explanation.ts'
import {
  type Attempt,
  type DiscoveryRecord,
  type DiscoverySetting,
  discoveryView,
  type DiscoveryView,
  foreignIssuer,
} from '../discovery/discovery-view.ts'
import { explainAttempt } from '../discovery/explain-attempt.ts'
import { judgeResource } from './judge-resource.ts'
import { foundResource, type ResourceAttempt, type ResourceRecord } from './resource-view.ts'

/** One request for metadata, with what it came to. */
export interface FindStep {
  readonly url: string
  /** Of the exchange in History. */
  readonly exchangeId: number
  /** In a few words. */
  readonly title: string
  /** Whether it brought what was asked for. */
  readonly ok: boolean
}

/** What looking for a text amounts to. */
export interface FindView {
  /** In the order they were made. */
  readonly steps: readonly FindStep[]
  /** Of the server: the one that was asked for, or the one that the user confirmed. */
  readonly server: DiscoveryView
  /** How many places of each kind brought nothing, in words; `null` if something was found. */
  readonly nothing: { readonly what: string; readonly nor: string | null } | null
}

/** All there is to show of a search, but for what an API says of itself: see `resourceView`. */
export function findView(
  record: DiscoveryRecord,
  resource: ResourceRecord | null,
  setting: DiscoverySetting,
): FindView {
  const isAboutApi = resource !== null && foundResource(resource) !== null
  const server = discoveryView(resource?.confirmed && resource.server ? resource.server : record, setting)
  const steps = [
    ...serverSteps(record.attempts, foreignIssuer(record) !== null),
    ...serverSteps(record.named ?? [], false),
    ...(resource ? resource.attempts.map((attempt) => resourceStep(attempt, resource.asked)) : []),
    ...serverSteps(resource?.server?.attempts ?? [], false),
  ].sort((one, other) => one.exchangeId - other.exchangeId)
  const found = isAboutApi || server.found !== null
  return {
    steps,
    server: isAboutApi && !resource.confirmed ? { ...server, found: null } : server,
    nothing:
      found || steps.length === 0 ? null : nothingAt(record.attempts.length, resource?.attempts.length ?? 0),
  }
}

/**
 * The exchange that shows why nothing was found: of a server the last, of what is an API by its path the first, as RFC 9728 puts the metadata there.
 * @returns `null` if something was found, or nothing asked
 */
export function whyNothing(server: readonly Attempt[], api: ResourceRecord['attempts']): number | null {
  const last = server.at(-1) ?? api.at(-1)
  if (last?.reading.kind === 'found') return null
  const isApi = (api[0]?.exchangeId ?? Infinity) < (server[0]?.exchangeId ?? 0)
  return (isApi ? api[0] : last)?.exchangeId ?? null
}

const serverSteps = (attempts: readonly Attempt[], isForeign: boolean): FindStep[] =>
  attempts.map(({ url, exchangeId, reading }) => {
    const explanation: Explanation | null = explainAttempt(reading)
    const title = explanation?.title ?? (isForeign ? 'Metadata of another issuer' : 'Metadata')
    return { url, exchangeId, title, ok: explanation === null && !isForeign }
  })

function resourceStep({ url, exchangeId, reading }: ResourceAttempt, asked: string | null): FindStep {
  if (reading.kind !== 'found') {
    return { url, exchangeId, title: explainAttempt(reading, 'resource')?.title ?? '', ok: false }
  }
  const ok = judgeResource(reading.metadata.resource, asked).usable === 'yes'
  return { url, exchangeId, title: ok ? 'Metadata of the API' : 'Metadata of another resource', ok }
}

function nothingAt(servers: number, resources: number): FindView['nothing'] {
  const places = (count: number): string => (count === 1 ? 'one place' : `${count} places`)
  if (servers === 0) return { what: `No metadata of an API at ${places(resources)}`, nor: null }
  return {
    what: `No metadata at ${places(servers)}`,
    nor: resources === 0 ? null : `nor of an API at ${places(resources)}`,
  }
}
