import type { CauseId } from './causes.ts'
import type { Row } from './record.ts'
import type { Facts } from './facts/facts.ts'

const operations = ['introspection', 'revocation'] as const

const said = (says: RegExp, cause: CauseId, more: Partial<Row> = {}): Row => ({
  endpoint: operations,
  says,
  causes: [cause],
  certainty: 'likely',
  ...more,
})

/** Words about a token are about the one that was sent, if the client has signed nothing that is one too. */
const hasOneToken = ({ sent: { assertion, proof } }: Facts): boolean => assertion === null && proof === null

/** What servers say of the token that introspection or revocation is about, and of who asks. @see RFC 7662 section 2, RFC 7009 section 2 */
export const tokenRows: readonly Row[] = [
  said(/not (allowed|authorized|permitted) to revoke/i, 'token-of-another-client', {
    endpoint: ['revocation'],
    certainty: 'certain',
  }),
  said(
    /not issued (to|for) (this|the) client|(issued|belongs?) to (another|a different) client|not belong to (this|the) (\w+ )?client/i,
    'token-of-another-client',
    { certainty: 'certain' },
  ),
  // What cannot be read as a token has no other fault.
  said(/not enough segments|(token|jwt).{0,20}(malformed|cannot be (parsed|decoded))/i, 'token-unknown', {
    when: hasOneToken,
    certainty: 'certain',
  }),
  said(
    /\bno token (was )?(provided|sent|given)|(missing|required|no)( required| form| body)* (parameter|field):? ['"]?token\b(?![_-])|^['"]?token['"]?( parameter)? (is )?(missing|required|empty|must not be (blank|empty|null))/im,
    'token-parameter-missing',
  ),
  said(
    /\b(access|self-contained|jwt)\b.{0,20}\btokens?\b.{0,10}\b(can ?not|not) (be )?revo[ck]/i,
    'token-kind-not-supported',
    { endpoint: ['revocation'] },
  ),
  // No scope is sent here: it is one of the caller’s rights.
  said(
    /\bscopes?\b.{0,40}\b(required|missing|needed|insufficient)\b|\b(requires?|missing|lacks?|insufficient)\b.{0,40}\bscope/i,
    'endpoint-permission-missing',
  ),
  said(
    /not (allowed|authorized|permitted) to (use |call )?(the )?introspect|\b(lacks?|no|without|missing|insufficient) (the )?(permissions?|rights?|privileges?)\b|only confidential clients|public clients?\b.{0,20}\bnot\b/i,
    'endpoint-permission-missing',
  ),
  said(/\btoken\b.{0,10}\bexpired\b|\bexpired (access )?token\b/i, 'token-expired', {
    when: hasOneToken,
    stage: 'token',
  }),
  said(/\btoken (was |is |could )?(not (be )?found|unknown)\b|\bunknown token\b/i, 'token-unknown', {
    when: hasOneToken,
  }),
]
