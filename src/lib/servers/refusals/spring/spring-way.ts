import { triesAssertion } from '../../../why/refusal/causes/assertion-facts.ts'
import type { CauseId } from '../../../why/refusal/causes.ts'
import type { Endpoint, Facts } from '../../../why/refusal/facts/facts.ts'
import type { Row } from '../../../why/refusal/record.ts'
import { faultOf, sendsNothing } from '../../../why/refusal/textbook-sent.ts'

/** Where Spring has them, behind the context path of the application. */
export const springPaths: Readonly<Partial<Record<Endpoint, string>>> = {
  token: '/oauth2/token',
  introspection: '/oauth2/introspect',
  revocation: '/oauth2/revoke',
}

const pathOf = ({ endpoint }: Facts): string => springPaths[endpoint] ?? ''

/** Whether the path is the one of the endpoint, with nothing before it. */
const isItsPath = (facts: Facts): boolean => facts.sent.url.pathname === pathOf(facts)

/** Whether something is before it: a context path, or one of several issuers. */
const isPrefixed = (facts: Facts): boolean =>
  pathOf(facts) !== '' && facts.sent.url.pathname.endsWith(pathOf(facts)) && !isItsPath(facts)

/** One cause, by what was sent and came. */
export const row = (when: (facts: Facts) => boolean, cause: CauseId, more: Partial<Row> = {}): Row => ({
  when,
  causes: [cause],
  certainty: 'likely',
  ...more,
})

/** Endpoints at which the client authenticates. */
export const client = ['token', 'introspection', 'revocation'] as const

/** Nothing shows that the client was looked for. */
export const unread = { open: ['client', 'method'] } as const

/** The login of the application, which responds for every path that is none, and after an exception: a page, or a challenge. */
const isLogin = ({ came: { status, code, challenges } }: Facts): boolean =>
  (status >= 300 && status < 400) ||
  (status === 401 && code === '' && challenges.some(({ scheme }) => /^basic$/i.test(scheme)))

const toLogin = (when: (facts: Facts) => boolean, cause: CauseId, more: Partial<Row> = {}): Row =>
  row((facts) => isLogin(facts) && when(facts), cause, { endpoint: client, ...more })

const lacksSecret = (facts: Facts): boolean =>
  sendsNothing(facts) || (!triesAssertion(facts) && facts.config.client_secret === '')

const login: readonly Row[] = [
  toLogin(({ sent: { url } }) => url.pathname.includes('//'), 'path-with-double-slash'),
  toLogin(
    ({ endpoint, sent: { url } }) =>
      endpoint === 'token' && /^\/oauth2\/\w+$/.test(url.pathname) && url.pathname !== springPaths.token,
    'other-endpoint',
  ),
  toLogin((facts) => !isItsPath(facts) && !isPrefixed(facts), 'path-unknown'),
  toLogin(lacksSecret, 'no-credentials', unread),
  toLogin(({ config }) => config.client_id === '', 'client-id-missing'),
  toLogin((facts) => faultOf('assertion', facts) === 'assertion-type', 'assertion-type', unread),
  toLogin(isItsPath, 'secret-stored-without-prefix'),
  toLogin(isPrefixed, 'path-unknown', {
    causes: ['path-unknown', 'secret-stored-without-prefix'],
    certainty: 'possible',
    undecided: true,
  }),
]

/** A framework spoke, or the login of the application, or nobody. */
export const springWay: readonly Row[] = [
  row(({ came: { words } }) => /requires TLS/.test(words), 'https-required', { certainty: 'certain' }),
  row((facts) => facts.came.framework === 'Spring Boot' && isItsPath(facts), 'endpoints-not-set-up', {
    status: 403,
  }),
  row(({ came: { framework } }) => framework === 'Spring Boot', 'path-unknown', { status: [403, 404] }),
  row(
    ({ endpoint, sent: { url } }) =>
      endpoint === 'metadata' && /^\/\.well-known\/[^/]+\/./.test(url.pathname),
    'metadata-elsewhere',
    { status: 404, certainty: 'certain' },
  ),
  row(({ came: { framework } }) => framework === 'Tomcat', 'path-unknown', {
    status: 404,
    certainty: 'certain',
  }),
  row(
    ({ endpoint, came: { status }, sent: { url } }) =>
      endpoint === 'metadata' && status >= 300 && status < 400 && !url.pathname.endsWith('/'),
    'metadata-elsewhere',
  ),
  row(
    ({ endpoint, came: { status } }) =>
      (endpoint === 'metadata' || endpoint === 'keys') && status >= 300 && status < 400,
    'path-unknown',
  ),
  ...login,
  row(({ came: { layer } }) => layer === 'empty', 'no-credentials', {
    endpoint: client,
    status: 401,
    certainty: 'certain',
    ...unread,
  }),
]
