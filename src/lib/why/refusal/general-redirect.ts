import { isSlashAway, isToLogin, redirectOf } from './causes/redirected.ts'
import type { Row } from './record.ts'

/** Where a redirect leads says why there is one. Only a program that is no browser reads that. @see RFC 9110 section 15.4 */
export const redirectRows: readonly Row[] = [
  // A path that wants a login sends whoever has none to its page; one that accepts tokens would say 401 to a bad one.
  {
    endpoint: ['api'],
    when: (facts) => isToLogin(facts) && facts.sent.authorization === null,
    causes: ['no-credentials'],
    certainty: 'likely',
  },
  { endpoint: ['api'], when: isToLogin, causes: ['login-page'], certainty: 'likely' },
  { when: isSlashAway, causes: ['slash-at-end'], certainty: 'certain' },
  {
    when: (facts) => facts.sent.url.protocol === 'http:' && redirectOf(facts)?.protocol === 'https:',
    causes: ['redirect-to-https'],
    certainty: 'certain',
  },
]
