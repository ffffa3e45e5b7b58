import { describe, expect, it } from 'vitest'
import { encodeBase64 } from '../encoding/base64.ts'
import { formatRequest, textOf } from '../http/format.ts'
import { headerValue } from '../http/message.ts'
import { redact } from '../http/redact.ts'
import { emptyApiCall } from '../oauth/config/api-call.ts'
import { emptyConfig, type TokenRequestConfig } from '../oauth/config/config.ts'
import { annotationsFor } from '../oauth/compose/annotations.ts'
import { readToken } from '../oauth/response/read-response.ts'
import { generateKey } from '../keys/generate-key.ts'
import { composeBroken, composeBrokenCall } from './break-request.ts'
import { dummySecret, type Setting } from './fault.ts'
import { type FaultId, faultGroups, faults } from './faults.ts'
import { markAltered } from './mark-altered.ts'

const key = await generateKey('ES256', {})
const signing = { findKey: () => key, now: () => 1_700_000_000_000, nonce: null }

const secret = 'p%C3 s+cr:t &ü"'
const post: TokenRequestConfig = {
  ...emptyConfig,
  issuer: 'https://as.example',
  token_endpoint: 'https://as.example/token?tenant=1',
  client_id: 'the client',
  client_secret: secret,
  scope: 'read',
  assertion: { ...emptyConfig.assertion, key: key.thumbprint },
  parameters: [
    { name: 'api_key', value: 'another-secret', on: true },
    { name: 'note', value: `has ${secret} in it`, on: true },
  ],
}
const configs = (
  ['client_secret_post', 'client_secret_basic', 'client_secret_jwt', 'private_key_jwt'] as const
).map((token_endpoint_auth_method) => ({ ...post, token_endpoint_auth_method }))

const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzY29wZSI6InJlYWQifQ.c2lnbmF0dXJl'
const settingOf = (config: TokenRequestConfig): Setting => ({
  config,
  now: 1_700_000_000_000,
  signedBefore: {},
  use: {
    call: { ...emptyApiCall, url: 'https://api.example/things' },
    token: readToken(token),
    expired: token,
  },
})

/** Whatever is told of a text that hides the secret: as it is, in forms and URLs, in JSON, in base64. */
const formsOf = (text: string): string[] => [
  text,
  encodeURIComponent(text),
  new URLSearchParams([['', text]]).toString().slice(1),
  JSON.stringify(text).slice(1, -1),
  encodeBase64(new TextEncoder().encode(text)),
]

const tokenFaults = faultGroups.filter(({ target }) => target === 'token').flatMap(({ ids }) => ids)
const apiFaults = faultGroups.filter(({ target }) => target === 'api').flatMap(({ ids }) => ids)

describe('a broken request', () => {
  it.each(tokenFaults)('has no secret in its URL nor in JSON: %s', async (id) => {
    const applying = configs.filter((config) => faults[id].unless(settingOf(config)) === null)
    for (const config of applying) {
      const { url, body, headers } = await composeBroken(faults[id], settingOf(config), signing)
      const isJson = headerValue(headers, 'content-type') === 'application/json'
      const exposed = url + (isJson ? (body ?? '') : '')
      for (const hidden of [secret, 'another-secret'].flatMap(formsOf)) expect(exposed).not.toContain(hidden)
      expect(exposed).not.toMatch(/eyJ/)
    }
  })

  it.each(apiFaults)('has no token in its URL: %s', async (id) => {
    const { use, ...setting } = settingOf(post)
    if (!use || faults[id].unless({ ...setting, use }) !== null) return
    const request = await composeBrokenCall(faults[id], use, { ...setting, use }, signing)
    expect(request.url).not.toContain('eyJ')
  })

  it('has a dummy in the place of a secret', async () => {
    const wire = async (id: FaultId) =>
      textOf(formatRequest(await composeBroken(faults[id], settingOf(post), signing)))
    expect(await wire('get')).toMatch(/^GET \/token\?tenant=1&scope=read&.*client_secret=not-the-secret/)
    expect(await wire('json-body')).toContain(`"client_secret":"${dummySecret}"`)
    expect(await wire('query-credentials')).toMatch(
      /^POST \/token\?tenant=1&client_id=the\+client&client_secret=not-the-secret HTTP/,
    )
  })

  it('differs from the right one in what it is about, and in no other byte', async () => {
    const wire = async (id: FaultId) =>
      (await composeBroken(faults[id], settingOf({ ...post, parameters: [] }), signing)).body
    expect(await wire('missing-grant-type')).toBe(
      'scope=read&client_id=the+client&client_secret=p%25C3+s%2Bcr%3At+%26%C3%BC%22',
    )
    expect(await wire('repeated-parameter')).toMatch(
      /^scope=read&grant_type=client_credentials&.*&scope=read$/,
    )
    expect(await wire('scope-duplicate')).toContain('scope=read+read&')
    expect(await wire('no-scope')).not.toContain('scope')
    expect(await wire('wrong-secret-post')).toContain('&client_secret=not-the-secret')
  })

  it('has another wrong secret if the dummy is the right one', async () => {
    const config = { ...post, client_secret: dummySecret }
    const { body } = await composeBroken(faults['wrong-secret-post'], settingOf(config), signing)
    expect(new URLSearchParams(body ?? '').get('client_secret')).toBe('not-the-secret-either')
  })
})

describe('what is altered is marked', () => {
  const marked = async (id: FaultId, config: TokenRequestConfig) => {
    const request = await composeBroken(faults[id], settingOf(config), signing)
    const segments = formatRequest(request, { annotations: annotationsFor.token })
    const shown = redact(markAltered(segments, faults[id]))
    expect(textOf(markAltered(segments, faults[id]))).toBe(textOf(segments))
    return shown.filter(({ altered }) => altered !== undefined).map(({ text }) => text)
  }
  const basic = { ...post, token_endpoint_auth_method: 'client_secret_basic' } as const

  it.each<readonly [FaultId, TokenRequestConfig, readonly string[]]>([
    ['wrong-secret-post', post, ['client_secret', '••••••••']],
    ['wrong-secret-basic', basic, ['authorization', 'Basic ••••••••']],
    ['repeated-parameter', post, ['scope', 'read', 'scope', 'read']],
    ['missing-grant-type', post, []],
    [
      'json-body',
      basic,
      [
        'content-type',
        'application/json',
        '{"scope":"read","api_key":"not-the-secret","note":"not-the-secret","grant_type":"client_credentials"}',
      ],
    ],
  ])('%s', async (id, config, expected) => {
    expect(await marked(id, config)).toEqual(expected)
  })

  it('in the start line', async () => {
    expect((await marked('get', basic)).join('')).toMatch(/^GET \/token\?tenant=1/)
  })
})
