import type { Explanation } from '../../explanation/explanation.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import type { DiscoveryNote } from './discovery.ts'
import { explainAttempt } from './explain-attempt.ts'
import { issuerMismatch, type IssuerMismatch, issuerOfCopy } from './issuer-mismatch.ts'
import type { MetadataCheck, MetadataContext } from './metadata-check.ts'
import { metadataChecks } from './metadata-checks.ts'
import { metadataProposals, type Proposal } from './metadata-proposals.ts'
import type { FoundMetadata, MetadataReading } from './metadata-reading.ts'
import { type MetadataRow, metadataRows } from './metadata-rows.ts'
import { type ScopeSuggestion, scopeSuggestions } from './scope-suggestions.ts'

/** One request for metadata and what it came to. */
export interface Attempt {
  readonly url: string
  /** Of the exchange in History. */
  readonly exchangeId: number
  readonly reading: MetadataReading
}

interface AttemptView extends Attempt {
  /** Why nothing was found; `null` if something was. */
  readonly explanation: Explanation | null
}

/** What a discovery amounts to, derived from its record; nothing of it is stored. */
export interface DiscoveryView {
  readonly attempts: readonly AttemptView[]
  readonly notes: readonly DiscoveryNote[]
  /** `null` while nothing was found. */
  readonly found: FoundView | null
}

/** The metadata on screen. */
export interface FoundView {
  /** `null` if it was pasted. */
  readonly url: string | null
  readonly reading: FoundMetadata
  /** What will not work, or bears on the token request; without the mismatch. */
  readonly urgent: readonly MetadataCheck[]
  readonly others: readonly MetadataCheck[]
  readonly mismatch: IssuerMismatch | null
  /** Whether its values are filled in and offered: there is no mismatch, or the user said to use it anyway. */
  readonly usable: boolean
  /** What was put into the form at once, and is still there. */
  readonly filled: readonly Proposal[]
  /** What is offered. */
  readonly offered: readonly Proposal[]
  readonly scopes: readonly ScopeSuggestion[]
  readonly rows: readonly MetadataRow[]
}

/** The record of a discovery. */
export interface DiscoveryRecord {
  /** In the order they were made. */
  readonly attempts: readonly Attempt[]
  readonly notes: readonly DiscoveryNote[]
  /** As typed, out of `discoveryAttempts`. */
  readonly issuer: string | null
  /** Counts instead of what the attempts found. */
  readonly pasted: FoundMetadata | null
  /** Whether the user said to use metadata of another issuer. */
  readonly usedAnyway: boolean
  readonly filled: readonly Proposal[]
  /** What the issuer that they name responded, if it is another; absent if it was not asked. */
  readonly named?: readonly Attempt[]
}

/** The form the metadata is for. */
export interface DiscoverySetting {
  readonly config: TokenRequestConfig
  /** See `metadataProposals`. */
  readonly initial: TokenRequestConfig
  readonly pageOrigin: string
  readonly availableAlgs?: readonly string[]
}

/** All there is to show of a discovery, for the form as it is now. */
export function discoveryView(record: DiscoveryRecord, setting: DiscoverySetting): DiscoveryView {
  return {
    attempts: record.attempts.map((attempt) => ({
      ...attempt,
      explanation: explainAttempt(attempt.reading),
    })),
    notes: record.notes,
    found: foundView(record, setting),
  }
}

/** The metadata that counts: the pasted one, else that of the attempt that found some. */
export function foundMetadata({ attempts, pasted }: Pick<DiscoveryRecord, 'attempts' | 'pasted'>): {
  readonly url: string | null
  readonly reading: FoundMetadata
} | null {
  if (pasted) return { url: null, reading: pasted }
  for (const { url, reading } of attempts) if (reading.kind === 'found') return { url, reading }
  return null
}

/** The issuer of other metadata than those asked for, which may respond itself; `null` if there is none. See `issuerOfCopy`. */
export function foreignIssuer(record: DiscoveryRecord): string | null {
  const found = foundMetadata(record)
  if (!found) return null
  const { url, reading } = found
  return issuerOfCopy(reading.metadata, { issuer: record.issuer, url, pageOrigin: '' })
}

function foundView(record: DiscoveryRecord, setting: DiscoverySetting): FoundView | null {
  const found = foundMetadata(record)
  if (!found) return null
  const { url, reading } = found
  const { config, initial, pageOrigin, availableAlgs } = setting
  const respondsItself = isItself(record.named ?? [], reading.metadata.issuer)
  const context: MetadataContext = { issuer: record.issuer, url, pageOrigin, respondsItself }
  const mismatch = issuerMismatch(reading.metadata, context)
  const usable = mismatch?.result !== 'fail' || record.usedAnyway
  const checks = metadataChecks(reading, context)
  const offered = usable ? metadataProposals(config, initial, reading.metadata, availableAlgs, url) : []
  return {
    url,
    reading,
    urgent: checks.filter((check) => isUrgent(check) && !isMismatch(check)),
    others: checks.filter((check) => !isUrgent(check) && !isMismatch(check)),
    mismatch,
    usable,
    filled: record.filled.filter(({ field }) => !offered.some((proposal) => proposal.field === field)),
    offered,
    scopes: usable ? scopeSuggestions(config, reading.metadata) : [],
    rows: metadataRows(reading.value, checks),
  }
}

const isItself = (named: readonly Attempt[], issuer: string | undefined): boolean =>
  named.some(({ reading }) => reading.kind === 'found' && reading.metadata.issuer === issuer)

/** It is shown by itself. */
const isMismatch = (check: MetadataCheck): boolean => 'kind' in check

const isUrgent = ({ result, member }: MetadataCheck): boolean =>
  result === 'warn' || (result === 'fail' && (member === 'issuer' || member === 'token_endpoint'))
