import { setHeader } from '../../faults/edit-request.ts'
import { predictPreflight } from '../../http/preflight.ts'
import { composeChanged, configured } from '../base/attempts.ts'
import { type Attempt, type Judgement, noted, ok, type Seen, skipped } from '../base/row.ts'
import { fieldOf, finals, readableByPage, statusOf } from '../base/sent.ts'

/** What a browser asks before it sends the header of Basic. */
export const preflight: Attempt = {
  target: 'preflight',
  client: 'client',
  by: 'node',
  says: 'The question of a browser before a request with Authorization.',
  altered: [],
  compose: async (seen) => {
    const { environment, subject } = seen
    if (environment.kind === 'page') return null
    const change = configured((config) => ({ ...config, token_endpoint_auth_method: 'client_secret_basic' }))
    const request = await composeChanged(subject.clients.client, change, seen)
    // A browser has a User-Agent of its own, for which it asks nobody.
    return predictPreflight(setHeader(request, 'user-agent', null), environment.origin)?.request ?? null
  },
}

/** What a browser learns of a wrong Basic header. */
export function preflight401(seen: Seen): Judgement {
  const { environment } = seen
  const [sent] = finals({ mine: seen.of('wrong-secret-basic') })
  if (!sent) return skipped('Nothing was sent with Basic.')
  const [asked] = finals(seen)
  if (asked) {
    const status = statusOf(asked)
    const allowed = (fieldOf(asked, 'access-control-allow-headers') ?? '')
      .toLowerCase()
      .split(',')
      .map((one) => one.trim())
    const hasOrigin = readableByPage(asked, environment) === true
    if (status < 200 || status > 299)
      return noted(`The preflight does not pass: status ${status}.`, { evidence: asked })
    if (!hasOrigin)
      return noted('The preflight does not pass: Access-Control-Allow-Origin does not name the origin.', {
        evidence: asked,
      })
    if (!allowed.includes('authorization'))
      return noted(
        allowed.includes('*')
          ? 'Access-Control-Allow-Headers is *, which does not cover Authorization.'
          : 'Access-Control-Allow-Headers does not name Authorization.',
        { evidence: asked },
      )
  }
  return readableByPage(sent, environment) === true
    ? ok('A page can send the header, and read the 401.', { evidence: sent })
    : noted(
        'A page cannot read the response to a wrong Basic header: the preflight fails, or the 401 has no CORS.',
        {
          evidence: sent,
        },
      )
}
