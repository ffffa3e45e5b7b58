import { challengeParameter, challengesOf } from '../../http/challenges.ts'
import { rfc } from '../../spec.ts'
import { quoted } from '../../text/quoted.ts'
import { unread } from '../base/judges.ts'
import { deviates, type Judgement, noted, ok, type Seen, type Sent, skipped } from '../base/row.ts'
import { came, exposes, finals, readableByPage, responseOf, seesField, statusOf } from '../base/sent.ts'

/** Whether the API gave what was asked for. */
export const isSuccess = (sent: Sent): boolean => statusOf(sent) >= 200 && statusOf(sent) < 300

/** A call that has to bring what was asked for. */
export function accepts(seen: Seen): Judgement {
  const sent = finals(seen).at(-1)
  if (sent?.attempt.target !== 'api') return skipped(`There is no token for the API. ${came(sent)}`)
  return isSuccess(sent) ? ok(came(sent)) : (unread(seen, sent) ?? deviates(came(sent)))
}

/** The same of the first call: what an API refuses but for the token says nothing of it. */
export function opens(seen: Seen): Judgement {
  const sent = finals(seen).at(-1)
  const isOfToken = challengesIn(sent).length > 0
  return sent?.attempt.target === 'api' && !isOfToken && [400, 404, 405, 406, 415].includes(statusOf(sent))
    ? skipped(`${came(sent)} That says nothing of the token: is the URL one to be fetched with GET?`)
    : accepts(seen)
}

/** What the API demands instead. */
export const challengesIn = (sent: Sent | undefined) => challengesOf(responseOf(sent)?.headers ?? [])

/** The error that a challenge names. */
export const errorIn = (sent: Sent | undefined): string | undefined =>
  challengesIn(sent)
    .map((one) => challengeParameter(one, 'error') ?? '')
    .find((error) => error !== '')

/** A call that has to be refused with 401 and a challenge; `code` is what the challenge should say. */
export function refusedByApi(seen: Seen, code: string | null = 'invalid_token'): Judgement {
  const [sent] = finals(seen)
  if (!sent) return skipped('Nothing was sent.')
  const unseen = unread(seen, sent)
  if (unseen) return unseen
  if (isSuccess(sent)) return deviates(came(sent), { accepted: true })
  const section = rfc(6750, '3.1')
  if (statusOf(sent) !== 401)
    return code !== null && [400, 403].includes(statusOf(sent))
      ? deviates(came(sent), { weight: 'should', section })
      : deviates(came(sent))
  if (!seesField(seen.environment, sent, 'www-authenticate'))
    return skipped(`${came(sent)} A page cannot read WWW-Authenticate: the API does not expose it.`)
  const challenges = challengesIn(sent)
  if (challenges.length === 0) return deviates(`${came(sent)} It has no challenge.`)
  if (code === null) return ok(came(sent))
  const said = challenges.map((one) => challengeParameter(one, 'error')).find((error) => error !== null)
  return said === code
    ? ok(came(sent))
    : deviates(
        said === undefined
          ? `${came(sent)} The challenge has no error, such as ${code}.`
          : `${came(sent)} The challenge says “${quoted(said)}” and not ${code}.`,
        { weight: 'should', section },
      )
}

/** Whether a page reads refusals as it reads successes. */
export function apiCors(seen: Seen): Judgement {
  const { environment, of } = seen
  const sent =
    environment.kind === 'node'
      ? finals(seen)
      : [...finals({ mine: of('api-token') }).slice(1), ...finals({ mine: of('api-none') })]
  const [success, refusal] = sent
  if (!success || !refusal) return skipped('Nothing was sent.')
  if (readableByPage(success, environment) !== true)
    return skipped('No page can read the API, and it need not be for pages.')
  if (readableByPage(refusal, environment) !== true)
    return deviates('A page can read successes, and no refusal.')
  return exposes(refusal, environment, 'WWW-Authenticate')
    ? ok('A page can read refusals, and their challenge.')
    : noted('A page can read refusals, and not their challenge.')
}
