import { describe, expect, it } from 'vitest'
import { diagnose } from './diagnose.ts'
import { type Before, type Evidence, nothingBefore } from './evidence/evidence.ts'
import { evidenceOf, type Fault, probed } from './faults-testing.ts'

const up = { 'no-cors-get': 'ok' } as const
const readable = { ...up, 'cors-get': 'ok' } as const
const unsent = ['unsent', 'unsent'] as const
const sent = ['sent', 'sent'] as const
const hosted = { origin: 'https://page.example' }
const tls = {
  basic: 'X',
  simple: 'X',
  wire: unsent,
  url: 'https://localhost:7200/token',
  tls: 1015,
  timing: 6.4,
} as const

const aspnet = {
  name: 'SimpleIdServer',
  trust: null,
  uncovered: {},
  losesCors: true,
  elsewhere: null,
  metadata: 'https://localhost:5001/master/.well-known/openid-configuration',
  secure: 'https://localhost:5001/master/token',
  metadataForAll: null,
  suspects: [],
} as const

/** Whose metadata every page may read, and whose clients have origins of their own. */
const keycloak = {
  ...aspnet,
  name: 'Keycloak',
  losesCors: false,
  metadata: 'http://localhost:7200/realms/lab/.well-known/openid-configuration',
  metadataForAll: {
    url: 'http://localhost:7200/realms/lab/.well-known/openid-configuration',
    ifMissing: 'Compare the realm.',
  },
  originsOfClient: 'Web origins',
  secure: null,
} as const

const other = { ...aspnet, name: 'Another server', losesCors: false, secure: null } as const

/** Whose token endpoint is one for a POST alone, and redirects whatever is no endpoint. */
const spring = { ...other, name: 'Spring', redirects: 'A login page.' } as const
const loginPage = { ...up, 'cors-get': 'redirect', preflight: 'redirect' } as const

type Expected = readonly [
  chromiumBasic: string,
  chromiumSimple: string,
  firefoxBasic: string,
  firefoxSimple: string,
]
/** What this page has read before. */
const before = (read: Partial<Before>): Partial<Evidence> => ({ before: { ...nothingBefore, ...read } })

const all = (expected: string): Expected => [expected, expected, expected, expected]
const by = (chromium: string, firefox: string): Expected => [chromium, chromium, firefox, firefox]
const preflight = (chromium: string, firefox = chromium): Expected => [
  chromium,
  'reachable likely',
  firefox,
  'reachable likely',
]
const unreadable = all('cors-missing likely')

/** What was observed of each fault, and the first cause it has to lead to. */
const faults: readonly (readonly [name: string, fault: Fault, expected: Expected])[] = [
  [
    'all fine',
    { basic: 'ok', simple: 'ok', probes: { ...readable, preflight: 'ok' } },
    all('reachable likely'),
  ],
  ['port closed', { basic: 'X', simple: 'X', wire: unsent }, all('closed likely')],
  ['no CORS headers at all', { basic: 'X', simple: 'X', probes: up, wire: ['unsent', 'sent'] }, unreadable],
  [
    'CORS on OPTIONS only',
    { basic: 'X', simple: 'X', probes: up, wire: sent },
    ['cors-missing likely', 'cors-missing likely', 'response-lacks likely', 'cors-missing likely'],
  ],
  [
    'CORS on 200 only',
    { basic: 'X', simple: 'X', probes: up, wire: sent, evidence: before({ succeeded: true }) },
    all('success-only likely'),
  ],
  [
    'UseCors after UseAuthentication',
    {
      basic: 'X',
      simple: 'X',
      probes: up,
      evidence: before({ succeeded: true, simple: true, metadata: 'unreadable' }),
    },
    all('after-authentication likely'),
  ],
  [
    'UseCors after UseAuthentication, at the metadata, once a token was read',
    {
      basic: 'X',
      simple: 'X',
      probes: up,
      about: 'metadata',
      evidence: before({ beside: true }),
    },
    all('after-authentication likely'),
  ],
  [
    'an exception of ASP.NET Core, whose metadata could be read',
    {
      basic: 'X',
      simple: 'X',
      probes: up,
      evidence: { ...before({ metadata: 'read' }), known: aspnet },
    },
    all('failed-unread likely'),
  ],
  [
    'a call without a token, of an API that was read before',
    { basic: 'X', simple: 'X', probes: up, token: 'none', evidence: before({ succeeded: true }) },
    all('no-token likely'),
  ],
  [
    'an exception without CORS, where refusals have it',
    { basic: 'X', simple: 'X', probes: up, evidence: before({ succeeded: true, refused: true }) },
    all('failed-unread likely'),
  ],
  [
    'introspection, which CORS of this server does not cover',
    {
      basic: 'X',
      simple: 'X',
      probes: up,
      evidence: {
        ...before({ metadata: 'read' }),
        known: {
          name: 'IdentityServer',
          trust: null,
          uncovered: { token: 'options.Cors.CorsPaths.Add("/connect/introspect")' },
          losesCors: true,
          elsewhere: null,
          metadata: null,
          metadataForAll: null,
          secure: null,
          suspects: [],
        },
      },
    },
    all('endpoint-uncovered likely'),
  ],
  [
    'a client that lists this origin, at a server that does not',
    {
      basic: 'X',
      simple: 'X',
      probes: up,
      evidence: {
        known: { ...other, originsOfRequest: 'allowed_cors_origins' },
        ...before({ succeeded: true, metadata: 'unreadable' }),
      },
    },
    all('client-origins-only likely'),
  ],
  [
    'a client without this origin, at a server that has the origins at its clients',
    { basic: 'X', simple: 'X', probes: up, evidence: { known: keycloak } },
    all('client-origins likely'),
  ],
  [
    'the same after a refusal that was read, as every page may read those',
    { basic: 'X', simple: 'X', probes: up, evidence: { known: keycloak, ...before({ refused: true }) } },
    all('client-origins likely'),
  ],
  [
    'a realm that the server does not have, which its metadata say',
    { basic: 'X', simple: 'X', probes: up, metadata: 404, evidence: { known: keycloak } },
    all('no-issuer likely'),
  ],
  [
    'nothing wrong, at a server whose GET at the token endpoint nobody may read',
    { basic: 'ok', simple: 'ok', probes: up, evidence: { known: keycloak } },
    all('by-client likely'),
  ],
  [
    'the same after a token of this client, which was read',
    {
      basic: 'ok',
      simple: 'ok',
      probes: { ...up, preflight: 'ok' },
      evidence: { known: keycloak, ...before({ succeeded: true, ofClient: true }) },
    },
    all('reachable likely'),
  ],
  [
    'the same after a token of another client, whose origins are its own',
    { basic: 'ok', simple: 'ok', probes: up, evidence: { known: keycloak, ...before({ succeeded: true }) } },
    all('by-client likely'),
  ],
  [
    'a token that was read, at a server that lets nobody read a GET',
    {
      basic: 'ok',
      simple: 'ok',
      probes: { ...up, preflight: 'ok' },
      evidence: { known: other, ...before({ succeeded: true }) },
    },
    all('reachable likely'),
  ],
  [
    'a server that sends CORS headers with tokens alone',
    {
      basic: 'X',
      simple: 'X',
      probes: { ...readable, preflight: 'ok' },
      evidence: { known: { ...other, successOnly: true } },
    },
    all('success-only likely'),
  ],
  [
    'metadata that could be read, and an endpoint that can not: the preflight first, if there is one',
    { basic: 'X', simple: 'X', probes: up, evidence: before({ metadata: 'read' }) },
    [
      'preflight-refused likely',
      'endpoint-lacks likely',
      'preflight-refused likely',
      'endpoint-lacks likely',
    ],
  ],
  [
    'OPTIONS responded with 401',
    { basic: 'X', simple: 'ok', probes: readable },
    preflight('preflight-refused certain'),
  ],
  [
    'OPTIONS responded with 404',
    { basic: 'X', simple: 'ok', probes: readable, wire: unsent },
    preflight('preflight-refused certain'),
  ],
  [
    'OPTIONS responded with 405',
    { basic: 'X', simple: 'ok', probes: readable, wire: unsent },
    preflight('preflight-refused certain'),
  ],
  [
    'OPTIONS redirected',
    { basic: 'X', simple: 'ok', probes: readable, wire: unsent },
    preflight('preflight-refused certain'),
  ],
  [
    'Allow-Headers lacks authorization',
    { basic: 'X', simple: 'ok', probes: { ...readable, 'other-preflight': 'ok' }, wire: unsent },
    preflight('header-not-allowed likely', 'header-not-allowed certain'),
  ],
  [
    'Allow-Headers: *',
    { basic: 'ok', simple: 'ok', probes: { ...readable, preflight: 'ok' } },
    all('reachable likely'),
  ],
  [
    'Allow-Methods lacks POST',
    { basic: 'ok', simple: 'ok', probes: { ...readable, preflight: 'ok' } },
    all('reachable likely'),
  ],
  [
    'OPTIONS hangs',
    { basic: 'T', simple: 'ok', probes: { ...readable, preflight: 'T' }, wire: unsent },
    preflight('preflight-hangs certain'),
  ],
  [
    'Access-Control-Allow-Origin of another origin',
    { basic: 'X', simple: 'X', probes: up, wire: ['unsent', 'sent'] },
    unreadable,
  ],
  [
    'Access-Control-Allow-Origin twice',
    { basic: 'X', simple: 'X', probes: up, wire: sent },
    ['cors-missing likely', 'cors-missing likely', 'response-lacks likely', 'cors-missing likely'],
  ],
  ['404 without CORS', { basic: 'X', simple: 'X', probes: up, wire: ['unsent', 'sent'] }, unreadable],
  ['500 without CORS', { basic: 'X', simple: 'X', probes: up, wire: ['unsent', 'sent'] }, unreadable],
  [
    '302 with CORS',
    {
      basic: 'redirect',
      simple: 'redirect',
      probes: { ...up, 'cors-get': 'redirect', preflight: 'redirect' },
    },
    all('redirect certain'),
  ],
  [
    '302 with CORS to a GET of a place that responds to a POST alone',
    { basic: 'ok', simple: 'ok', probes: loginPage, evidence: { known: spring } },
    all('reachable likely'),
  ],
  [
    'the same place with a preflight that fails',
    { basic: 'X', simple: 'ok', probes: { ...loginPage, preflight: 'X' }, evidence: { known: spring } },
    preflight('preflight-refused certain'),
  ],
  [
    'the same place, and a POST is redirected as well',
    {
      basic: 'ok',
      simple: 'ok',
      probes: { ...loginPage, 'cors-post': 'redirect' },
      evidence: { known: spring, allowsPost: true },
    },
    all('redirect likely'),
  ],
  [
    '302 with CORS to a GET of a path that is no endpoint there',
    {
      basic: 'ok',
      simple: 'ok',
      probes: loginPage,
      evidence: { known: { ...spring, elsewhere: 'http://localhost:7200/oauth2/token' } },
    },
    all('redirect likely'),
  ],
  [
    '302 with CORS to a GET at a server that nobody knows',
    { basic: 'ok', simple: 'ok', probes: loginPage },
    all('redirect likely'),
  ],
  [
    '302 with CORS to a GET at a server that nobody knows, whose response to a POST was read',
    {
      basic: 'ok',
      simple: 'ok',
      probes: { ...loginPage, 'cors-post': 'ok' },
      evidence: { allowsPost: true },
    },
    all('reachable likely'),
  ],
  ['302 without CORS', { basic: 'X', simple: 'X', probes: up, wire: ['unsent', 'sent'] }, unreadable],
  ['self-signed certificate', tls, by('tls likely', 'tls certain')],
  ['expired certificate', tls, by('tls likely', 'tls certain')],
  ['certificate of another name', tls, by('tls likely', 'tls certain')],
  [
    'self-signed certificate at a port that responds to http: with a 400',
    { ...tls, probes: { 'other-scheme': 'ok' } },
    by('tls likely', 'tls certain'),
  ],
  [
    'https: to a port of http:',
    { ...tls, probes: { 'other-scheme': 'ok', 'other-scheme-cors': 'ok' } },
    all('speaks-http certain'),
  ],
  [
    'self-signed certificate at a port that responds to http: with a 400 and CORS',
    { ...tls, status: 400, probes: { 'other-scheme': 'ok', 'other-scheme-cors': 'ok' } },
    by('tls likely', 'tls certain'),
  ],
  [
    'self-signed certificate at port 443, http: at port 80',
    {
      ...tls,
      url: 'https://as.example/token',
      probes: { 'other-scheme': 'ok', 'other-scheme-cors': 'ok' },
    },
    by('tls likely', 'tls certain'),
  ],
  [
    'http: to a port of https: that closes',
    { basic: 'X', simple: 'X', probes: { 'other-scheme': 'ok' }, wire: sent },
    all('speaks-https likely'),
  ],
  [
    'http: to a port of https: that responds with 400',
    { basic: 'X', simple: 'X', probes: { ...up, 'other-scheme': 'ok' }, wire: ['unsent', 'sent'] },
    all('speaks-https likely'),
  ],
  ['reset on accept', { basic: 'X', simple: 'X', wire: sent }, by('closed likely', 'connected likely')],
  [
    'reset after the request',
    { basic: 'X', simple: 'X', wire: sent },
    by('closed likely', 'connected likely'),
  ],
  ['empty reply', { basic: 'X', simple: 'X', wire: sent }, by('closed likely', 'connected likely')],
  [
    'accepts and never responds',
    { basic: 'T', simple: 'T', probes: { 'no-cors-get': 'T', 'cors-get': 'T' }, wire: sent },
    all('no-response certain'),
  ],
  [
    'responses GET, resets POST',
    {
      basic: 'X',
      simple: 'X',
      probes: { ...readable, preflight: 'ok' },
      wire: sent,
      evidence: { allowsPost: true },
    },
    all('post-dropped likely'),
  ],
  [
    'Cross-Origin-Resource-Policy without CORS',
    { basic: 'X', simple: 'X', wire: sent },
    by('closed likely', 'connected likely'),
  ],
  [
    'Cross-Origin-Resource-Policy with CORS, Allow-Headers lacks authorization',
    { basic: 'X', simple: 'ok', probes: { 'cors-get': 'ok', 'other-preflight': 'ok' }, wire: unsent },
    preflight('header-not-allowed likely', 'header-not-allowed certain'),
  ],
  [
    'blocked port',
    { basic: 'X', simple: 'X', url: 'http://localhost:6000/token', wire: ['blocked', 'blocked'] },
    all('blocked-port certain'),
  ],
  [
    'no such name',
    { basic: 'X', simple: 'X', url: 'http://nowhere.invalid/token', wire: unsent },
    all('closed likely'),
  ],
  [
    'listens on ::1 only',
    {
      basic: 'X',
      simple: 'X',
      url: 'http://127.0.0.1:7200/token',
      probes: { localhost: 'ok', ipv6: 'ok' },
      wire: unsent,
    },
    all('other-name certain'),
  ],
  [
    'listens on 127.0.0.1 only',
    {
      basic: 'X',
      simple: 'X',
      url: 'http://[::1]:7200/token',
      probes: { localhost: 'ok', ipv4: 'ok' },
      wire: unsent,
    },
    all('other-name certain'),
  ],
  [
    'certificate accepted for one name of this machine',
    { ...tls, url: 'https://127.0.0.1:7200/token', probes: { localhost: 'ok' } },
    all('other-name likely'),
  ],
  [
    'CSP',
    {
      basic: 'X',
      simple: 'X',
      wire: ['blocked', 'blocked'],
      evidence: { violation: { directive: 'connect-src', blocked: 'http://localhost:7200/token' } },
    },
    all('csp certain'),
  ],
  [
    'mixed content',
    { basic: 'X', simple: 'X', page: hosted, url: 'http://as.example/token' },
    all('mixed-content certain'),
  ],
  [
    'a private address from a page of https:',
    {
      basic: 'X',
      simple: 'X',
      page: hosted,
      url: 'http://192.168.1.5/token',
      wire: unsent,
      evidence: { permission: 'granted' },
    },
    by('closed likely', 'mixed-content certain'),
  ],
  [
    'an extension',
    { basic: 'X', simple: 'X', wire: ['blocked', 'blocked'] },
    by('closed likely', 'inside-browser likely'),
  ],
  [
    'offline',
    { basic: 'X', simple: 'X', url: 'https://as.example/token', page: { online: false }, wire: unsent },
    all('offline certain'),
  ],
  [
    'Local Network Access denied',
    { basic: 'X', simple: 'X', page: hosted, wire: unsent, evidence: { permission: 'denied' } },
    all('lna-denied likely'),
  ],
  [
    'Local Network Access not responded',
    {
      basic: 'T',
      simple: 'T',
      page: hosted,
      probes: { 'no-cors-get': 'T', 'cors-get': 'T' },
      wire: unsent,
      evidence: { permission: 'prompt' },
    },
    all('lna-waiting likely'),
  ],
  [
    'a page of http: from a public address',
    { basic: 'X', simple: 'X', page: { origin: 'http://page.example', secureContext: false }, wire: unsent },
    all('insecure-page likely'),
  ],
]

const columns = [
  ['chromium', 'basic'],
  ['chromium', 'simple'],
  ['firefox', 'basic'],
  ['firefox', 'simple'],
] as const

describe.each(faults)('%s', (_name, fault, expected) => {
  it.each(columns.map(([engine, style], index) => [engine, style, expected[index]] as const))(
    'in %s, %s: %s',
    (engine, style, cause) => {
      const { evidence } = probed(fault, evidenceOf(fault, engine, style))
      const [first] = diagnose(evidence)
      expect(`${first.id} ${first.certainty}`).toBe(cause)
    },
  )
})

const ids = (fault: Fault, evidence = evidenceOf(fault, 'chromium', 'basic')): string[] =>
  diagnose(probed(fault, evidence).evidence).map(({ id, certainty }) => `${id} ${certainty}`)

const noCors: Fault = { basic: 'X', simple: 'X', probes: { ...up, 'no-cors-post': 'ok' } }

describe('what to try', () => {
  const diagnosed = (fault: Fault) =>
    diagnose(probed(fault, evidenceOf(fault, 'chromium', 'basic')).evidence)[0]
  const offers = (fault: Fault) =>
    diagnosed(fault)
      .fixes.map((fix) =>
        typeof fix === 'string' ? fix : `${fix.text} ${'moveTo' in fix ? fix.moveTo : ''}`,
      )
      .join('\n')
  const redirected: Fault = { basic: 'redirect', simple: 'redirect' }

  it('after a redirect is the slash, and https: only if something responds there', () => {
    expect(offers(redirected)).toMatch(
      /^Add a slash at the end of the path http:\/\/localhost:7200\/token\/$/m,
    )
    expect(offers(redirected)).not.toContain('https:')
    expect(offers({ ...redirected, probes: { 'other-scheme': 'ok' } })).toContain('Change http: to https:')
    const slash = {
      ...redirected,
      url: 'http://localhost:7200/token/',
      probes: { 'other-slash': 'ok' },
    } as const
    expect(offers(slash)).toMatch(/^Remove the slash at the end of the path http:\/\/localhost:7200\/token$/m)
    expect(diagnosed(slash).meaning).toContain('The path without its slash at the end is there')
  })

  it('of a client without this origin says nothing of a secret that is looked at later', () => {
    const fault = (known: typeof keycloak & { originsBeforeSecret?: true }): Fault => ({
      basic: 'X',
      simple: 'X',
      probes: up,
      evidence: { known },
    })
    expect(diagnosed(fault(keycloak)).meaning).toContain('ID and credentials are probably right')
    expect(diagnosed(fault({ ...keycloak, originsBeforeSecret: true })).meaning).toContain(
      'looks at the secret later. So the ID is probably right',
    )
  })

  it('after a redirect of an API is the slash before a login page, if a path with it responds', () => {
    const first = (probes: Fault['probes']) =>
      offers({ ...redirected, about: 'api', token: 'opaque', ...(probes && { probes }) }).split('\n')[0]
    expect(first({ 'other-slash': 'ok' })).toMatch(/^Add a slash/)
    expect(first(undefined)).toMatch(/^If Location is a login page/)
  })

  it('after a redirect of a path that is right has no slash in it, and says what a redirect means there', () => {
    const fault: Fault = { ...redirected, evidence: { known: spring } }
    expect(offers(fault)).not.toContain('slash')
    expect(diagnosed(fault).meaning).toContain('A login page.')
    expect(diagnosed(fault).title).toBe('The server redirects to its login page')
    const elsewhere = { ...spring, elsewhere: 'http://localhost:7200/oauth2/token' }
    expect(diagnosed({ ...redirected, evidence: { known: elsewhere } }).title).toBe(
      'The server redirects to its login page: /token is no endpoint',
    )
    expect(offers({ ...redirected, evidence: { known: elsewhere } })).toMatch(
      /^Use http:\/\/localhost:7200\/oauth2\/token/,
    )
  })

  it('after a redirect, a POST without credentials tells the path from what was sent', () => {
    const evidence = { known: spring, allowsPost: true }
    const meaning = (post: 'ok' | 'redirect') =>
      diagnosed({ ...redirected, probes: { 'cors-post': post }, evidence }).meaning
    expect(meaning('ok')).toContain('so the path is an endpoint, and the server fails at what was sent')
    expect(meaning('redirect')).toContain('so the path is no endpoint, or every request fails there')
  })

  it('with a proof that the preflight does not allow is to leave it out; the body avoids nothing', () => {
    const target = {
      url: 'http://localhost:7200/token',
      method: 'POST',
      asks: ['authorization', 'dpop'],
      about: 'token',
      token: null,
      avoidable: false,
    } as const
    const fault: Fault = {
      basic: 'X',
      simple: 'ok',
      probes: { ...readable, 'other-preflight': 'ok' },
      evidence: { target, known: { ...other, withoutDpop: true } },
    }
    expect(offers(fault)).toContain('Send it without a DPoP proof: Another server has no DPoP')
    expect(offers(fault)).not.toMatch(/in the body|Access-Control-Allow-Headers/)
  })

  it('at a port that responded before does not say that nothing is there', () => {
    const fault: Fault = { basic: 'X', simple: 'X', evidence: before({ responded: 60 }) }
    expect(diagnosed(fault).title).toBe('localhost:7200 responded before, and does not now')
    expect(diagnosed(fault).meaning).toMatch(
      /^It responded in #60\. It may have stopped since; or it redirects/,
    )
  })
})

describe('another name of this machine at which a server responds', () => {
  const moved = { basic: 'X', simple: 'X', probes: { ipv4: 'ok' } } as const

  it('is likely only, next to a redirect, if this name takes longer to fail than what the browser refuses', () => {
    expect(ids(moved)[0]).toBe('other-name certain')
    expect(ids({ ...moved, timing: 4.2 }).slice(0, 2)).toEqual(['other-name likely', 'connected likely'])
  })
})

describe('the other causes', () => {
  it('of an unreadable response: certain once a POST went through that cannot be read either', () => {
    const evidence = evidenceOf(noCors, 'chromium', 'basic')
    expect(ids(noCors)).toEqual([
      'cors-missing likely',
      'wrong-path likely',
      'preflight-refused likely',
      'untrusted-https likely',
    ])
    expect(ids(noCors, { ...evidence, allowsPost: true })[0]).toBe('cors-missing certain')
  })

  it('of an unreadable response in Firefox, if a preflight passed and a POST cannot be read: the response', () => {
    const fault: Fault = { ...noCors, wire: sent }
    const evidence = evidenceOf(fault, 'firefox', 'basic')
    expect(ids(fault, { ...evidence, allowsPost: true })[0]).toBe('response-lacks certain')
  })

  it('of a server to which a page from a public address may not be let: last, as a closed port brings no prompt', () => {
    const fault: Fault = { basic: 'X', simple: 'X', page: hosted, evidence: { permission: 'prompt' } }
    expect(ids(fault)).toEqual([
      'closed likely',
      'connected likely',
      'lna-denied likely',
      'inside-browser likely',
    ])
  })

  it('of no response in Firefox: only those that its timing and its web socket leave open', () => {
    const reset: Fault = { basic: 'X', simple: 'X', wire: sent }
    expect(ids(reset, evidenceOf(reset, 'firefox', 'basic'))).toEqual(['connected likely'])
    expect(ids(tls, evidenceOf(tls, 'firefox', 'basic'))).toEqual(['tls certain'])
  })

  it('of no response over http: in Chromium, what its clock says', () => {
    const slow = (timing: number): Fault => ({ basic: 'X', simple: 'X', timing })
    expect(ids(slow(3.6))[0]).toBe('closed likely')
    expect(ids(slow(4.2)).slice(0, 3)).toEqual(['connected likely', 'closed likely', 'inside-browser likely'])
    expect(ids({ ...slow(4.2), evidence: { known: aspnet } }).slice(0, 2)).toEqual([
      'to-https likely',
      'connected likely',
    ])
  })

  it('of ASP.NET Core, whose responses over http cannot be read: that it may redirect, with the https address', () => {
    const fault: Fault = { basic: 'X', simple: 'X', probes: up, evidence: { known: aspnet } }
    expect(ids(fault)).toContain('to-https likely')
    const told = diagnose(probed(fault, evidenceOf(fault, 'chromium', 'basic')).evidence)
    expect(told.find(({ id }) => id === 'to-https')?.fixes[0]).toEqual({
      text: `Change the URL to ${aspnet.secure}`,
      moveTo: aspnet.secure,
    })
  })

  it('of no response over https: TLS, if nothing rules it out', () => {
    const missed: Fault = { ...tls, timing: 2.4 }
    expect(ids(missed)).toEqual(['closed likely', 'connected likely', 'tls likely', 'inside-browser likely'])
    expect(ids(missed, evidenceOf(missed, 'other', 'basic'))).toContain('tls likely')
    const closed: Fault = { ...tls, tls: 1006 }
    expect(ids(closed, evidenceOf(closed, 'firefox', 'basic'))).toEqual(['closed likely'])
  })

  it('of a page that was opened as a file', () => {
    expect(ids({ ...noCors, page: { origin: 'null' } })[0]).toBe('origin-null likely')
  })

  it('of a POST that fails if everything else is fine', () => {
    const fault: Fault = {
      basic: 'X',
      simple: 'X',
      probes: { ...readable, preflight: 'ok', 'no-cors-post': 'ok' },
    }
    const evidence = evidenceOf(fault, 'chromium', 'basic')
    expect(ids(fault)).toEqual(['post-lacks likely', 'post-dropped likely'])
    expect(ids(fault, { ...evidence, allowsPost: true })).toEqual(['post-lacks likely'])
    const answered = { ...fault, probes: { ...fault.probes, 'cors-post': 'ok' } } as const
    expect(ids(answered, { ...evidence, allowsPost: true })).toEqual(['this-response-lacks likely'])
  })

  it('of a POST that times out, with or without CORS', () => {
    for (const probes of [up, readable])
      expect(ids({ basic: 'T', simple: 'T', probes: { ...probes, preflight: 'ok' } })[0]).toBe(
        'request-hangs likely',
      )
    expect(ids({ basic: 'T', simple: 'T', probes: up })[0]).toBe('request-hangs likely')
  })

  it('first of a browser made with WebKit, which treats http://localhost as mixed content', () => {
    const fault: Fault = { basic: 'X', simple: 'X', page: { ...hosted, engine: 'webkit' } }
    expect(ids(fault)[0]).toBe('mixed-content likely')
    expect(ids({ ...fault, probes: readable })).not.toContain('mixed-content likely')
    expect(ids({ ...fault, page: { engine: 'webkit' } })).not.toContain('mixed-content likely')
    expect(ids(fault).join()).not.toContain('lna')
  })

  it('of a browser that may treat http://localhost as mixed content', () => {
    const fault: Fault = { basic: 'X', simple: 'X', page: { ...hosted, engine: 'other' } }
    expect(ids(fault)).toContain('mixed-content likely')
  })

  it('none but unknown, if nothing was tried', () => {
    const [only, ...others] = diagnose(evidenceOf(noCors, 'chromium', 'basic'))
    expect([only.id, others]).toEqual(['unknown', []])
  })
})

describe('what to do', () => {
  const first = (fault: Fault, style: 'basic' | 'simple' = 'basic') =>
    diagnose(probed(fault, evidenceOf(fault, 'chromium', style)).evidence)[0]

  it('names the exact origin to allow', () => {
    expect(first(noCors).fixes).toContainEqual(expect.objectContaining({ guide: 'origin' }))
  })

  it('offers the request without a preflight only if that is what fails and can be had', () => {
    const inBody: unknown = expect.objectContaining({
      change: { token_endpoint_auth_method: 'client_secret_post' },
    })
    const fault: Fault = { basic: 'X', simple: 'X', probes: readable }
    expect(first(fault).fixes[0]).toEqual(inBody)
    expect(first(noCors, 'simple').fixes).not.toContainEqual(inBody)
  })

  it('moves to where the server was found, path and query kept', () => {
    const fault: Fault = {
      basic: 'X',
      simple: 'X',
      url: 'http://127.0.0.1:7200/a?b=1',
      probes: { localhost: 'ok' },
    }
    const url = 'http://localhost:7200/a?b=1'
    expect(first(fault).fixes[0]).toMatchObject({ moveTo: url })
  })

  it('opens the metadata of a known server to accept its certificate, as a token endpoint shows nothing', () => {
    const links = (fault: Fault) =>
      first(fault).fixes.flatMap((fix) => (typeof fix === 'object' && 'href' in fix ? [fix.href] : []))
    expect(links(tls)).toEqual([tls.url])
    expect(links({ ...tls, evidence: { known: aspnet } })).toEqual([aspnet.metadata])
  })

  it('says what was observed, exchange by exchange', () => {
    expect(first(noCors).observed).toEqual([
      '#1: The request failed after 4 ms: “Failed to fetch”.',
      '#2: A GET whose response this page does not read got a response.',
      '#3: A GET whose response this page wants to read failed after 4 ms: “Failed to fetch”.',
      expect.stringContaining('#4: A GET with the same header fields'),
      expect.stringContaining('#5: The same URL with the other scheme'),
    ])
  })
})
