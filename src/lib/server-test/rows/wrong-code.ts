import { registrationOf } from '../../oauth/token/refused-rules.ts'
import { deviates, type Judgement, ok, type Seen, type Sent, skipped } from '../base/row.ts'
import { came, codeOf, finals, issued, statusOf } from '../base/sent.ts'

/** The first refusal of those rows that has another registered code, or another status. */
export function wrongCode(
  { of }: Seen,
  ids: readonly string[],
  statuses: readonly number[],
  codes: readonly string[],
): Judgement {
  const refused = ids
    .flatMap((id) => finals({ mine: of(id) }))
    .filter((sent) => !issued(sent) && isOauth(sent))
  if (refused.length === 0) return skipped('There is no refusal with an error code.')
  const wrong = refused.filter(
    (sent) => !codes.includes(codeOf(sent) ?? '') || !statuses.includes(statusOf(sent)),
  )
  const [first] = wrong
  if (!first) return ok(`So are all ${refused.length} refusals.`, { evidence: refused[0] })
  const others = wrong.length === 1 ? '' : ` So it is with ${wrong.length} of ${refused.length} refusals.`
  return deviates(`${first.attempt.says} ${came(first)}${others}`, { evidence: first })
}

/** One without a registered code is told in a row of its own. */
const isOauth = (sent: Sent): boolean => {
  const code = codeOf(sent)
  return code !== null && registrationOf(code) !== 'unregistered' && statusOf(sent) < 500
}
