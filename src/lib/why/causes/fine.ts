import type { Rule, Tell } from './rule.ts'
import { fetchStandard } from '../../spec.ts'
import { openInTab, readConsole } from './common-fixes.ts'

/** Nothing found, and nothing learned. */
export const fineCauses = {
  reachable: ({ url }) => ({
    title: `This page can reach ${url.host} and read its responses`,
    meaning: 'Nothing is in the way that can be seen without credentials.',
    fixes: ['Send the request.'],
    spec: [],
  }),
  'by-client': ({ url, evidence: { known } }) => ({
    title: `This page can reach ${url.host}; what it may read there depends on the client`,
    meaning: `The path is right: the metadata say so, and every page may read them. ${known?.name ?? 'The server'} has the allowed origins in the ${known?.originsOfClient ?? 'settings'} of each client, and no request without that client shows them.`,
    fixes: ['Send the request.'],
    spec: [],
  }),
  unknown: (symptoms) => ({
    title: 'The browser gave no response to this page',
    meaning:
      'What was observed fits none of the known causes, or too little was. The console of the browser knows more.',
    fixes: [readConsole, openInTab(symptoms), { text: 'Repeat it with curl', copy: 'request' }],
    spec: [fetchStandard('concept-network-error')],
  }),
} as const satisfies Record<string, Tell>

export const fineRules: readonly Rule<keyof typeof fineCauses>[] = [
  {
    cause: 'reachable',
    certainty: 'likely',
    when: ({ sent, readable, was }) =>
      sent === null && readable && !was('preflight', 'failed', 'pending') && !was('cors-get', 'redirected'),
  },
  {
    cause: 'by-client',
    certainty: 'likely',
    when: ({ sent, readable, result, evidence: { known } }) => {
      const metadata = result('metadata')
      return (
        sent === null &&
        !readable &&
        known?.originsOfClient !== undefined &&
        metadata?.kind === 'answered' &&
        metadata.status === 200
      )
    },
  },
]
