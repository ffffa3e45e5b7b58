import type { Certainty } from '../../explanation/explanation.ts'
import type { Stage } from '../../explanation/stage.ts'
import { type CauseId, causeOf, causes } from './causes.ts'
import type { RefusalRecord, Row } from './record.ts'
import type { Facts } from './facts/facts.ts'
import { after, before, universal } from './order.ts'
import { find, type Found } from './rows.ts'
import { changedStages } from './facts/worked.ts'

/** Why a server may have stopped. */
export interface Reason {
  readonly id: CauseId
  readonly stage: Stage
  /** What the request or the past show for it, a sentence each. */
  readonly found: readonly string[]
  /** What speaks against it; `null` for nothing. */
  readonly against: string | null
}

/** How far a request got, and what stopped it. */
export interface Verdict {
  /** The likeliest first. */
  readonly reasons: readonly Reason[]
  /** Where it stopped; `null` if several stages remain. */
  readonly stage: Stage | null
  /** The stages that remain. */
  readonly among: readonly Stage[]
  readonly certainty: Certainty
  readonly passed: ReadonlySet<Stage>
  readonly notReached: ReadonlySet<Stage>
  /** Of the server whose words these are; `null` if only the standard speaks. */
  readonly record: RefusalRecord | null
}

/**
 * What the evidence says of a refusal: the first row that fits names the causes, what was sent and what went before
 * order them, and the record of the server says what lies before and behind.
 *
 * @param chosen the record of the server that the user chose, `null` for none
 * @param others those of all the others, which are known by their words
 */
export function findReason(
  facts: Facts,
  chosen: RefusalRecord | null,
  others: readonly RefusalRecord[],
): Verdict {
  const found = find(facts, chosen, others)
  const { row, record } = found
  const candidates = reasonsOf(row, facts)
  const decided =
    row.certainty === 'certain' &&
    row.causes.length === 1 &&
    candidates.every(({ against }) => against === null)
  const reasons = decided ? candidates : byEvidence(candidates, row, facts)
  const first = reasons[0] ?? null
  const stages = [...new Set(reasons.map(({ stage }) => stage))]
  // A code of the server's own may come from any stage.
  const told =
    first?.id !== 'unknown-code' &&
    (stages.length === 1 || (first && row.undecided !== true && pointsAt(first, facts)))
  const stage = told ? (first?.stage ?? null) : null
  const among = stage === null ? stages : [stage]
  const pairs = [...universal, ...(record?.order ?? [])]
  const spoke = endpointSpoke(stages, facts)
  // What a sign points at is likely only: the other stages remain, and prove nothing passed.
  const isKnown = reasons.every(({ id }) => id !== 'unknown-code')
  const open = reasons.flatMap(({ id }) => causeOf(id).open ?? [])
  const passed = isKnown
    ? [...common(stages.map((at) => before(pairs, at)))].filter((at) => !open.includes(at))
    : []
  const notReached = isKnown ? [...common(stages.map((at) => after(pairs, at)))] : []
  return {
    reasons,
    stage,
    among,
    certainty: certaintyOf(found, reasons, facts),
    passed: asSent(
      [...passed, ...provenBy(row, facts, chosen, others), ...(spoke ? (['route'] as const) : [])],
      facts,
      row,
      stages,
    ),
    notReached: asSent([...notReached, ...(spoke ? (['issue'] as const) : [])], facts, row, stages),
    record,
  }
}

/** A pasted line says more of the reason than the response; what the response proves is proven all the same. */
function provenBy(
  row: Row,
  facts: Facts,
  chosen: RefusalRecord | null,
  others: readonly RefusalRecord[],
): readonly Stage[] {
  const own = facts.pasted === '' ? row : find({ ...facts, pasted: '' }, chosen, others).row
  return [...(row.passed ?? []), ...(own.passed ?? [])]
}

const onTheWay: readonly Stage[] = [
  'https',
  'tenant',
  'route',
  'http-method',
  'gateway',
  'origin',
  'preflight',
  'issue',
]

/** Whether the endpoint itself refused: then the path was found, and no token was issued. @see RFC 6749 section 5.2 */
const endpointSpoke = (among: readonly Stage[], { endpoint, came }: Facts): boolean =>
  endpoint !== 'api' &&
  came.layer === 'oauth' &&
  (came.status === 400 || came.status === 401) &&
  !among.some((at) => onTheWay.includes(at))

/** A server checks the secret or the assertion: the one that was sent. What the row leaves open, or remains, is not told. */
const asSent = (
  stages: readonly Stage[],
  { sent }: Facts,
  { open = [] }: Row,
  remaining: readonly Stage[],
): ReadonlySet<Stage> =>
  new Set(
    stages
      .map((at) => (at === 'secret' || at === 'assertion' ? (sent.assertion ? 'assertion' : 'secret') : at))
      .filter(
        (at) => !open.includes(at) && !remaining.includes(at) && !(sent.proof === null && isOfProof(at)),
      ),
  )

/** An API that accepts Bearer tokens too asks for no proof of them. */
const isOfProof = (at: Stage): boolean => at === 'proof-present' || at === 'proof-valid'

const stageOf = (id: CauseId, row: Row | null, { endpoint }: Facts): Stage => {
  const { stage, apiStage } = causeOf(id)
  if (row?.stage) return row.stage
  if (endpoint === 'api') return apiStage ?? stage
  // A token endpoint has one stage for all of DPoP; what its row does not name is of APIs.
  return row !== null && (stage === 'proof-valid' || stage === 'proof-present') ? 'binding' : stage
}

const reason = (id: CauseId, row: Row | null, facts: Facts): Reason => {
  const { sign, against } = causeOf(id)
  const found = sign?.(facts)?.found
  return {
    id,
    stage: stageOf(id, row, facts),
    found: found === undefined ? [] : [found],
    against: against?.(facts) ?? null,
  }
}

/** What was not sent cannot be wrong; if that leaves nothing, the row is believed. */
function reasonsOf(row: Row, facts: Facts): readonly Reason[] {
  const possible = row.causes.filter((id) => causeOf(id).applies?.(facts) ?? true)
  return (possible.length > 0 ? possible : row.causes).map((id) => reason(id, row, facts))
}

/**
 * What a sign points at comes first, then what is no longer as it was when it worked, then the order of the row; last,
 * what something speaks against.
 */
function byEvidence(candidates: readonly Reason[], row: Row, facts: Facts): readonly Reason[] {
  const stages = new Set(candidates.map(({ stage }) => stage))
  const named = new Set(candidates.map(({ id }) => id))
  const more = (Object.keys(causes) as CauseId[])
    .filter((id) => !named.has(id) && stages.has(stageOf(id, null, facts)))
    .filter((id) => (causeOf(id).applies?.(facts) ?? true) && causeOf(id).sign?.(facts))
    .map((id) => reason(id, null, facts))
  const changed = changedStages(facts.past)
  const rank = ({ id, stage, against }: Reason): number =>
    strength(id, facts) * 2 +
    (changed.has(stage) ? 1 : 0) +
    (against !== null ? -0.25 : row.causes.length === 1 && named.has(id) ? 2.5 : 0)
  return ofReplay([...candidates, ...more], facts).toSorted((one, other) => rank(other) - rank(one))
}

/** If the same bytes worked before, only what serves once, or is over by now, can be wrong in them. */
function ofReplay(reasons: readonly Reason[], facts: Facts): readonly Reason[] {
  const { replayOf, worked } = facts.past
  if (replayOf === null || worked?.since.length !== 0) return reasons
  const shown = reasons.filter(({ id }) => strength(id, facts) >= worth.likely)
  return shown.length > 0 ? shown : reasons
}

/** How much a sign is worth. */
const worth = { certain: 3, likely: 2, possible: 1 } as const

const strength = (id: CauseId, facts: Facts): number => {
  const certainty = causeOf(id).sign?.(facts)?.certainty
  return certainty === undefined ? 0 : worth[certainty]
}

/** Whether a reason is first for more than its place in a row. */
const pointsAt = ({ id, stage }: Reason, facts: Facts): boolean =>
  strength(id, facts) >= worth.likely || changedStages(facts.past).has(stage)

/** A sign against a cause lowers its certainty; the words of a server that was not chosen are likely at most. */
function certaintyOf({ row, exact }: Found, reasons: readonly Reason[], facts: Facts): Certainty {
  const [first] = reasons
  if (!first || row.undecided) return 'possible'
  const named = row.causes.length === 1 && row.causes[0] === first.id
  if (named)
    return row.certainty === 'certain' && (first.against !== null || !exact) ? 'likely' : row.certainty
  const sign = causeOf(first.id).sign?.(facts)
  // Its words name a stage, if not the cause.
  const isNamed = reasons.some(({ id, stage }) => id === row.causes[0] && stage === first.stage)
  if (isNamed && row.certainty !== 'possible' && sign?.certainty !== 'certain') return 'likely'
  if (sign) return sign.certainty
  return reasons.length === 1 || pointsAt(first, facts) ? 'likely' : 'possible'
}

function common(sets: readonly ReadonlySet<Stage>[]): ReadonlySet<Stage> {
  const [first = new Set<Stage>(), ...others] = sets
  return new Set([...first].filter((stage) => others.every((other) => other.has(stage))))
}
