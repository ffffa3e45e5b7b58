import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyConfig, type TokenRequestConfig } from '../config/config.ts'
import { serversFor } from '../../servers/servers.ts'
import { emptyApiCall } from '../config/api-call.ts'
import { checkApiCall } from './check-api-call.ts'
import { checkConfig, isSendable } from './check-config.ts'
import { checkHeaders } from './check-headers.ts'
import { checkParameters } from './check-parameters.ts'
import { checkTyped } from './check-typed.ts'
import type { ConfigField, Problem } from './problem.ts'

const good: TokenRequestConfig = {
  ...emptyConfig,
  token_endpoint: 'https://as.example/token',
  client_id: 'm2m',
  client_secret: '',
  scope: 'read',
}
type Field = 'token_endpoint' | 'client_id' | 'client_secret' | 'scope' | 'discovery'

const check = (config: TokenRequestConfig) => checkTyped(config, checkConfig(config))
const problemsOf = (field: ConfigField, config: TokenRequestConfig): readonly Problem[] =>
  check(config).filter((problem) => problem.field === field)

/** What one click on each offer makes of the form, until there is no offer left: the field itself. */
function mended(field: Field, typed: string, change: Partial<TokenRequestConfig> = {}) {
  let config: TokenRequestConfig = { ...good, ...change, [field]: typed }
  const [first] = problemsOf(field, config)
  for (let click = 0; click < 6; click += 1) {
    const fix = problemsOf(field, config).find((problem) => problem.fix && problem.level !== 'note')?.fix
    if (!fix || (fix.value === config[field] && !fix.also)) break
    config = { ...config, [field]: fix.value, ...fix.also }
  }
  return { config, first }
}

/** A secret that looks like one, in the place of `abc`. */
const s = 'k3Yq7vB2xW9'

describe('a scope', () => {
  it.each([
    ['https%3A%2F%2Fgraph.microsoft.com%2F.default', 'https://graph.microsoft.com/.default'],
    ['https%253A%252F%252Fa.example%252F.default', 'https://a.example/.default'],
    ['https%3A%2F%2Fa.example%2Fx+offline_access', 'https://a.example/x offline_access'],
    ['read%20write', 'read write'],
    ['read%2Cwrite', 'read write'],
    ['api:read%3Aall', 'api:read:all'],
    ['scope=read', 'read'],
    ['SCOPE=read', 'read'],
    ['OAUTH_SCOPE=read', 'read'],
    ['scope = read', 'read'],
    ['scope: read', 'read'],
    ['Scope: read write', 'read write'],
    ['scope=read+write', 'read write'],
    ['scope=read,write', 'read write'],
    ['&scope=read', 'read'],
    ['?scope=read', 'read'],
    ['grant_type=client_credentials&scope=read+write', 'read write'],
    ['"scope": "read write",', 'read write'],
    ['{"scope":"read write"}', 'read write'],
    ['{"scopes":["read","write"]}', 'read write'],
    ['--scope read', 'read'],
    ['-d scope=read', 'read'],
    ['--data-urlencode "scope=read write"', 'read write'],
    ['- read', 'read'],
    ['"read write"', 'read write'],
    ["'read'", 'read'],
    ['“read write”', 'read write'],
    ['„read“', 'read'],
    ['`read`', 'read'],
    ['"read" "write"', 'read write'],
    ['"read","write"', 'read write'],
    ['["read","write"]', 'read write'],
    ["['read', 'write']", 'read write'],
    ['[read, write]', 'read write'],
    ['scopes: [read, write]', 'read write'],
    ['("read", "write")', 'read write'],
    ['read,write', 'read write'],
    ['read;write', 'read write'],
    ['read | write', 'read write'],
    ['read,', 'read'],
    ['read;', 'read'],
    ['read \\', 'read'],
    ['read\\nwrite', 'read write'],
    ['read\twrite', 'read write'],
    ['read\nwrite', 'read write'],
    ['""', ''],
    ['<scope>', ''],
    ['[scope]', ''],
    ['{scope}', ''],
    ['${SCOPE}', ''],
    ['{{scope}}', ''],
    ['YOUR_SCOPE', ''],
    ['api://{client-id}/.default', 'api://m2m/.default'],
  ])('%j becomes %j, and prevents nothing', (typed, scope) => {
    const { config, first } = mended('scope', typed)
    expect(config).toEqual({ ...good, scope })
    expect(first?.level).toBe('warning')
    expect(isSendable(check({ ...good, scope: typed }))).toBe(true)
  })

  it.each([
    ['read+write', 'read write'],
    ['read read', 'read'],
  ])('%j may be right as it is: a note offers %j', (scope, value) => {
    expect(problemsOf('scope', { ...good, scope })).toMatchObject([{ level: 'note', fix: { value } }])
  })

  it.each([
    'https://graph.microsoft.com/.default',
    'urn:zitadel:iam:org:project:id:zitadel:aud',
    'read:users',
    'scope:read',
    'nhn:helseid/api',
    'api://6731de76-14a6-49ae-97bc-6eba6914391e/.default',
    'read/write',
    'User.Read',
    'read:*',
    '*',
    '100%',
    'a=b',
    '',
  ])('%j is as it should be', (scope) => {
    expect(problemsOf('scope', { ...good, scope })).toEqual([])
  })
})

describe('the scope of Entra ID', () => {
  const at = { token_endpoint: 'https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token' }
  const graph = 'https://graph.microsoft.com/.default'
  const id = '6731de76-14a6-49ae-97bc-6eba6914391e'

  it.each([
    ['User.Read', graph],
    ['https://graph.microsoft.com/User.Read', graph],
    ['https://graph.microsoft.com', graph],
    ['https://graph.microsoft.com/', graph],
    ['https://graph.microsoft.com/.defualt', graph],
    ['https%3A%2F%2Fgraph.microsoft.com%2FUser.Read', graph],
    ['.default', graph],
    ['openid profile', graph],
    [`${graph} offline_access`, graph],
    ['api://orders/access_as_app', 'api://orders/.default'],
    ['https://orders.example/api/read', 'https://orders.example/api/.default'],
    [id, `${id}/.default`],
    [`${id}/read`, `${id}/.default`],
  ])('%j becomes %j', (typed, scope) => {
    expect(mended('scope', typed, at).config.scope).toBe(scope)
  })

  it('is none of a single API only with /.default, and none may be left out', () => {
    for (const scope of [graph, 'https://management.core.windows.net//.default', `${id}/.default`])
      expect(problemsOf('scope', { ...good, ...at, scope })).toEqual([])
    expect(problemsOf('scope', { ...good, ...at, scope: '' })).toMatchObject([
      { level: 'note', fix: { value: graph } },
    ])
    expect(problemsOf('scope', { ...good, scope: 'User.Read' })).toEqual([])
  })
})

describe('a client secret', () => {
  it.each([
    [`"${s}"`, s],
    [`'${s}'`, s],
    [`“${s}”`, s],
    [`‘${s}’`, s],
    [`«${s}»`, s],
    [`\`${s}\``, s],
    [`\\"${s}\\"`, s],
    [`"${s}",`, s],
    [`${s}\\n`, s],
    [`"${s}\\n"`, s],
    [`${s},`, s],
    [`${s};`, s],
    [`${s} \\`, s],
    [` ${s} `, s],
    [`client_secret=${s}`, s],
    [`CLIENT_SECRET="${s}"`, s],
    [`export KC_CLIENT_SECRET='${s}'`, s],
    [`$env:CLIENT_SECRET = "${s}"`, s],
    [`client-secret: ${s}`, s],
    [`client_secret: "${s}" # of the lab`, s],
    [`spring.security.oauth2.client.registration.x.client-secret=${s}`, s],
    [`Client secret: ${s}`, s],
    [`Client Secret\t${s}`, s],
    [`clientSecret: "${s}",`, s],
    [`"client_secret": "${s}",`, s],
    [`'client_secret' => '${s}',`, s],
    [`{"client_secret":"${s}"}`, s],
    [`&client_secret=${s}`, s],
    [`-d "client_secret=${s}"`, s],
    [`--client-secret ${s}`, s],
    [`secret=${s}`, s],
    [`Value: ${s}`, s],
    [`m2m:${s}`, s],
    ['**********', ''],
    ['•••••', ''],
    ['AbC******************', ''],
    ['••••••••abcd', ''],
    ['[REDACTED]', ''],
    ['<hidden>', ''],
    ['abc…', ''],
    ['null', ''],
    ['[object Object]', ''],
    ['<your-secret>', ''],
    ['{client_secret}', ''],
    ['${CLIENT_SECRET}', ''],
    ['$CLIENT_SECRET', ''],
    ['$env:CLIENT_SECRET', ''],
    ['%CLIENT_SECRET%', ''],
    ['{{clientSecret}}', ''],
    ['${{ secrets.CLIENT_SECRET }}', ''],
    ['$(clientSecret)', ''],
    ['#{ClientSecret}#', ''],
    ['__CLIENT_SECRET__', ''],
    ['process.env.CLIENT_SECRET', ''],
    ['os.environ["CLIENT_SECRET"]', ''],
    ['@Microsoft.KeyVault(SecretUri=https://x.vault.azure.net/secrets/y)', ''],
    ['op://lab/client/secret', ''],
    ['YOUR_CLIENT_SECRET', ''],
    ['yourClientSecret', ''],
    ['your-256-bit-secret', ''],
    ['insert-your-secret-here', ''],
    ['REPLACE_ME', ''],
    ['xxxxxxxx', ''],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln', ''],
    ['-----BEGIN CERTIFICATE-----MIIE', ''],
  ])('%j becomes %j', (typed, secret) => {
    const { config, first } = mended('client_secret', typed)
    expect(config).toEqual({ ...good, client_secret: secret })
    expect(first?.level).toBe('warning')
    expect(isSendable(check({ ...good, client_secret: typed }))).toBe(true)
  })

  const basic = Buffer.from(`m2m:${s}`).toString('base64')

  it.each([
    basic,
    basic.replace(/=+$/, ''),
    `Basic ${basic}`,
    `basic ${basic}`,
    `Authorization: Basic ${basic}`,
    `"Authorization": "Basic ${basic}"`,
    `-u m2m:${s}`,
    `curl -u "m2m:${s}" https://as.example/token`,
    `{"client_id":"m2m","client_secret":"${s}"}`,
    `{"web":{"client_id":"m2m","client_secret":"${s}"}}`,
    `client_id=m2m&client_secret=${s}`,
    `grant_type=client_credentials&client_id=m2m&client_secret=${s}`,
    `CLIENT_ID=m2m CLIENT_SECRET=${s}`,
    `client_id: m2m, client_secret: ${s}`,
  ])('%j is an ID and a secret, in either field', (typed) => {
    const both = { ...good, client_secret: s }
    expect(mended('client_secret', typed, { client_id: '' }).config).toEqual(both)
    expect(mended('client_secret', typed).config).toEqual(both)
    expect(mended('client_id', typed).config).toEqual(both)
  })

  it('as a private key is of another method, and stays in its field', () => {
    const typed = '-----BEGIN PRIVATE KEY-----MIIE'
    expect(problemsOf('client_secret', { ...good, client_secret: typed })[0]?.fix).toMatchObject({
      value: typed,
      also: { token_endpoint_auth_method: 'private_key_jwt' },
    })
  })

  it.each(['changeme', 'change-me', 'TODO', 'client_secret'])('%j may be one: a note says so', (typed) => {
    expect(problemsOf('client_secret', { ...good, client_secret: typed })).toMatchObject([{ level: 'note' }])
  })

  it.each([
    'password',
    'practice-secret',
    'p% +:ü€',
    'a"b"c',
    'P@ss;word',
    'abc\\',
    'it’s',
    'k3Y$abc',
    'c2VjcmV0LXZhbHVlLXRoYXQtaXMtbG9uZw==',
    '12345678-1234-1234-1234-123456789abc',
    'abC8Q~aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    'GOCSPX-abcdefghijklmnop',
    'key=value',
    'a:b',
    '{noop}secret',
    'secret',
    '   ',
  ])('%j is as it should be', (typed) => {
    expect(problemsOf('client_secret', { ...good, client_secret: typed })).toEqual([])
  })

  it('is in no sentence and on no button', () => {
    for (const wrap of [
      `"${s}"`,
      `client_secret=${s}`,
      basic,
      `m2m:${s}`,
      `${s}…`,
      `${s}%2F`,
      `{"client_secret":"${s}"}`,
    ])
      for (const { message, fix } of check({ ...good, client_secret: wrap }))
        expect(message + (fix?.label ?? '')).not.toMatch(/k3Yq7vB2xW9|azNZ/)
  })
})

describe('ID and secret of Entra ID', () => {
  const at = { token_endpoint: 'https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token' }
  const [id, other] = ['6731de76-14a6-49ae-97bc-6eba6914391e', '12345678-1234-1234-1234-123456789abc']
  const value = 'abC8Q~aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'

  it('that are swapped are swapped back from either field', () => {
    const swapped = { ...at, client_id: value, client_secret: id }
    const right = { client_id: id, client_secret: value }
    expect(mended('client_id', value, swapped).config).toMatchObject(right)
    expect(mended('client_secret', id, swapped).config).toMatchObject(right)
    expect(problemsOf('client_id', { ...good, ...at, ...right })).toEqual([])
  })

  it('are not an ID and the ID of a secret', () => {
    const [problem] = problemsOf('client_secret', { ...good, ...at, client_id: id, client_secret: other })
    expect(problem?.message).toContain('Secret ID')
  })
})

describe('a client ID', () => {
  it.each([
    ['"m2m"', 'm2m'],
    ["'m2m'", 'm2m'],
    ['`m2m`', 'm2m'],
    ['m2m,', 'm2m'],
    ['m2m"', 'm2m'],
    ['clientId: m2m', 'm2m'],
    ['client_id=m2m', 'm2m'],
    ['ClientId=m2m;', 'm2m'],
    ['"client_id":"m2m",', 'm2m'],
    ['Client ID: m2m', 'm2m'],
    ['App ID\tm2m', 'm2m'],
    ['--client-id m2m', 'm2m'],
    ['Application (client) ID: 6731de76-14a6-49ae-97bc-6eba6914391e', '6731de76-14a6-49ae-97bc-6eba6914391e'],
    ['{6731de76-14a6-49ae-97bc-6eba6914391e}', '6731de76-14a6-49ae-97bc-6eba6914391e'],
    ['m2m ', 'm2m'],
    ['{client_id}', ''],
    ['<client-id>', ''],
    ['{{client_id}}', ''],
    ['$CLIENT_ID', ''],
    ['%CLIENT_ID%', ''],
    ['YOUR_CLIENT_ID', ''],
    ['your-client-id', ''],
    ['clientIdHere', ''],
    ['****', ''],
    ['undefined', ''],
    ['xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx', ''],
    ['00000000-0000-0000-0000-000000000000', ''],
  ])('%j becomes %j', (typed, id) => {
    const { config, first } = mended('client_id', typed)
    expect(config.client_id).toBe(id)
    expect(first?.level).toBe('warning')
  })

  it.each([
    'm2m',
    'my-client',
    'my-client:1',
    'client',
    'https://app.example/client.json',
    'urn:example:client',
    'user@example.com',
    'api://6731de76-14a6-49ae-97bc-6eba6914391e',
    'm2m.',
    's6BhdRkqt3',
  ])('%j is as it should be', (client_id) => {
    expect(problemsOf('client_id', { ...good, client_id })).toEqual([])
  })
})

describe('a token endpoint', () => {
  const token = 'https://as.example/token'

  it.each([
    [`${token} \\`, token],
    [`"${token}"`, token],
    [`'${token}'`, token],
    [`“${token}”`, token],
    [`<${token}>`, token],
    [`(${token})`, token],
    [`${token}.`, token],
    [`${token},`, token],
    [`${token};`, token],
    [`${token}>`, token],
    [`${token}"`, token],
    [`${token}\\`, token],
    [`${token}…`, token],
    [` ${token} `, token],
    [`${token}\u200B`, token],
    [`curl -X POST ${token}`, token],
    [`curl --location --request POST "${token}" --header`, token],
    [`curl ${token} -d "client_secret=${s}"`, token],
    [`Invoke-RestMethod -Uri ${token}`, token],
    [`POST ${token}`, token],
    [`POST ${token} HTTP/1.1`, token],
    [`-X POST ${token}`, token],
    [`[token](${token})`, token],
    [`"token_endpoint": "${token}",`, token],
    [`token_endpoint=${token}`, token],
    [`TOKEN_URL="${token}"`, token],
    [`Token endpoint: ${token}`, token],
    [`- ${token}`, token],
    [`see ${token}.`, token],
    [`${token}, https://as.example/authorize`, token],
    ['https://https://as.example/token', token],
    ['https://http://as.example/token', 'http://as.example/token'],
    ['https://https//as.example/token', token],
    ['http:/as.example/token', 'http://as.example/token'],
    ['https:/as.example/token', token],
    ['https:as.example/token', token],
    ['https//as.example/token', token],
    ['https;//as.example/token', token],
    ['https:///as.example/token', token],
    ['https:\\\\as.example\\token', token],
    ['htps://as.example/token', token],
    ['htttps://as.example/token', token],
    ['hhttps://as.example/token', token],
    ['ttps://as.example/token', token],
    ['://as.example/token', token],
    ['http//localhost:8080/token', 'http://localhost:8080/token'],
    ['http s://as.example/token', token],
    ['https ://as.example/token', token],
    ['https: //as.example/token', token],
    ['https://as.example /token', token],
    ['https://as.example/ token', token],
    ['https%3A%2F%2Fas.example%2Ftoken', token],
    ['"as.example/token"', token],
    ['as.example/token,', token],
    ["'localhost:8080/token'", 'http://localhost:8080/token'],
    ['https://as.example/authorize', token],
    ['https://as.example/authorize?client_id=m2m&response_type=code', token],
    ['https://as.example/oauth/authorize', 'https://as.example/oauth/token'],
    ['https://as.example/o/authorize/', 'https://as.example/o/token/'],
    ['https://as.example/connect/authorize', 'https://as.example/connect/token'],
    ['https://as.example/connect/userinfo', 'https://as.example/connect/token'],
    ['https://as.example/connect/endsession', 'https://as.example/connect/token'],
    ['https://as.example/as/authorization.oauth2', 'https://as.example/as/token.oauth2'],
    ['https://as.example/userinfo', token],
    ['https://as.example/introspect', token],
    ['https://as.example/token/introspect', token],
    ['https://as.example/revoke', token],
    ['https://as.example/jwks', token],
    ['https://as.example/jwks.json', token],
    ['https://as.example/register', token],
    [
      'https://login.microsoftonline.com/t/oauth2/v2.0/authorize',
      'https://login.microsoftonline.com/t/oauth2/v2.0/token',
    ],
    [
      'https://login.microsoftonline.com/t/discovery/v2.0/keys',
      'https://login.microsoftonline.com/t/oauth2/v2.0/token',
    ],
    ['https://login.microsoftonline.com/t/v2.0', 'https://login.microsoftonline.com/t/oauth2/v2.0/token'],
    [
      'https://kc.example/realms/x/protocol/openid-connect/auth',
      'https://kc.example/realms/x/protocol/openid-connect/token',
    ],
    [
      'https://kc.example/realms/x/protocol/openid-connect/certs',
      'https://kc.example/realms/x/protocol/openid-connect/token',
    ],
    [
      'https://kc.example/realms/x/protocol/openid-connect/token/introspect',
      'https://kc.example/realms/x/protocol/openid-connect/token',
    ],
    ['https://kc.example/realms/x', 'https://kc.example/realms/x/protocol/openid-connect/token'],
    ['https://x.eu.auth0.com/authorize', 'https://x.eu.auth0.com/oauth/token'],
    ['https://dev-1.okta.com/oauth2/default/v1/authorize', 'https://dev-1.okta.com/oauth2/default/v1/token'],
    ['https://dev-1.okta.com/oauth2/default', 'https://dev-1.okta.com/oauth2/default/v1/token'],
    ['https://accounts.google.com/o/oauth2/v2/auth', 'https://oauth2.googleapis.com/token'],
    ['https://github.com/login/oauth/authorize', 'https://github.com/login/oauth/access_token'],
    ['https://as.example/token#x', token],
    ['https://as.example/token?grant_type=client_credentials', token],
    ['$TOKEN_URL', ''],
    ['{token_endpoint}', ''],
  ])('%j becomes %j', (typed, url) => {
    const { config, first } = mended('token_endpoint', typed)
    expect(config).toEqual({ ...good, token_endpoint: url })
    expect(first?.fix?.label).not.toContain(s)
  })

  it.each([
    [
      'https://as.example/.well-known/openid-configuration',
      'https://as.example/.well-known/openid-configuration',
    ],
    [
      'https://as.example/.well-known/oauth-authorization-server/t',
      'https://as.example/.well-known/oauth-authorization-server/t',
    ],
    ['https://as.example/t/.well-known/jwks.json', 'https://as.example/t'],
    ['https://as.example/.well-known/openid-configuration/jwks', 'https://as.example'],
    ['https://as.example/', 'https://as.example'],
  ])('%j is what Find starts from', (typed, discovery) => {
    const [problem] = problemsOf('token_endpoint', { ...good, token_endpoint: typed })
    expect(problem?.message).toContain('Find')
    expect(problem?.fix).toMatchObject({ value: '', also: { discovery, issuer: '' } })
  })

  it.each<[typed: string, change: Partial<TokenRequestConfig>, after: Partial<TokenRequestConfig>]>([
    [`${token}?client_secret=${s}`, {}, { client_secret: s }],
    [`${token}?client_id=m2m&client_secret=${s}&grant_type=client_credentials`, {}, { client_secret: s }],
    [`${token}&client_secret=${s}`, {}, { client_secret: s }],
    [`${token}?client_secret=${s}&tenant=1`, {}, { client_secret: s, token_endpoint: `${token}?tenant=1` }],
    [`${token}?scope=a+b`, { scope: '' }, { scope: 'a b' }],
    [`${token}?audience=api`, {}, { audience: 'api' }],
    [`https://m2m:${s}@as.example/token`, {}, { client_secret: s }],
    [`${token}?client_secret=${s}`, { client_secret: 'other' }, { client_secret: 'other' }],
  ])('what %s has for other fields goes to them, and over nothing that was typed', (typed, change, after) => {
    const { config, first } = mended('token_endpoint', typed, change)
    expect(config).toEqual({ ...good, ...change, token_endpoint: token, ...after })
    expect(`${first?.message ?? ''} ${first?.fix?.label ?? ''}`).not.toContain(s)
  })

  it.each([
    ['https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token', '{tenant}'],
    ['https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token', '<tenant>'],
    ['https://login.microsoftonline.com/TENANT_ID/oauth2/v2.0/token', 'TENANT_ID'],
    ['https://login.microsoftonline.com/your-tenant-id/oauth2/v2.0/token', 'your-tenant-id'],
    ['https://kc.example/realms/:realm/protocol/openid-connect/token', ':realm'],
    ['https://kc.example/realms/${REALM}/protocol/openid-connect/token', '${REALM}'],
    ['https://{yourOktaDomain}/oauth2/default/v1/token', '{yourOktaDomain}'],
    ['https://your-domain.auth0.com/oauth/token', 'your-domain'],
    ['https://dev-xxxxxx.okta.com/oauth2/default/v1/token', 'xxxxxx'],
    ['https://$HOST_NAME/token', '$HOST_NAME'],
    ['https://as.example/%TENANT%/token', '%TENANT%'],
    ['http://localhost:{port}/token', '{port}'],
    ['http://<host>:8080/token', '<host>'],
  ])('%s has a placeholder', (token_endpoint, found) => {
    const [problem, ...more] = problemsOf('token_endpoint', { ...good, token_endpoint })
    expect(problem?.message).toMatch(/ is a placeholder/)
    expect(problem?.message.startsWith(found)).toBe(true)
    expect(more).toEqual([])
  })

  it('has the name of a placeholder from the issuer, and the server of a path', () => {
    const typed = 'https://kc.example/realms/{realm}/protocol/openid-connect/token'
    const at = { discovery: 'https://kc.example/realms/lab' }
    expect(mended('token_endpoint', typed, at).config.token_endpoint).toBe(typed.replace('{realm}', 'lab'))
    expect(mended('token_endpoint', 'POST /token HTTP/1.1', at).config.token_endpoint).toBe(
      'https://kc.example/token',
    )
  })

  it.each([
    token,
    'https://as.example/token/',
    'https://as.example/oauth/access_token',
    'https://as.example/token?tenant=1',
    'https://as.example/token?resource=https://api.example',
    "https://as.example/a'b/token",
    'https://kc.example/realms/my-realm/protocol/openid-connect/token',
    'http://localhost:8080/auth/token',
    'https://[2001:db8::1]/token',
    'HTTPS://AS.EXAMPLE/token',
  ])('%s is as it should be', (token_endpoint) => {
    expect(problemsOf('token_endpoint', { ...good, token_endpoint })).toEqual([])
  })
})

describe('an issuer', () => {
  it.each([
    ['"https://as.example"', 'https://as.example'],
    ['issuer: https://as.example', 'https://as.example'],
    ['"issuer":"https://as.example",', 'https://as.example'],
    ['https//as.example', 'https://as.example'],
    ['<https://as.example>', 'https://as.example'],
    ['{issuer}', ''],
  ])('%j becomes %j', (typed, url) => {
    expect(mended('discovery', typed).config.discovery).toBe(url)
  })
})

describe('other values', () => {
  const fixOf = (problems: readonly { readonly fix?: { readonly value: string } }[]) =>
    problems.find(({ fix }) => fix)?.fix?.value

  it.each([
    ['"api"', 'api'],
    ['audience=api', 'api'],
    ['aud: api', 'api'],
    ['"aud": "api",', 'api'],
    ['api,', 'api'],
    [' api', 'api'],
    ['["api"]', 'api'],
    ['https%3A%2F%2Fapi.example', 'https://api.example'],
    ['{audience}', ''],
    ['YOUR_API_IDENTIFIER', ''],
  ])('audience %j becomes %j', (audience, value) => {
    expect(fixOf(checkParameters({ ...good, audience }))).toBe(value)
  })

  it.each([
    ['"https://api.example"', 'https://api.example'],
    ['resource=https://api.example', 'https://api.example'],
    ['https%3A%2F%2Fapi.example', 'https://api.example'],
    ['https://api.example ', 'https://api.example'],
  ])('resource %j becomes %j', (resource, value) => {
    expect(fixOf(checkParameters({ ...good, resource: [resource] }))).toBe(value)
  })

  it('of parameters are without quotation marks, and JSON is left as it is', () => {
    const of = (value: string) => checkParameters({ ...good, parameters: [{ name: 'acr', value, on: true }] })
    expect(fixOf(of('"a"'))).toBe('a')
    expect(fixOf(of('acr=a'))).toBe('a')
    expect(of('{"a":"b"}')).toEqual([])
  })

  it.each([
    ['Authorization', 'Bearer Bearer abc', 'Bearer abc'],
    ['Authorization', '"Bearer abc"', 'Bearer abc'],
    ['Authorization', 'Bearer "abc"', 'Bearer abc'],
    ['Authorization', 'Bearer: abc', 'Bearer abc'],
    ['Authorization', 'Authorization: Bearer abc', 'Bearer abc'],
    ['Authorization', 'Bearer <token>', ''],
    ['X-Api-Key', "'abc'", 'abc'],
    ['X-Api-Key', 'X-Api-Key: abc', 'abc'],
    ['X-Api-Key', '$API_KEY', ''],
    ['If-Match', '"abc"', undefined],
    ['X-Own', "it's", undefined],
    ['X-Own', '{"a":1}', undefined],
  ])('%s: %s becomes %s', (name, value, mendedValue) => {
    expect(fixOf(checkHeaders({ ...good, headers: [{ name, value, on: true }] }))).toBe(mendedValue)
  })

  it.each([
    ['"https://api.example/x"', 'https://api.example/x'],
    ['GET https://api.example/x', 'https://api.example/x'],
    ['curl https://api.example/x', 'https://api.example/x'],
    ['https//api.example/x', 'https://api.example/x'],
    ['https://api.example/x,', 'https://api.example/x'],
    ['https://api.example/things?q=a b', undefined],
    ['https://api.example/{id}', undefined],
  ])('API %j becomes %j', (url, value) => {
    expect(fixOf(checkApiCall({ ...emptyApiCall, url }, good, () => undefined))).toBe(value)
  })
})

it('nothing is to be said of what the servers of the picker start with', () => {
  for (const { id, config } of serversFor('http://localhost:9001')) {
    const early = checkConfig(config)
    const told = checkTyped(config, early).filter(
      (problem) => !early.includes(problem) && problem.level !== 'note',
    )
    expect(told.map(({ field, message }) => `${id} ${field}: ${message}`)).toEqual([])
  }
})

it('whatever is typed: nothing throws, and nothing but what could not be sent before is in the way', () => {
  const pieces = fc.constantFrom(
    '"',
    "'",
    '{',
    '}',
    '%3A',
    'scope=',
    'https://',
    'Basic ',
    'client_secret: ',
    '&',
    ',',
    ' ',
    'a',
    'eyJ',
    '[',
    ']',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(
      text,
      fc.constantFrom('discovery', 'token_endpoint', 'client_id', 'client_secret', 'scope'),
      (typed, field) => {
        const config = { ...good, [field]: typed }
        expect(isSendable(check(config))).toBe(isSendable(checkConfig(config)))
      },
    ),
  )
})

describe('what may be right as it is, or is two things', () => {
  it.each([`'Tis-a-s3cret`, `"${s}`, `${s}"`])(
    'a secret with a quotation mark at one end is a note: %s',
    (secret) => {
      const [problem, ...others] = problemsOf('client_secret', { ...good, client_secret: secret })
      expect(others).toEqual([])
      expect(problem).toMatchObject({ level: 'note', fix: { value: secret.replace(/^['"]|['"]$/g, '') } })
    },
  )

  it('RFC 7617 2: an ID that ends with the secret of the form is both', () => {
    const { config } = mended('client_id', `m2m:${s}`, { client_secret: s })
    expect(config).toMatchObject({ client_id: 'm2m', client_secret: s })
    expect(problemsOf('client_id', { ...good, client_id: 'urn:m2m', client_secret: s })).toEqual([])
  })

  it.each([
    'POST /token HTTP/1.1\nHost: as.example',
    'POST /token HTTP/1.1\r\nAccept: */*\r\nHost: as.example\r\n',
    String.raw`"token_endpoint":"https:\/\/as.example\/token",`,
  ])('a URL out of an HTTP message or escaped JSON: %s', (typed) => {
    expect(mended('token_endpoint', typed).config.token_endpoint).toBe('https://as.example/token')
  })
})
