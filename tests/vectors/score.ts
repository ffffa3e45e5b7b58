import { headerValue, type HttpResponse } from '../../src/lib/http/message.ts'
import { readTokenResponse } from '../../src/lib/oauth/response/read-response.ts'
import { readCame } from '../../src/lib/why/refusal/facts/came.ts'
import type { RefusalRecord } from '../../src/lib/why/refusal/record.ts'
import { explainVerdict, textOf } from '../../src/lib/why/refusal/explain.ts'
import type { Facts } from '../../src/lib/why/refusal/facts/facts.ts'
import { measure } from '../../src/lib/why/refusal/facts/measured.ts'
import { saysWhy } from '../../src/lib/why/refusal/refusal.ts'
import { findReason, type Verdict } from '../../src/lib/why/refusal/reason.ts'
import { find } from '../../src/lib/why/refusal/rows.ts'
import { readSent } from '../../src/lib/why/refusal/facts/sent.ts'
import type { Stage } from '../../src/lib/explanation/stage.ts'
import type { Expectation } from './expectation.ts'
import { asSeenByPage, capturedAt, configOf } from './seen-by-page.ts'
import { pastedResponse, scoreUnseen } from './unseen.ts'

export interface Score {
  readonly expectation: Expectation
  readonly score: 'right' | 'vague' | 'wrong'
  /** Whether the page has no response: what it says then is the connection check's. */
  readonly unseen: boolean
  /** What is not as expected, a line each. */
  readonly why: readonly string[]
}

const certainties = ['possible', 'likely', 'certain']

/**
 * Holds what the page says of a captured refusal to what it should say. Right: the stage and the first cause, with no
 * more certainty than there is, the fixes, and with the server's record the stages that were passed. Vague: the cause is
 * listed, not first. Wrong: anything else. A server that was not chosen and is recognised by its words may be told as if
 * it had been.
 */
export async function scoreOf(
  expectation: Expectation,
  chosen: RefusalRecord | null,
  others: readonly RefusalRecord[],
): Promise<Score> {
  const facts = await factsOf(expectation)
  if (!facts) {
    const refusal = await pastedRefusal(expectation, chosen, others)
    return { expectation, unseen: true, ...scoreUnseen(expectation, refusal) }
  }
  const seen = { expectation, unseen: false }
  const verdict = findReason(facts, chosen, others)
  if (chosen) return { ...seen, ...grade(verdict, facts, expectation) }
  const unknown = grade(verdict, facts, {
    ...expectation,
    ...expectation.unknownServer,
    offered: [],
    passed: [],
  })
  const recognised = verdict.record ? grade(verdict, facts, expectation) : unknown
  return { ...seen, ...(recognised.score === 'right' ? recognised : unknown) }
}

/** What the copied response or line says of the reason, as far as it says one. */
async function pastedRefusal(
  expectation: Expectation,
  chosen: RefusalRecord | null,
  others: readonly RefusalRecord[],
) {
  const pasted = expectation.known?.pasted ?? ''
  if (pasted === '') return null
  const response = pastedResponse(expectation)
  const outcome = { kind: 'response', response: response ?? nothing } as const
  const facts = await factsOf(expectation, outcome, response ? '' : pasted)
  if (!facts) return null
  const says = response ? saysWhy(facts.came) : find(facts, chosen, others).isPasted
  if (!says) return null
  const verdict = findReason(facts, chosen, others)
  return { explanation: explainVerdict(verdict, facts), cause: verdict.reasons[0]?.id ?? '' }
}

const nothing: HttpResponse = { status: 0, statusText: '', headers: [], body: new Uint8Array() }

function grade(verdict: Verdict, facts: Facts, wanted: Expectation): Pick<Score, 'score' | 'why'> {
  const explanation = explainVerdict(verdict, facts)
  const offers = explanation.fixes.map(textOf).join('\n')
  const wrong = [
    ...stageTrouble(verdict, wanted),
    ...(certainties.indexOf(verdict.certainty) > certainties.indexOf(wanted.certainty)
      ? [`says ${verdict.certainty}, is ${wanted.certainty}`]
      : []),
    ...wanted.notOffered
      .filter((pattern) => new RegExp(pattern, 'i').test(offers))
      .map((pattern) => `offers /${pattern}/: ${offers}`),
    ...passedTrouble(verdict),
  ]
  const first = verdict.reasons[0]?.id
  const vague = [
    ...(wanted.cause !== null && first !== wanted.cause
      ? [`first is ${first ?? 'nothing'}, not ${wanted.cause}`]
      : []),
    ...(wanted.passed ?? [])
      .filter((stage) => !verdict.passed.has(stage) && !isOfEveryResponse(stage))
      .map((stage) => `does not say that ${stage} was passed`),
    ...wanted.offered
      .filter((pattern) => !new RegExp(pattern, 'i').test(offers))
      .map((pattern) => `does not offer /${pattern}/: ${offers}`),
  ]
  const isListed = wanted.cause === null || verdict.reasons.some(({ id }) => id === wanted.cause)
  if (wrong.length > 0 || !isListed) return { score: 'wrong', why: [...wrong, ...vague] }
  return { score: vague.length > 0 ? 'vague' : 'right', why: vague }
}

function stageTrouble({ stage, among }: Verdict, wanted: Pick<Expectation, 'stage' | 'among'>): string[] {
  if (wanted.stage !== 'not known')
    return stage === wanted.stage ? [] : [`stops at ${stage ?? among.join('|')}, not at ${wanted.stage}`]
  if (stage !== null && wanted.among && !wanted.among.includes(stage))
    return [`stops at ${stage}, is one of ${wanted.among.join('|')}`]
  const missing = wanted.among?.filter((one) => !among.includes(one)) ?? []
  if (wanted.among && stage !== null && wanted.among.length > 1)
    return [`stops at ${stage}, and nothing tells ${wanted.among.join('|')} apart`]
  return missing.length > 0 && stage === null ? [`does not name ${missing.join('|')}`] : []
}

/** What a page that reads a response knows without its words; the ladder tells one step of it. */
const isOfEveryResponse = (stage: Stage): boolean => /^(reach|tls|host|preflight)$/.test(stage)

/** No fix for a stage that was passed. */
const passedTrouble = ({ passed, reasons }: Verdict): string[] =>
  reasons
    .filter(({ stage }) => passed.has(stage))
    .map(({ id, stage }) => `${id} is of ${stage}, which was passed`)

/** Under which scheme a call of the API was accepted, as the sentences of the expectations say it. */
function acceptedScheme(before: string): string | null {
  if (/accepted by this API in this tab, by GET and with a proof/.test(before)) return 'dpop'
  return /accepted by this API|call of this API with another token was read/.test(before) ? 'bearer' : null
}

/** What the page knows of a captured refusal; `null` if it has no response. */
async function factsOf(
  { file, line, endpoint, origin, known }: Expectation,
  outcome = asSeenByPage(capturedAt(file, line), origin),
  pasted = known?.pasted ?? '',
): Promise<Facts | null> {
  const exchange = capturedAt(file, line)
  const reading = readTokenResponse(outcome)
  if (reading.kind === 'unreachable') return null
  const before = known?.before?.join('\n') ?? ''
  const date = headerValue(exchange.response.headers, 'date')
  const config = configOf(exchange.request)
  const sent = readSent(exchange.request)
  return {
    endpoint,
    sent,
    measured: await measure(sent),
    came: readCame(reading.answer),
    config: { ...config, issuer: /names the issuer (\S+)/.exec(before)?.[1] ?? config.issuer },
    now: date === null ? 0 : Date.parse(date),
    past: {
      keyIds: null,
      replayOf: null,
      revoked: /token was revoked/.test(before),
      issued: /token came from the token endpoint/.test(before),
      grantedScope: null,
      acceptedIssuer: /token of (\S+) was accepted by this API/.exec(before)?.[1] ?? null,
      acceptedScheme: acceptedScheme(before),
      acceptedOpaque: false,
      jtiSeen: /(proof|assertion) was (sent|used)/.test(before),
      worked: null,
      methods: /metadata does not list private_key_jwt/.test(before)
        ? ['client_secret_basic', 'client_secret_post']
        : null,
    },
    pasted,
  }
}
