import type { Rule, Tell } from './rule.ts'
import { fetchStandard } from '../../spec.ts'
import type { Symptoms } from '../evidence/symptoms.ts'
import { isGetOfPost } from './redirect.ts'
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

/** A success says more than a GET that nobody sends; if each client has origins of its own, one of this client. */
const readBefore = ({ evidence: { before, known } }: Symptoms): boolean =>
  known?.originsOfClient === undefined ? before.succeeded : before.ofClient

export const fineRules: readonly Rule<keyof typeof fineCauses>[] = [
  {
    cause: 'reachable',
    certainty: 'likely',
    when: (symptoms) =>
      symptoms.sent === null &&
      (symptoms.readable || (symptoms.up && readBefore(symptoms))) &&
      !symptoms.was('preflight', 'failed', 'pending') &&
      (!symptoms.was('cors-get', 'redirected') ||
        symptoms.was('cors-post', 'answered') ||
        isGetOfPost(symptoms)),
    because: (symptoms) =>
      symptoms.readable ? [] : ['A success was read from there, though a GET cannot be read.'],
  },
  {
    cause: 'by-client',
    certainty: 'likely',
    when: (symptoms) => {
      const { sent, readable, result, evidence } = symptoms
      const { known } = evidence
      const metadata = result('metadata')
      return (
        sent === null &&
        !readable &&
        !readBefore(symptoms) &&
        known?.originsOfClient !== undefined &&
        metadata?.kind === 'answered' &&
        metadata.status === 200
      )
    },
  },
]
