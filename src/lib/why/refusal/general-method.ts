import { differing, triesAssertion } from './causes/assertion-facts.ts'
import type { Row } from './record.ts'
import type { Facts } from './facts/facts.ts'
import { isUndecodable } from './facts/credentials.ts'

const client = ['token', 'introspection', 'revocation'] as const

/** Whether the request names no client and has no credentials. */
export const isAnonymous = ({
  config: { client_id },
  sent: { places, authorization, parameters },
}: Facts): boolean =>
  client_id === '' && places.length === 0 && authorization === null && !parameters.has('client_assertion')

const isInBodyAlone = ({ sent: { places } }: Facts): boolean =>
  places.includes('body') && !places.includes('header') && !places.includes('assertion')

/** That another method is expected of this client than the one that was used. */
const otherMethod =
  /(?:only )?supports\b.{0,40}\bauth(?:entication)?[ _]method|\b(?:must (?:not )?use|must authenticate (?:with|using)|may not use|cannot use|registered (?:for|with)|configured (?:for|with)|requires)\b.{0,60}\b(?:client_secret_(?:basic|post|jwt)|private_key_jwt)\b|\bauthentication (?:method|mechanism)\b.{0,40}(?:not (?:(?:allowed|enabled|permitted) for|supported)|does not match|mismatch)|\bunsupported (?:client )?authentication method/i

const noHeader =
  /\b(?:authorization|basic)(?: auth)? header\b.{0,20}(?:missing|required|not (?:found|present|provided))|(?:missing|no|without an?) (?:authorization|basic)(?: auth)? header/i

const noCredentials =
  /\bno (?:client )?credentials\b(?! (?:user|grant|flow))|credentials (?:are |were )?(?:missing|not (?:found|provided))/i

/** "wrong user or password", "invalid client_id / client_secret". */
const namesPassword =
  /\b(?:wrong|invalid|incorrect|bad)\b.{0,20}\b(?:user(?:name)?|(?:client|app)[_ ]?id)\b.{0,10}(?:\bor\b|\band\b|\/).{0,20}(?:password|secret)\b|\bclient[_ ]?id\b.{0,8}\bor\b.{0,20}\bsecret\b.{0,30}\b(?:incorrect|wrong|invalid)\b|\b(?:incorrect|wrong) client credentials/i

/** What many servers say of how the client authenticates, or of a client that cannot. @see RFC 6749 section 2.3 */
export const methodRows: readonly Row[] = [
  {
    endpoint: client,
    says: /(?:could not|cannot|can't|failed to|unable to).{0,20}(?:decode|unescape|parse)|form-urlencoded|(?:invalid|malformed|bad) (?:basic|authorization|auth)\b/i,
    when: isUndecodable,
    causes: ['basic-not-form-encoded'],
    certainty: 'certain',
    stage: 'client',
  },
  {
    endpoint: ['token'],
    says: /\bsupports\b.{0,40}\bauth(?:entication)?[ _]method\W{1,3}none\b/i,
    causes: ['public-client'],
    certainty: 'certain',
    stage: 'method',
  },
  {
    endpoint: client,
    says: otherMethod,
    when: ({ sent: { places } }) => places.length > 1,
    causes: ['two-credentials'],
    certainty: 'certain',
  },
  {
    // It may be the method of another client than the one that signed.
    endpoint: client,
    says: otherMethod,
    when: (facts) => facts.sent.assertion !== null && differing(facts) !== null,
    causes: ['method-other'],
    certainty: 'likely',
  },
  {
    endpoint: client,
    says: otherMethod,
    when: ({ sent: { places } }) => places.length > 0,
    causes: ['method-other'],
    certainty: 'certain',
  },
  {
    endpoint: ['token'],
    says: /\bmarked as public\b|\bonly confidential clients\b|\bpublic clients? (?:is|are|may|must|can)? ?not\b|\bclient is (?:a )?public\b/i,
    causes: ['public-client'],
    certainty: 'certain',
  },
  { endpoint: client, says: noHeader, when: isInBodyAlone, causes: ['body-ignored'], certainty: 'certain' },
  {
    endpoint: client,
    says: noHeader,
    when: isAnonymous,
    causes: ['client-id-missing'],
    certainty: 'certain',
  },
  {
    endpoint: client,
    says: noCredentials,
    when: isInBodyAlone,
    causes: ['body-ignored'],
    certainty: 'likely',
  },
  {
    endpoint: client,
    says: noCredentials,
    when: (facts) => facts.sent.places.length === 0 && !triesAssertion(facts) && !isAnonymous(facts),
    causes: ['no-credentials'],
    certainty: 'likely',
  },
  {
    endpoint: client,
    says: /credentials missing or malformed/i,
    ofList: true,
    when: isAnonymous,
    causes: ['client-id-missing'],
    certainty: 'certain',
  },
  {
    endpoint: client,
    says: /\bclient[_ ]?id\b.{0,40}must be (?:provided|sent|set|specified|present)/i,
    when: (facts) => isAnonymous(facts) && !triesAssertion(facts),
    causes: ['client-id-missing'],
    certainty: 'certain',
  },
  {
    // Which of the two is wrong is not said; with an assertion, none of them was sent.
    endpoint: client,
    says: namesPassword,
    ofList: true,
    when: ({ sent: { places } }) => places.includes('header') || places.includes('body'),
    causes: ['secret-wrong', 'client-unknown', 'basic-not-form-encoded', 'basic-form-encoded'],
    certainty: 'possible',
  },
  {
    endpoint: client,
    says: namesPassword,
    ofList: true,
    when: ({ sent: { places } }) => places.length === 0,
    causes: ['no-credentials'],
    certainty: 'likely',
  },
  {
    endpoint: client,
    says: namesPassword,
    ofList: true,
    when: triesAssertion,
    causes: [
      'assertion-not-for-grant',
      'client-unknown',
      'method-other',
      'assertion-signature',
      'client-disabled',
    ],
    certainty: 'possible',
  },
]
