import { type DiscoveryRecord, foundMetadata } from '../discovery/discovery-view.ts'
import type { MetadataCheck } from '../discovery/metadata-check.ts'
import type { Proposal } from '../discovery/metadata-proposals.ts'
import { type IssuerMismatch, issuerMismatch, leadsInward } from '../discovery/issuer-mismatch.ts'
import type { FoundMetadata } from '../discovery/metadata-reading.ts'
import { type MetadataRow, metadataRows } from '../discovery/metadata-rows.ts'
import { judgeResource, type ResourceJudgement } from './judge-resource.ts'
import { issuersOf, type NamedServers, namedServers } from './named-servers.ts'
import { resourceChecks } from './resource-checks.ts'
import { resourceMembersOf } from './resource-members.ts'
import type { FoundResource, ResourceReading } from './resource-metadata.ts'
import { type Start, startOf, type StartSetting } from './resource-start.ts'

/** One request for the metadata of a resource and what it came to. */
export interface ResourceAttempt {
  readonly url: string
  /** Of the exchange in History. */
  readonly exchangeId: number
  readonly reading: ResourceReading
}

/** The record of looking for the metadata of a resource, and for the server that they name. */
export interface ResourceRecord {
  /** In the order they were made. */
  readonly attempts: readonly ResourceAttempt[]
  /** What the metadata have to name as their `resource`; `null` if they were pasted next to nothing. */
  readonly asked: string | null
  /** Counts instead of what the attempts found. */
  readonly pasted: FoundResource | null
  /** The scope that a challenge of the API demanded; `null` for none. */
  readonly challenged: string | null
  /** Whether the user goes on although the resource is not the one that was asked for. */
  readonly against: boolean
  /** The issuer that is looked for, as the metadata name it; `null` until there is one, or one was chosen. */
  readonly issuer: string | null
  /** What came of looking for it; `null` before. */
  readonly server: DiscoveryRecord | null
  /** What was filled in, once the user confirmed the issuer. */
  readonly confirmed: Start | null
}

/** How far it is from the metadata of a resource to a form that is filled in. */
type Stage =
  /** The resource is not the one that was asked for. */
  | { readonly at: 'stopped' }
  /** No server is named, or none that can be called. */
  | { readonly at: 'no-server' }
  | { readonly at: 'choice' }
  | { readonly at: 'looking'; readonly issuer: string }
  /** The server has no metadata: where its token endpoint is, nobody knows. */
  | { readonly at: 'silent'; readonly issuer: string }
  /** Its metadata name another issuer. */
  | { readonly at: 'foreign'; readonly issuer: string; readonly mismatch: IssuerMismatch }
  | Confirmable

/** The server is found; it gets no secret before the user confirms it. */
export interface Confirmable {
  readonly at: 'confirm' | 'confirmed'
  /** In the server's own spelling. */
  readonly issuer: string
  /** How the resource spells it, if that is another way; else `null`. */
  readonly spelled: string | null
  readonly metadata: FoundMetadata
}

/** The metadata of a resource on screen. */
export interface ResourceView {
  /** `null` if it was pasted. */
  readonly url: string | null
  readonly reading: FoundResource
  readonly judgement: ResourceJudgement
  readonly named: NamedServers
  readonly issuers: readonly string[]
  /** The one of them that is looked for; `null` if none is. */
  readonly looked: string | null
  /** What will not work, or bears on the token. */
  readonly urgent: readonly MetadataCheck[]
  readonly others: readonly MetadataCheck[]
  readonly rows: readonly MetadataRow[]
  readonly stage: Stage
  /** What a click fills in now, or has filled in; `null` while nothing may be. */
  readonly start: Start | null
  /** What the resource says otherwise than the form, once its values may be filled in. */
  readonly offered: readonly Proposal[]
}

/** The metadata that count: the pasted ones, else those of the attempt that found some; `null` for none. */
export function foundResource({ attempts, pasted }: Pick<ResourceRecord, 'attempts' | 'pasted'>): {
  readonly url: string | null
  readonly reading: FoundResource
} | null {
  if (pasted) return { url: null, reading: pasted }
  for (const { url, reading } of attempts) if (reading.kind === 'found') return { url, reading }
  return null
}

/**
 * The issuer that is looked for without another click: the only one that metadata of the right resource name, see `leadsInward`.
 */
export function issuerToAsk(record: ResourceRecord): string | null {
  const found = foundResource(record)
  if (!found) return null
  const { metadata, value } = found.reading
  const [issuer, ...others] = issuersOf(namedServers(value))
  if (issuer === undefined || others.length > 0) return null
  if (judgeResource(metadata.resource, record.asked).usable !== 'yes') return null
  return leadsInward(record.asked ?? metadata.resource ?? '', issuer) ? null : issuer
}

/** All there is to show of the metadata of a resource, for the form as it is now; `null` if none were found. */
export function resourceView(record: ResourceRecord, setting: StartSetting): ResourceView | null {
  const found = foundResource(record)
  if (!found) return null
  const { url, reading } = found
  const judgement = judgeResource(reading.metadata.resource, record.asked)
  const named = namedServers(reading.value)
  const issuers = issuersOf(named)
  const checks = resourceChecks(reading)
  const stage = stageOf(record, judgement, issuers)
  const now = startAt(stage, record, reading, setting)
  return {
    url,
    reading,
    judgement,
    named,
    issuers,
    looked: record.issuer,
    urgent: checks.filter(isUrgent),
    others: checks.filter((check) => !isUrgent(check)),
    rows: metadataRows(reading.value, [...checks, judgement], resourceMembersOf(reading.value)),
    stage,
    start: record.confirmed ?? now,
    offered: [...(now?.filled ?? []), ...(now?.offered ?? [])].filter(({ field }) => ofResource.has(field)),
  }
}

const ofResource: ReadonlySet<string> = new Set(['Resource', 'Scope'])

function stageOf(record: ResourceRecord, judgement: ResourceJudgement, issuers: readonly string[]): Stage {
  const { usable } = judgement
  if (usable === 'no' || (usable === 'click' && !record.against)) return { at: 'stopped' }
  if (issuers.length === 0) return { at: 'no-server' }
  if (record.issuer === null) return { at: 'choice' }
  return serverStage(record.issuer, record)
}

function serverStage(issuer: string, { server, confirmed }: ResourceRecord): Stage {
  if (server === null) return { at: 'looking', issuer }
  const found = foundMetadata(server)
  if (!found) return { at: 'silent', issuer }
  const { reading: metadata, url } = found
  const mismatch = issuerMismatch(metadata.metadata, { issuer, url, pageOrigin: '' })
  if (mismatch && !isSpelling(mismatch)) return { at: 'foreign', issuer, mismatch }
  return {
    at: confirmed ? 'confirmed' : 'confirm',
    issuer: metadata.metadata.issuer ?? issuer,
    spelled: mismatch ? issuer : null,
    metadata,
  }
}

/** A library of the API may add a slash to the issuer, as FastMCP does: the same server all the same. */
const isSpelling = ({ kind, result }: IssuerMismatch): boolean => kind === 'slash' || result === 'warn'

function startAt(
  stage: Stage,
  record: ResourceRecord,
  { metadata: resource }: FoundResource,
  setting: StartSetting,
): Start | null {
  const { asked, challenged, against } = record
  const facts = { resource, asked, challenged, against }
  switch (stage.at) {
    case 'no-server':
    case 'silent':
      return startOf({ ...facts, server: null }, setting)
    case 'confirm':
    case 'confirmed':
      return startOf({ ...facts, server: stage.metadata.metadata }, setting)
    default:
      return null
  }
}

const isUrgent = ({ result, member }: MetadataCheck): boolean =>
  result === 'warn' || (result === 'fail' && member === 'authorization_servers')
