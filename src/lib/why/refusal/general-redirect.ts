import { isSlashAway, redirectOf } from './causes/redirected.ts'
import type { Row } from './record.ts'

/** Where a redirect leads says why there is one. Only a program that is no browser reads that. @see RFC 9110 section 15.4 */
export const redirectRows: readonly Row[] = [
  { when: isSlashAway, causes: ['slash-at-end'], certainty: 'certain' },
  {
    when: (facts) => facts.sent.url.protocol === 'http:' && redirectOf(facts)?.protocol === 'https:',
    causes: ['redirect-to-https'],
    certainty: 'certain',
  },
]
