import { registrationOf } from '../../oauth/token/refused-rules.ts'
import { deviates, type Judgement, noted, ok, type Seen, type Sent, skipped } from './row.ts'
import { came, codeOf, finals, issued, responseOf, statusOf } from './sent.ts'

/** What a refusal looks like. */
export interface Refusal {
  /** `4xx` if any is as good. */
  readonly statuses: readonly number[] | '4xx'
  /** Empty if any is as good. */
  readonly codes: readonly string[]
  /** By code: nothing is wrong then, and it is worth knowing. */
  readonly noted?: Readonly<Record<string, string>>
  /** What is said of a token instead, if that is no fault. */
  readonly accepted?: (seen: Seen, sent: Sent) => Judgement
}

/** What can be said if no response was read; `null` if one was. A browser hides what the server did not allow it to show. */
export function unread({ environment }: Seen, sent: Sent): Judgement | null {
  const { kind } = sent.exchange.outcome
  if (kind === 'response' || kind === 'opaque-redirect') return null
  if (sent.kind === 'again')
    return deviates(`${came(sent)} It did so twice, and the working request in between brought a token.`, {
      evidence: sent,
    })
  const why = environment.kind === 'page' ? ' The browser hides why. Run the command to see it.' : ''
  return skipped(`${came(sent)}${why}`, { evidence: sent })
}

/** Each request of the row has to bring a token. */
export function asBaseline(seen: Seen): Judgement {
  const sent = finals(seen)
  const wrong = sent.find((one) => !issued(one))
  if (!wrong) return sent.length === 0 ? skipped('Nothing was sent.') : ok('The server issued a token.')
  return unread(seen, wrong) ?? deviates(`${wrong.attempt.says} ${came(wrong)}`, { evidence: wrong })
}

/** Each request of the row has to be refused. */
export const refuses =
  (refusal: Refusal) =>
  (seen: Seen): Judgement => {
    const judged = finals(seen).map((sent) => refusedOnce(seen, sent, refusal))
    const order = ['deviates', 'skipped', 'note', 'ok']
    const [gravest] = judged.toSorted(
      (one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict),
    )
    return gravest ?? skipped('Nothing was sent.')
  }

/** One request that has to be refused. */
export function refusedOnce(
  seen: Seen,
  sent: Sent,
  { statuses, codes, noted: notes = {}, accepted }: Refusal,
): Judgement {
  const found = came(sent)
  const unseen = unread(seen, sent)
  if (unseen) return unseen
  if (issued(sent))
    return { accepted: true, ...(accepted?.(seen, sent) ?? deviates(found, { evidence: sent })) }
  const status = statusOf(sent)
  const code = codeOf(sent)
  if (status < 400 || status > 499) return deviates(found, { evidence: sent })
  const note = code !== null && Object.hasOwn(notes, code) ? notes[code] : undefined
  if (note !== undefined) return noted(`${found} ${note}`, { evidence: sent })
  // One fault, one accusation: what a refusal without a registered code owes is a row of its own.
  const isUnnamed = code === null || registrationOf(code) === 'unregistered'
  if (isUnnamed && [400, 401, 403].includes(status)) return ok(found, { evidence: sent })
  if (codes.length > 0 && !codes.includes(code ?? '')) return deviates(found, { evidence: sent })
  const fits = statuses === '4xx' || statuses.includes(status)
  return fits ? ok(found, { evidence: sent }) : deviates(found, { evidence: sent })
}

/** A request may be refused or not, and must not break the server. */
export function survives(seen: Seen, notedIf: (sent: Sent) => string | null = () => null): Judgement {
  for (const sent of finals(seen)) {
    const unseen = unread(seen, sent)
    if (unseen) return unseen
    if (statusOf(sent) >= 500 || !responseOf(sent)) return deviates(came(sent), { evidence: sent })
    const note = notedIf(sent)
    if (note !== null) return noted(`${came(sent)} ${note}`, { evidence: sent })
  }
  const last = finals(seen).at(-1)
  return last ? ok(came(last)) : skipped('Nothing was sent.')
}
