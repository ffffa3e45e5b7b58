import type { CauseId } from './causes.ts'
import { triesAssertion } from './causes/assertion-facts.ts'
import { asksOtherThanDefault, hasIdAsSecret } from './causes/hosted.ts'
import { refusedScope } from './causes/scope.ts'
import type { Facts } from './facts/facts.ts'
import type { Row } from './record.ts'

const client = ['token', 'introspection', 'revocation'] as const

/** What a sentence is about. */
const subjects = {
  secret: '(?:(?:client|app|application|consumer)[ _-]?)?secret',
  id: '(?:client|consumer|api|app|application)[ _-]?(?:id|identifier|key)',
  client: '(?:client|app|application)(?:[ _-]?(?:id|identifier|key))?',
  user: '(?:(?:execution|run[ -]as|integration|service(?: account)?) )?user',
} as const

/** What it says of it. Who denies something of a client that is followed by “to” speaks of a right. */
const faults = {
  wrong:
    "(?:invalid|incorrect|wrong|bad|mismatch(?:ed)?|unverified|rejected|(?:does|do|did)(?: not|n[’']t) match|not (?:valid|correct|accepted|recogni[sz]ed)|(?:error|failed|failure|unable|(?:could|can)(?: ?not|n[’']t))(?: to)?(?: be)? (?:validat|verif)\\w*|(?:validation|verification) failed)",
  unknown:
    "(?:unknown|unregistered|unrecogni[sz]ed|no such|(?:not|never)(?: be| been)? (?:found|registered|known|recogni[sz]ed)|(?:could|can) ?not (?:be )?(?:find|found)|(?:(?:does|do)(?: not|n[’']t)|not) exist|non-?existent|missing service principal)",
  expired: '(?:expired|expiration|past its expiry|no longer valid)',
  off: '(?:disabled|inactive|locked|suspended|blocked|deactivated|archived|deleted|not (?:in )?(?:an )?active|not enabled(?! (?:to|for)\\b)|not approved|turned off)',
} as const

/** Within one clause, in either order. */
const about = (subject: keyof typeof subjects, fault: keyof typeof faults): RegExp =>
  new RegExp(
    `\\b${faults[fault]}\\b[^.,;\\n]{0,25}\\b${subjects[subject]}\\b|\\b${subjects[subject]}\\b[^.;\\n]{0,60}\\b${faults[fault]}\\b`,
    'i',
  )

const sends = ({ sent: { places } }: Facts): boolean => places.includes('header') || places.includes('body')

const row = (says: RegExp, causes: CauseId | Row['causes'], more: Partial<Row> = {}): Row => ({
  endpoint: client,
  says,
  causes: typeof causes === 'string' ? [causes] : causes,
  certainty: 'likely',
  ...more,
})

const ofToken = { endpoint: ['token'] } as const

/** What a gateway looked for, and where: Apigee names the variable that it failed to resolve. */
const placesLookedAt: readonly Row[] = [
  row(/\bformparam\b.{0,3}client_?(id|secret)/i, 'basic-ignored', {
    when: ({ sent: { places } }) => places.includes('header') && !places.includes('body'),
  }),
  row(/\bformparam\b.{0,3}client_?(id|secret)/i, 'client-id-missing'),
  row(/\bheader\.authorization\b/i, 'body-ignored', {
    when: ({ sent: { places } }) => !places.includes('header'),
  }),
  row(/\bheader\.client_?id\b/i, 'client-id-missing'),
  row(/\bqueryparam\b.{0,3}\w/i, 'query-wanted'),
  row(/missing (?:client )?credentials|no (?:authorization|auth) header/i, 'body-ignored', {
    when: ({ sent: { places } }) => places.includes('body') && !places.includes('header'),
  }),
]

/** What services of many organisations say, and what is theirs alone. */
const hosted: readonly Row[] = [
  row(/not supported on this domain|\bmy ?domain\b/i, 'host-of-organisation', ofToken),
  row(
    /no (?:client[ _]credentials|run[ -]as|execution) user|\brun[ -]as\b.{0,40}\b(?:missing|required|not (?:set|found|enabled))/i,
    'run-as-user-missing',
    ofToken,
  ),
  row(/\.default\b/i, 'scope-not-default', { ...ofToken, when: asksOtherThanDefault }),
  row(about('user', 'off'), 'service-account-disabled', ofToken),
  row(/value, not the client secret id/i, 'secret-is-id', { when: hasIdAsSecret }),
]

/** What many servers deny the client. */
const rights: readonly Row[] = [
  row(
    /\bgrants?\b.{0,30}(?:not (?:allowed|enabled|permitted)|disabled)\b|\bclient[ _]credentials\b(?!.{0,10}(?:user|are\b)).{0,40}\b(?:not (?:allowed|enabled|permitted)|cannot be performed|disabled)|no client[ _]credentials (?:flow|grant)|not (?:allowed|authorized|permitted|enabled).{0,40}\bclient[ _]credentials\b|not enabled to retrieve service account/i,
    'grant-not-allowed',
    ofToken,
  ),
  row(
    /not (?:allowed|authori[sz]ed|permitted) to access|not assigned to a role for the application/i,
    'resource-permission-missing',
    ofToken,
  ),
  // Of a scope, both of “unknown/invalid” are one.
  row(
    /\bscopes?\b(?:\(s\))?.{0,60}\bnot configured\b|(?:unknown|invalid|unsupported).{0,20}\bscope(?:s|\(s\))/i,
    'scope-unknown',
    { ...ofToken, ofList: true },
  ),
  row(
    /not authori[sz]ed (?:for|to).{0,20}\bscope|\b(?:no|not have)\b.{0,10}(?:access|permission)s? (?:to|for).{0,20}\bscope/i,
    'scope-permission-missing',
    ofToken,
  ),
  row(/conditional access|blocked by (?:a |an )?\w* ?polic(?:y|ies)/i, 'custom-rule', ofToken),
  row(
    /grant[ _]?type.{0,20}\b(?:not|n[’']t) (?:specified|provided|present|found)/i,
    ['form-not-read', 'parameter-missing'],
    { ...ofToken, when: ({ sent: { parameters } }) => parameters.has('grant_type') },
  ),
]

/** One of the two halves of the credentials, or the client itself. */
const halves: readonly Row[] = [
  row(about('secret', 'expired'), 'secret-expired', { when: sends }),
  row(about('secret', 'wrong'), 'secret-wrong', { when: sends }),
  row(about('secret', 'unknown'), 'secret-wrong', { when: sends }),
  row(about('client', 'off'), 'client-disabled'),
  // Of those who own the client (Apigee).
  row(/\b(?:developer|company)\b.{0,10}\bnot active\b/i, 'client-disabled'),
  row(about('id', 'wrong'), 'client-unknown'),
  // A host of applications says so of a path that it has none for.
  row(about('client', 'unknown'), 'client-unknown', {
    when: ({ came: { status, words, code } }) => status !== 404 || /client|^app/im.test(`${words}\n${code}`),
  }),
  row(/error validating application/i, 'client-unknown'),
]

const failed =
  /\b(?:invalid|bad|incorrect|wrong|unverified)\b.{0,20}\b(?:credentials?|log-?in)\b|\bcredentials?\b.{0,30}\b(?:invalid|bad|incorrect|wrong|not (?:valid|correct|accepted)|rejected)|(?:unable to|could not|cannot|failed to) (?:verify|validate|authenticate)\b|\bauthentication\b.{0,10}\b(?:fail(?:ed|ure)|unsuccessful|error)|^unauthori[sz]ed client$/i

/**
 * Words of a refused client under whatever code that is not the one of RFC 6749 section 5.2: they outrank what the code
 * means in the textbook. Which half is wrong is not said.
 */
const credentials: readonly Row[] = [
  row(
    failed,
    [
      'secret-wrong',
      'client-unknown',
      'method-other',
      'client-disabled',
      'basic-form-encoded',
      'basic-not-form-encoded',
    ],
    {
      ofList: true,
      when: (facts) =>
        facts.came.code !== 'invalid_client' &&
        facts.came.status < 500 &&
        sends(facts) &&
        !triesAssertion(facts),
      certainty: 'possible',
    },
  ),
]

/** A sentence of what it is about and of what is wrong with it; it outranks the code, and any status but one. */
export const wordRows: readonly Row[] = [...placesLookedAt, ...hosted, ...rights, ...halves, ...credentials]

/** Who counts requests says so by the status, whatever the code is. @see RFC 6585 section 4 */
export const countRows: readonly Row[] = [
  {
    endpoint: client,
    when: ({ came: { status } }) => status === 429,
    causes: ['rate-limited'],
    certainty: 'likely',
  },
  // Gateways count otherwise, too.
  {
    endpoint: client,
    says: /\bspike arrest\b|\bthrottl(?:ed|ing)\b|\bquota\b.{0,20}\b(?:violation|exceeded)/i,
    causes: ['rate-limited'],
    certainty: 'likely',
  },
]

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
  // A server that lets an API ask with a token of its own says so of that token, and none was sent.
  {
    endpoint: ['introspection'],
    code: 'invalid_token',
    status: 401,
    causes: ['introspection-needs-api', 'token-unknown'],
    certainty: 'possible',
  },
  {
    endpoint: ['introspection', 'revocation'],
    code: 'invalid_token',
    when: ({ came: { status } }) => status !== 401 && status !== 403,
    causes: ['token-unknown'],
    certainty: 'likely',
  },
  {
    endpoint: ['registration'],
    says: /registration\b.{0,30}(not (enabled|allowed|supported|available)|disabled|turned off)/i,
    causes: ['registration-not-enabled'],
    certainty: 'certain',
  },
]
