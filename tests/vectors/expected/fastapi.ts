import type { Expectation } from '../expectation.ts'
import { before, entriesOf, failed, open, type Entry, said } from './causes-token.ts'

const at = entriesOf('fastapi')

/** The origin of the page that asked. */
const page = 'http://localhost:4314'

/** Words of wrong credentials that name no stage: "Incorrect client_id or client_secret". */
const clientOrSecret: Entry = {
  stage: 'not known',
  among: ['client', 'secret'],
  cause: null,
  certainty: 'likely',
  offered: ['secret', 'client'],
  notOffered: ['\\bscope', 'Allow the grant'],
  unknownServer: open('client', 'secret'),
}

/** invalid_client one level down, in a list, or with 200: OAuth's code, and nothing more. */
const bareInvalidClient: Entry = {
  ...clientOrSecret,
  among: ['client', 'method', 'secret', 'enabled'],
  certainty: 'possible',
  offered: ['secret'],
  unknownServer: open('client', 'method', 'secret', 'enabled'),
}

/** 422 names the field and the place where the endpoint looks for it. */
const wanted = (
  stage: 'form' | 'method',
  cause: 'json-wanted' | 'query-wanted' | 'basic-ignored',
  offered: string,
): Entry => ({
  stage,
  cause,
  certainty: 'certain',
  offered: [offered],
  notOffered: ['secret again', '\\bscope', 'Allow the grant', 'realm'],
  unknownServer: said(stage, cause),
})

/** "Not authenticated" of HTTPBasic: no Basic header came, and the secret is in the body. */
const bodyIgnored: Entry = {
  stage: 'method',
  cause: 'body-ignored',
  certainty: 'certain',
  offered: ['Basic|header|client_secret_basic'],
  notOffered: ['secret again', '\\bscope', 'Allow the grant'],
  unknownServer: said('method', 'body-ignored'),
}

/** 307 to the path with a slash; the redirect names it. */
const slashMissing: Entry = {
  stage: 'route',
  cause: 'slash-at-end',
  certainty: 'certain',
  offered: ['slash|/token/'],
  notOffered: ['secret', '\\bscope', 'https:'],
  unknownServer: said('route', 'slash-at-end'),
}

/** What home-made token endpoints of FastAPI refuse, and why. */
export const fastApi: readonly Expectation[] = [
  // ID and secret.
  at(3, 'own form, wrong secret', clientOrSecret),
  at(8, 'HTTPBasic: wrong secret', clientOrSecret),
  at(16, '200 with success false', clientOrSecret),
  at(11, 'OAuth error within detail: wrong secret', bareInvalidClient),
  at(13, 'detail is the code', bareInvalidClient),
  at(14, '(dict, 401) returned as in Flask: 200 and a list', bareInvalidClient),
  at(15, '200 with error', bareInvalidClient),

  // What the endpoint reads, and where.
  at(4, 'own form, Basic', wanted('method', 'basic-ignored', 'body|client_secret_post')),
  at(5, 'pydantic model: a form where JSON is wanted', wanted('form', 'json-wanted', 'JSON')),
  at(6, 'Form() forgotten: parameters wanted in the query', wanted('form', 'query-wanted', 'Form|query')),
  at(7, 'HTTPBasic: credentials in the body', bodyIgnored),
  at(7, 'HTTPBasic: credentials in the body', {
    // CORS hides the challenge, which names Basic.
    ...bodyIgnored,
    origin: page,
    certainty: 'likely',
    unknownServer: open('client', 'method', 'secret'),
  }),
  // The pattern ^password$: OAuth2PasswordRequestForm.
  at(2, 'OAuth2PasswordRequestForm asked for client_credentials', {
    stage: 'grant-known',
    cause: 'password-grant-only',
    certainty: 'certain',
    offered: ['client_credentials|OAuth2PasswordRequestForm|another (endpoint|URL)'],
    notOffered: ['secret again', '\\bscope', 'another client authentication', 'realm'],
    unknownServer: said('grant-known', 'password-grant-only'),
  }),

  // "scope not allowed for client", and the request names none: it is the server's default.
  at(12, 'OAuth error within detail: scope', {
    stage: 'scope',
    cause: 'scope-refused',
    certainty: 'likely',
    offered: ['scope'],
    notOffered: ['secret', 'another client authentication'],
    unknownServer: said('scope', 'scope-refused'),
  }),

  // The path.
  at(9, 'missing slash', slashMissing),
  at(9, 'missing slash', {
    // A page sees that there is a redirect, and not where it leads.
    ...slashMissing,
    origin: page,
    certainty: 'likely',
    unknownServer: open('https', 'route'),
  }),
  at(17, 'unknown path', {
    stage: 'route',
    cause: 'path-unknown',
    certainty: 'certain',
    offered: ['path|address|URL'],
    notOffered: ['secret', '\\bscope', 'realm', 'tenant'],
    unknownServer: said('route', 'path-unknown'),
  }),
  at(18, 'path that takes GET only', {
    // `Allow: GET`: something else is at this path.
    stage: 'route',
    cause: 'other-endpoint',
    certainty: 'likely',
    offered: ['path|address|URL|token_endpoint'],
    notOffered: ['secret', '\\bscope', 'realm', 'tenant'],
    unknownServer: open('route', 'http-method'),
  }),
  at(19, 'RFC 8414', {
    endpoint: 'metadata',
    stage: 'route',
    cause: 'metadata-elsewhere',
    certainty: 'likely',
    offered: ['openid-configuration'],
    notOffered: ['secret', '\\bscope', 'realm', 'tenant'],
    unknownServer: said('route', 'path-unknown'),
  }),

  // An exception that nothing caught: a text without CORS, as it comes from outside CORSMiddleware.
  at(10, 'unhandled exception', {
    stage: 'not known',
    cause: 'exception',
    certainty: 'certain',
    offered: ['log|exception'],
    notOffered: ['secret again', '\\bscope', 'another client authentication', 'allow_origins'],
    unknownServer: failed,
  }),
  at(10, 'unhandled exception', {
    origin: page,
    known: { before: [before.preflighted] },
    stage: 'not known',
    cause: 'exception',
    certainty: 'likely',
    passed: ['reach', 'tls'],
    offered: ['log|exception', 'relay'],
    notOffered: ['secret again', '\\bscope', 'another client authentication'],
    unknownServer: failed,
  }),

  // Introspection.
  at(20, 'introspection, garbage', {
    endpoint: 'introspection',
    stage: 'token',
    cause: 'token-unknown',
    certainty: 'certain',
    offered: ['token'],
    notOffered: ['secret', '\\bscope'],
    unknownServer: said('token', 'token-unknown'),
  }),
  at(21, 'introspection, no token', {
    endpoint: 'introspection',
    stage: 'token',
    cause: 'token-parameter-missing',
    certainty: 'certain',
    offered: ['token'],
    notOffered: ['secret', '\\bscope'],
    unknownServer: said('token', 'token-parameter-missing'),
  }),
]
