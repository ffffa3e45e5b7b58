import { fetchStandard, rfc } from '../../spec.ts'
import { compare } from './common-fixes.ts'
import type { Rule, Tell } from './rule.ts'

/** A 30x, which is not followed. */
export const redirectCauses = {
  redirect: (symptoms) => ({
    title: 'The server responds with a redirect',
    meaning: `It sent a 30x, which was not followed, because the credentials would go along to an address you did not choose. Browsers hide where it leads: ${symptoms.url.protocol === 'http:' ? 'most often to https:, ' : ''}to the path with or without a slash at its end, or to a login page.${symptoms.facts.mayBeUpgraded ? ' Or there was no 30x: a host that the browser knows to speak https: only (HSTS) looks the same, and nothing is sent then.' : ''}`,
    fixes: [
      ...(symptoms.url.protocol === 'http:'
        ? [
            {
              text: 'Change http: to https:',
              moveTo: symptoms.url.href.replace(/^http:/, 'https:'),
            },
          ]
        : []),
      { text: 'See with curl where Location leads', copy: 'request' },
      compare(symptoms),
    ],
    spec: [fetchStandard('concept-filtered-response-opaque-redirect'), rfc(9110, '15.4')],
  }),
} as const satisfies Record<string, Tell>

export const redirectRules: readonly Rule<keyof typeof redirectCauses>[] = [
  {
    cause: 'redirect',
    certainty: ({ facts }) => (facts.mayBeUpgraded ? 'likely' : 'certain'),
    when: ({ sent, was }) => sent === 'redirected' || (sent === null && was('cors-get', 'redirected')),
  },
]

/** A GET that is redirected says little of a POST that failed otherwise. */
export const redirectAlternatives: readonly Rule<keyof typeof redirectCauses>[] = [
  {
    cause: 'redirect',
    certainty: 'likely',
    when: ({ sent, was }) => sent !== 'redirected' && sent !== null && was('cors-get', 'redirected'),
  },
]
