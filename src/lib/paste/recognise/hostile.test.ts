import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { NotUsed, Recognised } from '../kind.ts'
import { configs, recognised, someKey } from '../pasted-testing.ts'
import { recognise } from './recognise.ts'

/** All that the page says of a text. */
const saidOf = (found: Recognised | NotUsed | null): string =>
  found === null
    ? ''
    : 'refusal' in found
      ? JSON.stringify(found)
      : JSON.stringify([found.what, found.ignored, found.proposals.map(({ name }) => name)])

/** Names under which a file may have a secret, or something else; what is a name itself (`kid`, `name`) is said. */
const names = [
  ...['client_id', 'clientSecret', 'CLIENT_SECRET', 'secret', 'password', 'token', 'access_token', 'api_key'],
  ...[
    'private_key',
    'tenant',
    'tenantId',
    'appId',
    'realm',
    'auth-server-url',
    'resource',
    'issuer',
    'scope',
  ],
  ...['token_endpoint', 'token_endpoint_auth_method', 'grant_types', 'authority', 'type', 'domain', 'dpop'],
  ...['registration_access_token', 'privateJwk', 'secretType', 'kty', 'd', 'k', 'keys', 'format', 'version'],
  ...[
    'spring',
    'security',
    'oauth2',
    'client',
    'registration',
    'provider',
    'credentials',
    'data',
    'kind',
    'env',
  ],
  ...['__proto__', 'constructor', 'toString', 'AzureAd', 'value', 'connections', 'steps', 'id'],
]

const secret = fc.stringMatching(/^[a-f\d]{24}$/)
const value = fc.oneof(
  { weight: 4, arbitrary: secret },
  secret.map((one) => `https://user:${one}@as.example/`),
  secret.map((one) => `https://as.example/token?client_secret=${one}`),
  secret.map((one) => `\${NAME:${one}}`),
  secret.map((one) => `{"kty":"oct","k":"${one}"}`),
  secret.map((one) => `-----BEGIN PRIVATE KEY-----\n${one}\n-----END PRIVATE KEY-----`),
  fc.constantFrom('https://as.example', 'client_credentials', 'service_account', 'm2m', '', true, null, 7),
)
/** With own members alone, whatever they are called. */
const asObject = (members: readonly (readonly [string, unknown])[]): object => Object.fromEntries(members)

const document = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 4 }, value, tie('object'), fc.array(tie('any'), { maxLength: 3 })),
  object: fc.array(fc.tuple(fc.constantFrom(...names), tie('any')), { maxLength: 8 }).map(asObject),
})).object

/** Hexadecimal of that length is what `secret` makes, and nothing else here. */
const secretsIn = (text: string): readonly string[] => text.match(/[a-f\d]{24}/g) ?? []

const written: readonly ((found: object) => string)[] = [
  (found) => JSON.stringify(found, null, 1),
  (found) => `# a comment\n${JSON.stringify(found)}`,
  (found) => flat(found).join('\n'),
  (found) =>
    flat(found)
      .map((line) => `export ${line}`)
      .join('\n'),
  (found) =>
    `spring.security.oauth2.client.registration.a.${flat(found).join('\nspring.security.oauth2.client.registration.a.')}`,
  (found) => `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(found)}`,
  (found) => new URLSearchParams(flat(found).join('&')).toString(),
]

const flat = (found: object): readonly string[] =>
  Object.entries(found).map(([name, one]) => `${name}=${typeof one === 'string' ? one : JSON.stringify(one)}`)

describe('no text', () => {
  it('has a secret of its own in what is said of it', async () => {
    await fc.assert(
      fc.asyncProperty(document, fc.constantFrom(...written), async (found, write) => {
        const text = write(found)
        const said = saidOf(await recognise(text))
        for (const one of secretsIn(text)) expect(said).not.toContain(one)
      }),
      { numRuns: 600 },
    )
  })

  it('gives the secret of a URL to another field, nor any value to a parameter or a header field', async () => {
    await fc.assert(
      fc.asyncProperty(document, fc.constantFrom(...written.slice(0, 5)), async (found, write) => {
        const read = await recognise(write(found))
        for (const one of read !== null && 'proposals' in read ? read.proposals : []) {
          if (one.kind !== 'connection') continue
          const config = { ...one.config, client_secret: '' }
          expect(JSON.stringify([config, one.call])).not.toMatch(/user:|client_secret=|PRIVATE KEY|"k":/)
          expect(Object.keys(config)).not.toEqual(expect.arrayContaining(['parameters']))
          expect(Object.keys(config)).not.toEqual(expect.arrayContaining(['headers']))
        }
      }),
      { numRuns: 600 },
    )
  })

  it('makes it throw', async () => {
    const pieces = fc.constantFrom(
      ...names.map((name) => `${name}: `),
      ...names.map((name) => `"${name}":`),
      ...names.map((name) => `${name}=`),
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        '\n',
        '- ',
        '"',
        "'",
        '${',
        '}',
        '&a ',
        '*a',
        '---\n',
        '\\',
        '\0',
        '\u202E',
        'set "',
      ],
      ...[
        '-----BEGIN PRIVATE KEY-----',
        '-----END',
        'HTTP/1.1 200 OK\r\n\r\n',
        'https://',
        'Bearer ',
        'eyJ',
        '"kty":"RSA"',
      ],
    )
    const text = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' }))).map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, fc.json(), fc.string()), async (pasted) => {
        const found = await recognise(pasted)
        if (found !== null) expect(found.what).not.toBe('')
      }),
      { numRuns: 600 },
    )
  })
})

describe('a hostile text', () => {
  it('of ten megabytes is refused', async () => {
    expect(await recognise(`{"client_id":"${'a'.repeat(10_000_000)}"}`)).toEqual({
      what: 'a text that is too long',
      refusal: 'At most 8388608 characters are read.',
    })
  })

  it('that is nested 100,000 levels deep is refused', async () => {
    const deep = '{"client_id":'.repeat(100_000) + '1' + '}'.repeat(100_000)
    expect(await recognise(deep)).toMatchObject({ refusal: 'It is nested more than 100 levels deep.' })
  })

  it('whose YAML aliases multiply is refused', async () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(9)}]`,
    )
    const text = ['client_id: m2m', 'client_secret: x', 'a0: &a0 [y]', ...levels].join('\n')
    expect(await recognise(text)).toMatchObject({
      refusal: expect.stringContaining('aliases multiply') as string,
    })
  })

  test.each([
    '{"__proto__":{"client_id":"evil","client_secret":"x","token_endpoint":"https://evil.example/t"}}',
    '{"client_id":"m2m","client_secret":"x","__proto__":{"token_endpoint":"https://evil.example/t"}}',
    '{"constructor":{"prototype":{"client_id":"evil","client_secret":"x"}}}',
    '__proto__:\n  client_id: evil\n  client_secret: x\n',
    '__proto__=x\nconstructor=y\nclient_id=m2m\nclient_secret=x',
  ])('changes no prototype: %s', async (text) => {
    await recognise(text)
    const plain: Record<string, unknown> = {}
    expect(plain['client_id']).toBeUndefined()
    expect(plain['token_endpoint']).toBeUndefined()
    expect(plain['x']).toBeUndefined()
  })

  it('has its members as own ones', async () => {
    const { proposals } = await recognised(
      '{"client_id":"m2m","client_secret":"x","toString":"y","__proto__":{"scope":"read"}}',
    )
    expect(proposals).toMatchObject([{ config: { client_id: 'm2m', client_secret: 'x' } }])
    expect(await recognise('{"hasOwnProperty":1,"access_token":"constructor"}')).not.toBeNull()
  })

  it('with characters that nobody sees has them spelled out in a sentence, and as they are in a value', async () => {
    const { proposals, ignored } = await recognised(
      '{"client_id":"m2\\u202Em","client_secret":"a\\u0000b","db_pass\\u202Eword":"hunter2222","sc\\u200Bope":"x"}',
    )
    expect(proposals).toMatchObject([
      { config: { client_id: 'm2\u202Em', client_secret: 'a\0b', scope: 'x' } },
    ])
    expect(ignored).toEqual(['db_pass[U+202E]word: not used.'])
  })

  test.each([
    ['{"client_id":["a","b"],"client_secret":"x"}', 'client_id has several values. It is not filled in.'],
    ['{"client_id":"a","client_secret":["x","y"]}', 'client_secret has several values. It is not filled in.'],
    ['{"client_id":"a","client_secret":true}', 'client_secret is no text. It is not filled in.'],
    [
      '{"client_id":"a","client_secret":"x","issuer":7}',
      'issuer is no URL that begins with https:// or http://. It is not filled in.',
    ],
    ['{"client_id":"a","client_secret":"x","scope":[{"y":1}]}', 'One more setting is not about a client.'],
  ])('with another type than is expected says so: %s', async (text, sentence) => {
    const { ignored } = await recognised(text)
    expect(ignored.join(' ')).toContain(sentence)
  })

  test.each([
    '[]',
    '{}',
    '[[[]]]',
    '{"realm":[],"auth-server-url":{}}',
    '{"type":"service_account","private_key":{},"token_uri":[]}',
    '{"appId":[],"password":{},"tenant":1}',
    '{"keys":{"kty":"RSA"}}',
    '{"keys":[null,1,"x",[]]}',
    '{"access_token":{"access_token":"x"}}',
    '{"spring":{"security":{"oauth2":[{"client":1}]}}}',
    '{"kind":"Secret","data":[1],"stringData":"x","metadata":[]}',
    '{"format":"client-credentials-playground/connections","connections":{}}',
    '[{"id":1,"title":2,"goal":3,"steps":4}]',
    '{"AzureAd":null,"Logging":[]}',
  ])('with other values than it should have fills in nothing: %s', async (text) => {
    const found = await recognise(text)
    const proposals = found !== null && 'proposals' in found ? found.proposals : []
    expect(proposals.filter(({ kind }) => kind === 'connection')).toEqual([])
  })

  it('of many clients offers twenty', async () => {
    const many = Array.from(
      { length: 2000 },
      (_, index) => `A${index}X_CLIENT_ID=a\nA${index}X_CLIENT_SECRET=b`,
    )
    expect((await recognised(many.join('\n'))).proposals).toHaveLength(20)
  })

  it('of many names says some of them', async () => {
    const many = Array.from({ length: 4000 }, (_, index) => `PASSWORD_${index}=${'x'.repeat(50)}`)
    const { ignored } = await recognised(['CLIENT_ID=a', 'CLIENT_SECRET=b', ...many].join('\n'))
    expect(ignored.join('').length).toBeLessThan(500)
    expect(ignored[0]).toMatch(/ and 3988 more: not used\.$/)
  })

  test.each([
    'A',
    'A=',
    'A="',
    "A='\n",
    'A=${B}\n',
    'CLIENT_ID=a\n',
    'CLIENT_ID=a&',
    '"client_id":',
    '{"client_id":"a"},',
    'a.b.c.',
    'spring.security.oauth2.client.registration.a.client-id=x\\\n',
    'security oauth2 ',
    'security ',
    'security.oauth2=',
    'docker -e A="',
    '-e A=b ',
    '-----BEGIN PRIVATE KEY-----\n',
    '"kty":',
    'kty:\n',
    'HTTP/1.1 200 OK\r\n\r\n{',
    'https://a',
    'Bearer ',
    '\u202E',
    '\n',
  ])('of a million characters of %j holds nothing up', async (piece) => {
    const found = await recognise(`x${piece.repeat(1_000_000 / piece.length)}`)
    expect(found === null || 'what' in found).toBe(true)
  })
})

describe('a key', () => {
  it('that an env file, a document or a set has is whole, and in nothing that is said', async () => {
    const { pem, jwk } = someKey('k1')
    const begin = String(jwk['d']).slice(0, 20)
    const texts = [
      `CLIENT_ID=a\nCLIENT_JWK='${JSON.stringify(jwk)}'`,
      JSON.stringify({ clientId: 'a', privateKey: jwk, issuer: 'https://as.example' }),
      JSON.stringify({ keys: [jwk] }),
      JSON.stringify({ clientId: 'a', privateKey: pem, issuer: 'https://as.example' }),
      JSON.stringify({ ...jwk, use: 'enc' }),
    ]
    for (const text of texts) expect(saidOf(await recognise(text))).not.toContain(begin)
    expect(await configs(texts[1] ?? '')).toEqual({
      '': {
        client_id: 'a',
        discovery: 'https://as.example',
        issuer: '',
        token_endpoint_auth_method: 'private_key_jwt',
      },
    })
  })
})
