import type { Explanation, Fix, Quote, Success } from '../../explanation/explanation.ts'
import type { Rung } from '../../explanation/ladder.ts'
import type { Stage } from '../../explanation/stage.ts'
import { wholeMembers } from '../../explanation/config-change.ts'
import { quoted } from '../../text/quoted.ts'
import type { SpecLink } from '../../spec.ts'
import { isRegistered } from '../../oauth/response/carried.ts'
import { sameConfig } from '../../oauth/config/config.ts'
import { exposeChallenge } from './api-causes/common.ts'
import { causeOf } from './causes.ts'
import { hidesChallenge } from './facts/came.ts'
import type { Endpoint, Facts } from './facts/facts.ts'
import { usesCertificate } from './causes/grant.ts'
import { stagesOf } from './order.ts'
import type { Reason, Verdict } from './reason.ts'
import type { RefusalRecord } from './record.ts'

/** More causes than that are no help. */
const most = { reasons: 6, fixes: 8 }

/**
 * A verdict in words: one cause with what it means, or those that remain, the likeliest first.
 * @param issuer the record of the authorization server whose token an API refused, `null` if it is not known
 */
export function explainVerdict(
  verdict: Verdict,
  facts: Facts,
  issuer: RefusalRecord | null = null,
): Explanation {
  const reasons = verdict.reasons.slice(0, most.reasons)
  const told = reasons.map((reason) => ({ reason, ...causeOf(reason.id).tell(facts) }))
  const [first] = told
  if (!first) throw new Error('A verdict has no reason.')
  const alone = verdict.certainty === 'certain' || reasons.length === 1
  const shown = alone ? reasons.slice(0, 1) : reasons
  const isOpen = verdict.certainty === 'possible' || mayBeUnknown(verdict)
  const meaning = verdict.record?.meanings?.[first.reason.id] ?? first.meaning
  const says = quoteOf(facts)
  const success = successOf(facts)
  const log = verdict.certainty === 'certain' ? undefined : logOf(verdict, facts)
  return {
    title: isOpen ? refusal(facts) : first.title,
    ...(success && { success }),
    ...(says && { says }),
    meaning: resent(facts) + odd(facts) + (isOpen ? noReason(verdict, facts, says) : meaning),
    causes: isOpen ? told.map(titleOf) : alone ? [] : told.slice(1).map(titleOf),
    certainty: verdict.certainty,
    observed: shown.flatMap(({ found, against }) => [...found, ...(against ? [against] : [])]),
    fixes: unique([
      // If nothing else has the reason, the log comes first.
      ...(verdict.certainty === 'possible' && log !== undefined ? [log] : []),
      ...fixesOf(verdict, alone ? shown : reasons.filter(atStage(verdict)), facts, issuer),
      ...(verdict.certainty === 'certain' ? [] : readChallenge(facts)),
      ...(verdict.certainty === 'likely' && log !== undefined ? [log] : []),
    ]),
    spec: linksOf((alone ? [first] : told).flatMap(({ spec }) => spec)),
    ladder: rungs(verdict, facts),
  }
}

/** The client itself may be unknown: a heading on its secret would say that the server knows it. */
export const mayBeUnknown = ({ stage, reasons: [first, ...others] }: Verdict): boolean =>
  stage === null && first?.stage !== 'client' && others.some(({ stage: other }) => other === 'client')

const titleOf = ({ title }: { readonly title: string }): string => title

/** If something points at a stage, nothing is changed for another. */
const atStage =
  ({ stage }: Verdict) =>
  (reason: Reason): boolean =>
    stage === null || reason.stage === stage

const odd = ({ came: { status, rpc } }: Facts): string =>
  status < 300 && rpc !== null
    ? 'To HTTP the call succeeded: JSON-RPC has its errors inside of the response. '
    : status < 300
      ? `The response came with status ${status}, as if it were a success. `
      : ''

/** It is the first thing to know of a refusal: what was signed is good for one request. @see RFC 7523 section 3 */
const resent = ({ past: { replayOf } }: Facts): string =>
  replayOf === null ? '' : `These very bytes were sent before, as #${replayOf}. `

const refusal = ({ endpoint, came: { error, words, status } }: Facts): string =>
  error === ''
    ? `Refused with ${status}${words === '' ? ', without a reason' : ''}`
    : `${endpoint === 'api' ? 'The API' : 'The server'} refused: ${quoted(error)}`

const logOf = ({ record }: Verdict, facts: Facts): string | undefined =>
  typeof record?.log === 'function' ? record.log(facts) : record?.log

function noReason({ record }: Verdict, { endpoint }: Facts, says: Quote | null): string {
  const who = endpoint === 'api' ? 'API' : 'server'
  const said =
    says === null
      ? `${record?.name ?? `The ${who}`} gives no reason.`
      : `The words of ${record?.name ?? `the ${who}`} do not tell which of several causes it is.`
  return `${said} What remains, the commonest first:`
}

/** None that the server rejects, none that is so already. No reason is of a stage that was passed. */
function fixesOf(
  { record }: Verdict,
  reasons: readonly Reason[],
  facts: Facts,
  issuer: RefusalRecord | null,
): readonly Fix[] {
  const fixes = reasons
    .flatMap(({ id }) => [
      ...(record?.fixes?.[id]?.(facts) ?? []),
      ...(issuer?.tokenFixes?.[id] ?? []),
      ...causeOf(id).tell(facts).fixes,
    ])
    .filter((fix) => {
      if (typeof fix === 'string') return true
      if ('call' in fix) return record?.rejectsCall?.(fix.call) !== true
      if (!('change' in fix)) return true
      const changed = { ...facts.config, ...wholeMembers(facts.config, fix.change) }
      return (
        !sameConfig(changed, facts.config) &&
        ![record, issuer].some((one) => one?.rejects?.(fix.change, facts))
      )
    })
  return unique(fixes).slice(0, most.fixes)
}

function unique(fixes: readonly Fix[]): readonly Fix[] {
  const texts = fixes.map(textOf)
  return fixes.filter((fix, index) => texts.indexOf(textOf(fix)) === index)
}

/** An API says in its challenge why it refuses, and CORS may hide that. */
const readChallenge = (facts: Facts): readonly Fix[] =>
  facts.endpoint === 'api' && facts.came.status === 401 && hidesChallenge(facts.came)
    ? exposeChallenge(facts)
    : []

export const textOf = (fix: Fix): string => (typeof fix === 'string' ? fix : fix.text)

/** The server’s own words, whatever its code is; of one that says no more than a code of its own, that. */
function quoteOf({ endpoint, came: { quotable, error } }: Facts): Quote | null {
  const words = quotable !== '' ? quotable : isRegistered(error) ? '' : error
  if (words === '') return null
  return { who: endpoint === 'api' ? 'API' : 'server', words }
}

function successOf({ past: { success } }: Facts): Success | null {
  if (!success) return null
  const { id, refused, changed } = success
  const since = changed.length === 0 ? ', with the same values' : `; since then: ${changed.join(', ')}`
  return { id, refused, text: `It worked in #${id}${since}.` }
}

const linksOf = (links: readonly SpecLink[]): readonly SpecLink[] =>
  links.filter((link, index) => links.findIndex(({ href }) => href === link.href) === index).slice(0, 3)

/** What the client proves itself by; a certificate is a matter of the method. */
const proof = (facts: Facts): Stage =>
  usesCertificate(facts) ? 'method' : facts.sent.assertion ? 'assertion' : 'secret'

/** What the ladder tells of every request to that endpoint, also if nothing is known of it. */
const always: Readonly<Record<Endpoint, (facts: Facts) => readonly Stage[]>> = {
  token: (facts) => [
    'route',
    'client',
    proof(facts),
    'grant',
    ...(facts.sent.proof ? (['binding'] as const) : []),
    ...(facts.sent.parameters.has('scope') ? (['scope'] as const) : []),
    ...(facts.sent.parameters.has('resource') ? (['resource'] as const) : []),
    'issue',
  ],
  introspection: (facts) => ['route', 'client', proof(facts), 'token'],
  revocation: (facts) => ['route', 'client', proof(facts), 'token', 'owner'],
  registration: () => ['route', 'form'],
  api: ({ sent }) => [
    'route',
    'header',
    ...(sent.proof ? (['proof-valid'] as const) : []),
    'token',
    'signature',
    'time',
    'issuer',
    'audience',
    'scope',
  ],
  metadata: () => ['route', 'shape'],
  keys: () => ['route', 'shape'],
}

/** How far a request got, in the order of telling. A response shows that the server was reached. */
function rungs(verdict: Verdict, facts: Facts): readonly Rung[] {
  const { passed, stage, among, notReached } = verdict
  const shown = new Set<Stage>(['reach', ...passed, ...among, ...always[facts.endpoint](facts)])
  // What lies on the way is one step, unless it stopped there.
  for (const at of ['tls', 'host', 'preflight'] as const) if (!among.includes(at)) shown.delete(at)
  return (Object.entries(stagesOf[facts.endpoint]) as [Stage, string][])
    .filter(([at]) => shown.has(at))
    .map(([at, label]) => ({
      stage: label,
      state:
        at === stage
          ? 'stopped here'
          : at === 'reach' || passed.has(at)
            ? 'passed'
            : notReached.has(at)
              ? 'not reached'
              : 'not known',
      by: at === 'reach' || (at === stage && verdict.certainty === 'certain') ? 'proven' : 'deduced',
    }))
}
