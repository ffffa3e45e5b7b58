import { headerValue } from '../../http/message.ts'
import type { CauseId } from './causes.ts'
import type { Facts } from './facts/facts.ts'
import { isSlashAway, isToLogin, redirectOf } from './causes/redirected.ts'
import type { Row } from './record.ts'
import { isUndecodable } from './facts/credentials.ts'

const token = ['token', 'introspection', 'revocation'] as const

/** Web pages and plain texts of frameworks and gateways. None of them is a refusal of OAuth. */
const page = (title: RegExp, causes: readonly CauseId[], more: Partial<Row> = {}): Row => ({
  when: ({ came }) => came.page !== null && title.test(came.page),
  causes,
  certainty: causes.length === 1 ? 'certain' : 'possible',
  ...more,
})

/** Its own page, or the head of one: in a terminal, the body may be left out. */
const isOfNginx = ({ came: { page, words, response } }: Facts): boolean =>
  page === null
    ? response.body.length === 0 &&
      /^(nginx|openresty)/i.test(headerValue(response.headers, 'server') ?? '') &&
      /^text\/html\b/i.test(headerValue(response.headers, 'content-type') ?? '')
    : /<center>(nginx|openresty)/i.test(words)

const ofNginx = (
  status: number | readonly number[],
  causes: readonly CauseId[],
  more: Partial<Row> = {},
): Row => ({
  status,
  when: isOfNginx,
  causes,
  certainty: causes.length === 1 ? 'certain' : 'possible',
  ...more,
})

/** What a web server says in its own pages. @see RFC 9110 section 15 */
const gateways: readonly Row[] = [
  {
    endpoint: ['api'],
    status: 401,
    when: (facts) => isOfNginx(facts) && facts.sent.method === 'OPTIONS',
    causes: ['preflight-refused'],
    certainty: 'possible',
  },
  ofNginx([502, 503, 504], ['gateway-no-response']),
  ofNginx(413, ['gateway-body-too-large']),
  ofNginx(429, ['gateway-rate-limit']),
  // auth_request knows one word for a token that introspection finds inactive, and for one that may not.
  ofNginx(403, ['token-not-active', 'gateway-refuses', 'scope-insufficient', 'role-missing'], {
    endpoint: ['api'],
    when: (facts) => isOfNginx(facts) && facts.sent.authorization !== null,
  }),
  // What other gateways say: Envoy, Kong, Traefik, and Cloudflare with statuses of its own.
  {
    status: [502, 503, 504],
    says: /\bupstream\b|^bad gateway$|^(504 )?gateway time-?out/im,
    causes: ['gateway-no-response'],
    certainty: 'certain',
  },
  {
    when: ({ came: { code, status } }) => code === '' && status >= 520 && status <= 526,
    causes: ['gateway-no-response'],
    certainty: 'likely',
  },
  page(/^(just a moment\b|attention required!|request rejected)/i, ['gateway-refuses']),
  {
    status: 403,
    when: ({ came: { page: title, words } }) =>
      /^error code: 10\d\d$/.test(words.trim()) || (title === 'Access Denied' && /\bReference\b/.test(words)),
    causes: ['gateway-refuses'],
    certainty: 'likely',
  },
  // It accepts no POST for a file: no endpoint is there.
  ofNginx(405, ['path-unknown', 'http-method'], { endpoint: ['token', 'introspection', 'revocation'] }),
]

const exceptionAt = /^\w+\s+at \/\S*$/m

/** What Django says, with DEBUG and without. */
const ofDjango: readonly Row[] = [
  {
    says: /You called this URL via \w+, but the URL doesn't end in a slash/,
    causes: ['slash-at-end'],
    certainty: 'certain',
  },
  {
    says: /OIDC views are not enabled/,
    endpoint: ['metadata', 'keys'],
    causes: ['oidc-off'],
    certainty: 'certain',
  },
  // The title of its page of DEBUG, or the first line of its text: “RuntimeError at /api/crash”.
  {
    endpoint: ['api'],
    status: 500,
    says: exceptionAt,
    causes: ['exception', 'metadata-not-fetched'],
    certainty: 'likely',
  },
  { status: 500, says: exceptionAt, causes: ['exception'], certainty: 'certain' },
  {
    endpoint: token,
    status: [403, 419],
    when: ({ came: { words } }) =>
      /CSRF (verification failed|token mismatch)|<title>Page Expired/.test(words),
    causes: ['other-endpoint'],
    certainty: 'likely',
  },
  page(/^(Page not found at |Not Found$|404\b)/i, ['path-unknown'], { status: 404 }),
]

export const pageRows: readonly Row[] = [...gateways, ...ofDjango]

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

/** What a filter says before the endpoint reads anything, or the endpoint before it looks for the client. */
export const wayRows: readonly Row[] = [
  { says: /^invalid host\b/im, causes: ['host-not-allowed'], certainty: 'likely' },
  // A preflight that the page may read allows its origin; what it lacks is a header field.
  {
    endpoint: [...token, 'registration'],
    when: ({ sent, came }) => sent.method === 'OPTIONS' && came.status < 300,
    causes: ['cors-headers-not-allowed'],
    certainty: 'likely',
  },
  // What a CORS filter of Spring says.
  ...(['OPTIONS', 'POST'] as const).map((method): Row => ({
    says: /^Invalid CORS request/,
    when: ({ sent }) => (sent.method === 'OPTIONS') === (method === 'OPTIONS'),
    causes: ['cors-request-refused'],
    stage: method === 'OPTIONS' ? 'preflight' : 'origin',
    certainty: 'certain',
  })),
  {
    endpoint: token,
    says: /(invalid|malformed).{0,20}(url|percent).?encod/i,
    when: isUndecodable,
    causes: ['basic-not-form-encoded'],
    certainty: 'certain',
    stage: 'client',
  },
  {
    endpoint: ['registration'],
    says: /\bscope\b/i,
    code: 'invalid_scope',
    causes: ['registration-with-scope'],
    certainty: 'certain',
  },
]
