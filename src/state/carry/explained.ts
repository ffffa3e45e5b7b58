import type { Explained } from '../../lib/export/explained.ts'
import { explainApi, readApiResponse } from '../../lib/oauth/api/explain-api.ts'
import { apiAt } from '../../lib/servers/records/records.ts'
import { measureRequest } from '../../lib/why/refusal/refusal.ts'
import type { Sent } from '../base/sent.ts'
import { knownOf } from '../known.ts'
import type { Playground } from '../playground.svelte.ts'

/** Exchanges with what the page says of them, for a file. */
export const explained = (playground: Playground, entries: readonly Sent[]): Promise<readonly Explained[]> =>
  Promise.all(entries.map(async (sent) => ({ ...sent, explanation: await explanationOf(playground, sent) })))

async function explanationOf(playground: Playground, sent: Sent): Promise<Explained['explanation']> {
  if (sent.about === 'token') return (await playground.understand(sent)).explanation
  if (sent.about !== 'api') return null
  const { request, outcome } = sent.exchange
  const measured = await measureRequest(request)
  return explainApi(readApiResponse(outcome), sent, apiAt(request.url), {
    ...knownOf(playground, sent),
    measured,
  })
}

/** What must be in no file, whether an exchange has it or not: the secret in the form, and a token that was pasted. */
export const secretsAtHand = ({ connection, atHand }: Playground): readonly string[] =>
  [connection.config.client_secret, atHand.pasted].filter((secret) => secret !== '')
