import type { Rung } from '../../lib/explanation/ladder.ts'
import { explainApi, readApiResponse } from '../../lib/oauth/api/explain-api.ts'
import { readTokenResponse } from '../../lib/oauth/response/read-response.ts'
import type { Stop } from '../../lib/sequence/sequence.ts'
import { apiAt } from '../../lib/servers/records/records.ts'
import { measureRequest } from '../../lib/why/refusal/refusal.ts'
import { explainSent, knownOf } from '../../state/known.ts'
import type { Playground } from '../../state/playground.svelte.ts'
import type { Sent } from '../../state/base/sent.ts'

/** Where servers that do not show their checks stopped what was sent, by the number of the exchange; of what is not known there is no entry. */
export async function stopsOf(
  playground: Playground,
  entries: readonly Sent[],
): Promise<ReadonlyMap<number, Stop>> {
  const found = await Promise.all(
    entries.map(async (sent) => {
      const rung = (await ladderOf(playground, sent)).find(({ state }) => state === 'stopped here')
      return rung ? [[sent.exchange.id, { at: rung.stage, by: rung.by }] as const] : []
    }),
  )
  return new Map(found.flat())
}

/** How far a request got, as the card of its exchange says it; empty if the server shows its checks, or nothing is known. */
async function ladderOf(playground: Playground, sent: Sent): Promise<readonly Rung[]> {
  const { exchange } = sent
  const { outcome, serverView, id } = exchange
  if (serverView !== null || (outcome.kind === 'response' && outcome.response.status < 300)) return []
  if (outcome.kind !== 'response') return playground.why.checks?.of(exchange)?.causes?.[0]?.ladder ?? []
  if (sent.about === 'token') {
    const reading = readTokenResponse(outcome)
    if (!('answer' in reading)) return []
    return (await explainSent(playground, sent, reading.answer, playground.why.lineOf(id)))?.ladder ?? []
  }
  if (sent.about !== 'api') return []
  const known = knownOf(playground, sent)
  const measured = await measureRequest(exchange.request)
  const record = apiAt(exchange.request.url)
  return explainApi(readApiResponse(outcome), sent, record, { ...known, measured })?.ladder ?? []
}
