import { refusedScope } from './causes/scope.ts'
import type { Row } from './record.ts'

/** What many servers say of what the client asks for, if they name it, and of what the operator put behind. @see RFC 6749 section 3.3 */
export const rightsRows: readonly Row[] = [
  {
    // What was sent is what is refused.
    endpoint: ['token'],
    says: /\baudience\b.{0,300}\b(white-?listed|not (been )?(registered|permitted|granted|allowed|known|found))|(unknown|invalid) audience|not (allowed|authorized|permitted).{0,40}\baudience|not (allowed|authorized|permitted) to access/i,
    when: ({ config: { audience }, came: { words } }) => audience !== '' && words.includes(audience),
    causes: ['resource-permission-missing'],
    certainty: 'certain',
  },
  {
    endpoint: ['token'],
    says: /duplicate.{0,10}scope/i,
    causes: ['scope-duplicate'],
    certainty: 'certain',
  },
  {
    // It names one of those that were asked for: then it matters little what kind of scope that is.
    endpoint: ['token'],
    says: /not (allowed|permitted|authorized)\b.{0,40}\bscope|\bscope\b.{0,60}not (allowed|permitted|authorized|granted)/i,
    when: (facts) => refusedScope(facts) !== null,
    causes: ['scope-permission-missing'],
    certainty: 'certain',
  },
  {
    endpoint: ['token'],
    says: /\b(web)?hooks?\b/i,
    when: ({ came }) => came.status >= 500,
    causes: ['token-hook-failed'],
    certainty: 'certain',
  },
  { endpoint: ['token'], says: /\b(web)?hooks?\b/i, causes: ['custom-rule'], certainty: 'certain' },
  {
    endpoint: ['registration'],
    says: /registration\b.{0,30}(not (enabled|allowed|supported|available)|disabled|turned off)/i,
    causes: ['registration-not-enabled'],
    certainty: 'certain',
  },
]
