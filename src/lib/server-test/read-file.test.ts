import { describe, expect, it } from 'vitest'
import { readTestFile } from './read-file.ts'
import { subjectOfFile } from './subject-of-file.ts'
import { testFileOf } from './write-file.ts'

const client = { client_id: 'c', client_secret: '${SECRET}' }
const right = { token_endpoint: 'https://as.example/token', client }
const environment: Readonly<Record<string, string>> = { SECRET: 'a "secret" of many' }
const read = (value: unknown) => readTestFile(JSON.stringify(value), (name) => environment[name])

describe('readTestFile', () => {
  it('puts variables in the place of their names, whatever is in them', () => {
    expect(read(right)).toEqual({
      ok: true,
      file: { ...right, client: { ...client, client_secret: environment['SECRET'] } },
    })
  })

  it.each<[problem: RegExp, value: unknown]>([
    [/has to be an object/, []],
    [/token_endpoint is missing/, { client }],
    [/^client is missing/, { token_endpoint: right.token_endpoint }],
    [/^issuers is not known/, { ...right, issuers: 'https://as.example' }],
    [/^client\.secret is not known/, { ...right, client: { ...client, secret: 'x' } }],
    [
      /__proto__ is not known/,
      JSON.parse(
        '{"token_endpoint":"https://a.example","client":{"client_id":"c","client_secret":"s"},"__proto__":{}}',
      ),
    ],
    [/client\.client_secret is missing/, { ...right, client: { client_id: 'c' } }],
    [
      /client\.client_id has to be a text that is not empty/,
      { ...right, client: { ...client, client_id: '' } },
    ],
    [
      /token_endpoint_auth_method has to be one of/,
      { ...right, client: { ...client, token_endpoint_auth_method: 'private_key_jwt' } },
    ],
    [
      /basic_encoding has to be one of form, raw/,
      { ...right, client: { ...client, basic_encoding: 'strict' } },
    ],
    [
      /parameters has to be an object whose values are texts/,
      { ...right, client: { ...client, parameters: { a: 1 } } },
    ],
    [/token_endpoint has to be an absolute URL/, { ...right, token_endpoint: '/token' }],
    [
      /token_endpoint has to be an absolute URL/,
      { ...right, token_endpoint: 'https://u:p@as.example/token' },
    ],
    [/token_endpoint has to be an absolute URL/, { ...right, token_endpoint: 'file:///etc/passwd' }],
    [/pause_ms has to be a number/, { ...right, pause_ms: '60' }],
    [/pause_ms has to be a number/, { ...right, pause_ms: -1 }],
    [/throwaway_secret has to be true or false/, { ...right, throwaway_secret: 'yes' }],
    [/api\.url is missing/, { ...right, api: {} }],
    [/api\.dpop has to be true or false/, { ...right, api: { url: 'https://api.example', dpop: 1 } }],
    [
      /assertion\.key has to be a private JWK/,
      { ...right, assertion: { client_id: 'c', key: { kty: 'EC' } } },
    ],
    [/variable NOBODY is not set/, { ...right, name: '${NOBODY}' }],
  ])('%s', (problem, value) => {
    const found = read(value)
    expect(found.ok).toBe(false)
    expect(found.ok ? [] : found.problems).toEqual(expect.arrayContaining([expect.stringMatching(problem)]))
  })

  it('says nothing of a secret in its problems', () => {
    const found = readTestFile('{"client": {"client_secret": "hunter2-hunter2"', () => undefined)
    expect(found).toEqual({ ok: false, problems: ['The file is not JSON.'] })
    const wrong = read({ ...right, client: { ...client, client_secret: ['hunter2-hunter2'] } })
    expect(JSON.stringify(wrong)).not.toContain('hunter2')
  })
})

describe('testFileOf', () => {
  it('writes what readTestFile reads, with a variable for each secret', async () => {
    const whole = {
      ...right,
      issuer: 'https://as.example',
      revocation_endpoint: 'https://as.example/revoke',
      client: { ...client, scope: 'read', parameters: { tenant: 'of a secret name' } },
      operations: client,
    }
    const first = read(whole)
    const made = first.ok ? await subjectOfFile(first.file) : null
    const text = made?.ok === true ? testFileOf(made.subject).text : ''
    expect(text).toContain('"client_secret": "${CLIENT_SECRET}"')
    expect(text).not.toMatch(/of many|of a secret name/)
    const again = readTestFile(text, (name) => name)
    expect(again).toMatchObject({ ok: true, file: { issuer: whole.issuer, client: { scope: 'read' } } })
  })
})
