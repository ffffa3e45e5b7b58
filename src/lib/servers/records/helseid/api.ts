import type { ApiRecord, UseTarget } from '../../../explanation/api-record.ts'
import { emptyApiCall } from '../../../oauth/config/api-call.ts'
import { helseIdApiRules } from './api-rules.ts'

const url = 'https://localhost:5081/machine-clients/greetings'

/** HelseID's Sample API, as its source has it. */
export const helseIdApi: ApiRecord = {
  // Where it listens, or its path behind a proxy
  isAt: (called) => {
    if (!URL.canParse(called)) return false
    const { origin, pathname } = new URL(called)
    return origin === new URL(url).origin || pathname === new URL(url).pathname
  },
  unreadable: ['HelseID’s Sample API sends no CORS headers as it comes: a page cannot read its responses.'],
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
