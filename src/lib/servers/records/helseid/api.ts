import type { ApiRecord, UseTarget } from '../../../explanation/api-record.ts'
import { emptyApiCall } from '../../../oauth/config/api-call.ts'
import { apiAudience, apiScope, helseIdApiRules } from './api-rules.ts'

const url = 'https://localhost:5081/machine-clients/greetings'

/** HelseID's Sample API, as its source has it. */
export const helseIdApi: ApiRecord = {
  // Where it listens, or its path behind a proxy
  isAt: (called) => {
    if (!URL.canParse(called)) return false
    const { origin, pathname } = new URL(called)
    return origin === new URL(url).origin || pathname === new URL(url).pathname
  },
  audience: apiAudience,
  scope: apiScope,
  takesBearer: false,
  // It is that of ASP.NET Core's Bearer handler.
  challengeIsGeneric: true,
  unreadable: ['HelseID’s Sample API sends no CORS headers as it comes: a page cannot read its responses.'],
  refused: (status) =>
    status === 403
      ? `HelseID’s Sample API wants the scope ${apiScope}, and responds with an empty 403 if the token has another.`
      : 'HelseID’s Sample API says Bearer and invalid_token whatever is wrong, though it accepts DPoP alone; what is wrong with a proof is in its log, and in the checks made here.',
  checks: {
    title: 'What the Sample API checks',
    about:
      'It refuses with a bare 401, and writes the reason to its own log. Told here from the request above.',
    rules: helseIdApiRules,
  },
}

/** The same, ready to be called. */
export const sampleApi: UseTarget = {
  name: 'Sample API',
  about: 'HelseID’s Sample API on this machine. It allows no page to read its responses (no CORS).',
  call: { ...emptyApiCall, url, presentation: 'dpop' },
}
