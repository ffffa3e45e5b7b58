import type { Row } from './record.ts'
import { apiRows } from './general-api.ts'
import { assertionRows, proofRows } from './general-jwt.ts'
import { methodRows } from './general-method.ts'
import { faultRows } from './general-faults.ts'
import { audienceRows, mediaRows, placeRows } from './general-places.ts'
import { tokenRows } from './general-operations.ts'
import { countRows, rightsRows, wordRows } from './general-words.ts'
import { pageRows, redirectRows, wayRows } from './general-pages.ts'
import { usesCertificate } from './causes/grant.ts'
import { triesAssertion } from './causes/assertion-facts.ts'
import { saysTls } from './causes/way.ts'

const token = ['token', 'introspection', 'revocation'] as const

/** Sentences that many servers say alike, and that name one cause. A sentence that lists several names none. */
export const generalRows: readonly Row[] = [
  ...wayRows,
  ...redirectRows,
  ...faultRows,
  ...pageRows,
  ...countRows,
  ...proofRows,
  ...assertionRows,
  ...placeRows,
  ...mediaRows,
  ...methodRows,
  // Of "missing, or unknown" one is left for a resource that was sent (oidc-provider).
  {
    ofList: true,
    endpoint: ['token'],
    code: 'invalid_target',
    says: /resource.{0,20}missing, or unknown/i,
    when: ({ sent: { parameters } }) => parameters.has('resource'),
    causes: ['resource-unknown'],
    certainty: 'likely',
  },
  ...audienceRows,
  ...tokenRows,
  ...rightsRows,
  {
    endpoint: token,
    says: /client_assertion/i,
    when: (facts) => facts.sent.places.length > 0 && !triesAssertion(facts),
    causes: ['method-other'],
    certainty: 'certain',
  },
  {
    endpoint: token,
    says: /client_secret.{0,60}(must|required|missing)|(secret|credentials).{0,20}(is |are )?(missing|required)|client authentication is required|(missing|no) client authentication\b/i,
    when: (facts) => facts.sent.places.length === 0 && !usesCertificate(facts),
    causes: ['no-credentials'],
    certainty: 'certain',
  },
  {
    endpoint: token,
    says: /(missing|mandatory|required).{0,30}client[_ ]?id\b|client[_ ]?id\b.{0,20}(missing|required)/i,
    causes: ['client-id-missing'],
    certainty: 'certain',
  },
  {
    endpoint: ['token'],
    says: /query (parameters?|string).{0,30}not (allowed|supported|accepted)|parameters?.{0,20}in (the )?(query|url).{0,20}not (allowed|supported|accepted)/i,
    when: ({ sent: { url } }) => url.search !== '',
    causes: ['query-not-allowed'],
    certainty: 'certain',
  },
  {
    endpoint: token,
    says: /multiple (client )?credentials|more than one (client )?(authentication|credential)|multiple.{0,30}authentication/i,
    causes: ['two-credentials'],
    certainty: 'certain',
  },
  {
    endpoint: token,
    says: /not (allowed|authorized|permitted).{0,40}endpoint/i,
    causes: ['endpoint-permission-missing'],
    certainty: 'certain',
  },
  {
    endpoint: token,
    says: /resource.{0,60}(absolute|fragment)/i,
    causes: ['resource-malformed'],
    certainty: 'certain',
  },
  {
    endpoint: token,
    says: /(single|only one|exactly one|one) resource\b|(multiple|several|more than one) resources?\b/i,
    when: ({ config }) => config.resource.filter(Boolean).length > 1,
    causes: ['resource-single'],
    certainty: 'certain',
  },
  {
    endpoint: token,
    says: /not (allowed|authorized|permitted).{0,40}resource/i,
    causes: ['resource-permission-missing'],
    certainty: 'certain',
  },
  {
    endpoint: token,
    when: ({ config: { resource } }) => resource.some(Boolean),
    says: /resources?\b.{0,200}(n['’]t exist|does not exist|not found|unknown|is invalid|not known)|(unknown|invalid) resource/i,
    causes: ['resource-unknown'],
    certainty: 'certain',
  },
  {
    endpoint: token,
    says: /\baudience\b.{0,60}(only allowed|not (allowed|supported|accepted))/i,
    causes: ['audience-not-accepted'],
    certainty: 'certain',
  },
  {
    endpoint: token,
    says: /grant[ _]?type.{0,60}not (allowed|authorized|permitted)|not (allowed|authorized|permitted).{0,40}grant|not allowed to use the (specified )?grant|grant[ _]?type.{0,60}not supported (by|for) (the|this) client|unauthorized grant/i,
    causes: ['grant-not-allowed'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    says: /(unsupported|invalid) grant[ _]type|grant[ _]?type.{0,60}not supported/i,
    causes: ['grant-not-enabled'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    says: /scope.{0,30}(missing|required|must be (provided|requested)|not be empty)|missing.{0,30}scope|parameter.{0,10}'scope'/i,
    when: ({ sent: { parameters } }) => !parameters.get('scope')?.trim(),
    causes: ['scope-not-sent'],
    certainty: 'likely',
  },
  // Not asked for, it is the server's default.
  {
    endpoint: ['token'],
    says: /scope.{0,40}not (allowed|permitted|authorized)/i,
    when: ({ sent: { parameters } }) => !parameters.has('scope'),
    causes: ['scope-refused'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    says: /not allowed to use the (specified )?scope|not (entitled|permitted|authorized|allowed).{0,40}scope|scope.{0,40}not (allowed|permitted|authorized)/i,
    causes: ['scope-permission-missing'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    says: /(unknown|unsupported|unrecognized) scope|scope'?.{0,60}(unknown|not found|does not exist|not supported|unsupported|is invalid)/i,
    causes: ['scope-unknown'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    says: /(unknown|no such|invalid) client\b(?!.{0,40}(credential|secret|assertion|authentication))(?!_)|client(?! (assertion|credentials)).{0,40}(not (be )?found|unknown|does not exist|not registered)|no client with/i,
    causes: ['client-unknown'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    says: /client[ _]?id(entifier)?\b(?!.{0,20}(secret|password|missing)).{0,30}(not match|n['’]t match|invalid|unknown|not valid|not known|not recogni[sz]ed|not registered)|invalid (value for|parameter).{0,5}client[ _]id\b/i,
    causes: ['client-unknown'],
    certainty: 'likely',
  },
  {
    // Of the comparison with the stored hash (bcrypt).
    endpoint: token,
    says: /passwords? (do|does)(n['’]t| not) match|\bbcrypt\b.{0,20}fail|hashedPassword is not the hash/i,
    when: ({ sent: { places } }) => places.length > 0,
    causes: ['secret-wrong'],
    certainty: 'certain',
  },
  {
    endpoint: token,
    says: /secret.{0,60}\bexpired|expired.{0,20}secret/i,
    causes: ['secret-expired'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    says: /(wrong|invalid|incorrect|bad)[ _]['"]?(client[ _])?secret|secret.{0,60}(does not match|mismatch|is (wrong|invalid|incorrect))/i,
    causes: ['secret-wrong'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    says: /\b(client|app(lication)?)\b.{0,60}\b(disabled|inactive|locked|suspended|not (in )?(an )?active|not enabled(?! (to|for)\b))\b/i,
    causes: ['client-disabled'],
    certainty: 'likely',
  },
  {
    endpoint: ['token'],
    says: /\bapplication\b.{0,20}\bnot (be )?found\b/i,
    // A host of applications says so of a name that it has none for.
    when: ({ came }) => came.status !== 404,
    causes: ['client-unknown'],
    certainty: 'likely',
  },
  {
    says: /(rate.?limit|too many requests|(quota|request) (limit )?exceeded|request limit)/i,
    causes: ['rate-limited'],
    certainty: 'likely',
  },
  {
    // The router of Go: the server is there, and has no such path.
    endpoint: ['metadata'],
    says: /^404 page not found$/m,
    when: ({ sent: { url } }) => url.pathname.includes('/.well-known/oauth-authorization-server'),
    causes: ['metadata-elsewhere', 'path-unknown'],
    certainty: 'likely',
  },
  { says: saysTls, causes: ['https-required'], certainty: 'certain' },
  {
    says: /https (is )?required|(requires?|must use) https|only accepts HTTPS|over HTTPS only|\bmust\b.{0,30}\b(over|via|through) https\b/i,
    causes: ['https-required'],
    certainty: 'likely',
  },
  ...wordRows,
  ...apiRows,
]
