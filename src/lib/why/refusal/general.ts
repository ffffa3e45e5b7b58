import type { Row } from './cause.ts'
import { apiRows } from './general-api.ts'

const token = ['token', 'introspection', 'revocation'] as const

/** Sentences that many servers say alike, and that name one cause. A sentence that lists several names none. */
export const generalRows: readonly Row[] = [
  // A preflight that the page may read allows its origin; what it lacks is a header field.
  {
    endpoint: [...token, 'registration'],
    when: ({ sent, came }) => sent.method === 'OPTIONS' && came.status < 300,
    causes: ['cors-headers-not-allowed'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    says: /grant[ _]?type.{0,60}not (allowed|authorized|permitted)|not (allowed|authorized|permitted).{0,40}grant|not allowed to use the (specified )?grant/i,
    causes: ['grant-not-allowed'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    says: /unsupported grant|grant[ _]?type.{0,60}not supported/i,
    causes: ['grant-not-enabled'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    says: /scope.{0,30}(missing|required)|missing.{0,30}scope/i,
    causes: ['scope-not-sent'],
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
    says: /(unknown|unsupported|unrecognized) scope|scope.{0,60}(unknown|not found|does not exist|not supported|unsupported)/i,
    causes: ['scope-unknown'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    says: /(unknown|no such|invalid) client\b(?!.{0,40}(credential|secret|assertion))(?!_)|client.{0,40}(not found|unknown|does not exist|not registered)|no client with/i,
    causes: ['client-unknown'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    says: /client[ _]id\b(?!.{0,20}(secret|password|missing)).{0,30}(not match|n['’]t match|invalid|unknown|not valid|not known|not recogni[sz]ed|not registered)/i,
    causes: ['client-unknown'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    says: /(wrong|invalid|incorrect|bad) (client )?secret|secret.{0,30}(does not match|mismatch|is (wrong|invalid|incorrect))|bad client credential/i,
    causes: ['secret-wrong'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    says: /client (is )?(disabled|inactive|locked|suspended)/i,
    causes: ['client-disabled'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    says: /(rate.?limit|too many requests)/i,
    causes: ['rate-limited'],
    certainty: 'likely',
  },
  {
    says: /https is required|requires? https|only accepts HTTPS|over HTTPS only/i,
    causes: ['https-required'],
    certainty: 'likely',
  },
  ...apiRows,
]
