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
]
