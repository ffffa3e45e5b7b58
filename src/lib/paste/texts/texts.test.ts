import { describe, expect, it, test } from 'vitest'
import { importPrivateKey } from '../../keys/import-key.ts'
import { recognised, someKey } from '../pasted-testing.ts'
import { recognise } from '../recognise/recognise.ts'

const { pem, publicPem, jwk, publicJwk } = someKey('k1')
const other = someKey('k2')
const json = (value: unknown) => JSON.stringify(value, null, 2)

describe('keys', () => {
  test.each<[what: string, text: string, name: string]>([
    ['a private key, as JWK', json(jwk), 'k1'],
    ['a private key, as PEM (PKCS#8)', pem, ''],
    ['a private key, as PEM (PKCS#8)', `key.pem\n${pem.replaceAll('\n', '\r\n')}`, ''],
    ['a private key, as JWK', `"${JSON.stringify(jwk).replaceAll('"', '\\"')}"`, 'k1'],
    [
      'a private key, as JWK',
      Object.entries(jwk)
        .map(([member, value]) => `${member}: ${value}`)
        .join('\n'),
      'k1',
    ],
  ])('%s', async (what, text, name) => {
    const found = await recognised(text)
    expect(found).toMatchObject({ what, proposals: [{ kind: 'private-key', name, text }] })
    const imported = await importPrivateKey(found.proposals[0].kind === 'private-key' ? text : '', {
      alg: null,
    })
    expect(imported).toMatchObject({ ok: true })
  })

  test.each<[what: string, text: string]>([
    ['a public key', json(publicJwk)],
    ['a public key', json({ keys: [publicJwk] })],
    ['a text with 2 public keys', json({ keys: [publicJwk, other.publicJwk] })],
    ['a public key', publicPem],
    ['a text with 2 public keys', `${publicPem}\n${other.publicPem}`],
  ])('%s', async (what, text) => {
    expect(await recognised(text)).toEqual({
      what,
      proposals: [{ kind: 'public-keys', name: '', text }],
      ignored: [],
    })
  })

  it('a private key within a set: each is offered, and that it is there is said', async () => {
    const text = json({ keys: [publicJwk, jwk, other.jwk] })
    const { what, proposals, ignored } = await recognised(text)
    expect(what).toBe('a JWK Set with 2 private keys')
    expect(proposals).toEqual([
      { kind: 'private-key', name: 'k1', text: JSON.stringify(jwk) },
      { kind: 'private-key', name: 'k2', text: JSON.stringify(other.jwk) },
      { kind: 'public-keys', name: '', text },
    ])
    expect(ignored).toEqual([
      expect.stringMatching(/^A private key is in it: whoever has this text can sign/),
    ])
  })

  it('a symmetric key says what it is', async () => {
    const { what, proposals, ignored } = await recognised(
      '{"kty":"oct","k":"c2VjcmV0LXRoYXQtaXMtc2hhcmVk","alg":"HS256"}',
    )
    expect(what).toBe('a symmetric key (kty oct)')
    expect(proposals).toMatchObject([{ kind: 'public-keys' }])
    expect(ignored).toEqual([
      expect.stringMatching(/is a secret that server and client share, and no key pair/),
    ])
    expect(JSON.stringify({ what, ignored })).not.toContain('c2VjcmV0')
  })

  it('a key whose private half does not sign is a public one, and why is said', async () => {
    const { proposals, ignored } = await recognised(json({ ...jwk, use: 'enc' }))
    expect(proposals).toMatchObject([{ kind: 'public-keys' }])
    expect(ignored[0]).toBe(
      'Its private half is not used. The JWK says in “use” that it is not for signing. Remove that member if it is wrong.',
    )
  })

  test.each<[text: string, refusal: RegExp]>([
    [
      '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----',
      /encrypted .* openssl pkcs8/,
    ],
    ['-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----', /certificate/i],
    ['{"keys":[]}', /its list of keys is empty/],
    ['ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ a@b', /OpenSSH/],
  ])('%j is no key that is read', async (text, refusal) => {
    expect(await recognise(text)).toMatchObject({ refusal: expect.stringMatching(refusal) as string })
  })
})

describe('tokens', () => {
  const jwt = `${btoa('{"alg":"RS256"}').replace(/=+$/, '')}.${btoa('{"sub":"x"}').replace(/=+$/, '')}.c2ln`

  test.each<[what: string, text: string, token: string]>([
    ['JSON', '{"access_token":"mF_9.B5f-4.1JqM","token_type":"Bearer","expires_in":3600}', 'mF_9.B5f-4.1JqM'],
    ['JSON with a JWT', json({ access_token: jwt }), jwt],
    [
      'a raw response',
      'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nCache-Control: no-store\r\n\r\n{"access_token":"9f86d081","token_type":"Bearer"}',
      '9f86d081',
    ],
    [
      'what curl -i prints through a proxy, in chunks',
      'HTTP/1.1 200 Connection established\r\n\r\nHTTP/2 200\r\ncontent-type: application/json\r\n\r\n2b\r\n{"access_token":"9f86d081","scope":"{a}"}\r\n0\r\n',
      '9f86d081',
    ],
    [
      'what curl -v prints',
      '< HTTP/1.1 200 OK\n< Content-Type: application/json\n<\n{"access_token":"9f86d081"}',
      '9f86d081',
    ],
  ])('the response of a token endpoint: %s', async (_what, text, token) => {
    expect(await recognised(text)).toEqual({
      what: 'the response of a token endpoint',
      proposals: [{ kind: 'token', name: '', text: token }],
      ignored: [],
    })
  })

  it('what else is in it is named', async () => {
    const { ignored } = await recognised(
      '{"access_token":"9f86d081","token_type":"DPoP","refresh_token":"hunter2222","id_token":"x"}',
    )
    expect(ignored).toEqual([
      'refresh_token and id_token: not used.',
      'The token is bound to a key (DPoP). An API accepts it only with a proof by that key.',
    ])
  })

  it.each([7, '', ' ', null, {}, '{{token}}'])('access_token %j is none', async (access_token) => {
    expect(await recognise(json({ access_token, token_type: 'Bearer' }))).toMatchObject({
      refusal: expect.stringMatching(/^Its access_token is/) as string,
    })
  })

  test.each<[text: string, token: string]>([
    ['Authorization: Bearer mF_9.B5f-4.1JqM', 'mF_9.B5f-4.1JqM'],
    ['authorization: DPoP 2YotnFZFEjr1zCsicMWpAA', '2YotnFZFEjr1zCsicMWpAA'],
    ['Bearer abc123', 'abc123'],
    ['-H "Authorization: Bearer mF_9.B5f-4.1JqM"', 'mF_9.B5f-4.1JqM'],
    ['9f86d081884c7d659a2feaa0c55ad015', '9f86d081884c7d659a2feaa0c55ad015'],
  ])('%j is an opaque token', async (text, token) => {
    expect((await recognised(text)).proposals).toEqual([{ kind: 'token', name: '', text: token }])
  })

  test.each([
    'Hello',
    'client-credentials-playground',
    'a.b.c.d.e',
    '1234567890',
    'as.example',
    'your-access-token-here-1',
  ])('%j is none', async (text) => {
    expect(await recognise(text)).toBeNull()
  })
})

describe('URLs', () => {
  test.each<[text: string, what: string, url?: string]>([
    ['https://as.example', 'a URL'],
    ['http://localhost:8080/realms/lab', 'a URL'],
    ['https://api.example/mcp?tenant=a', 'a URL'],
    ['<https://as.example/>', 'a URL', 'https://as.example/'],
    ['"https://as.example",', 'a URL', 'https://as.example'],
    ['https://as.example/.well-known/openid-configuration', 'the URL of a server’s metadata'],
    ['https://as.example/.well-known/oauth-authorization-server/lab', 'the URL of a server’s metadata'],
  ])('%s', async (text, what, url = text) => {
    expect(await recognised(text)).toEqual({
      what,
      proposals: [{ kind: 'url', name: '', text: url }],
      ignored: [],
    })
  })

  test.each<[text: string, refusal: RegExp]>([
    ['https://m2m:hunter2222@as.example/', /has a user name or a password in it/],
    ['https://m2m@as.example/', /has a user name or a password in it/],
    ['https://as.example/token?client_secret=hunter2222', /named like a secret/],
    ['https://api.example/?api_key=hunter2222', /named like a secret/],
    ['https://client.example/cb#access_token=hunter2222', /named like a secret/],
    ['https://playground.example/#1;server=keycloak;client=m2m', /^It is a link to a configuration/],
    ['https://{tenant}.example/', /has a placeholder in it/],
  ])('%s is refused', async (text, refusal) => {
    const found = await recognise(text)
    expect(found).toMatchObject({ refusal: expect.stringMatching(refusal) as string })
    expect(JSON.stringify(found)).not.toContain('hunter2222')
  })

  test.each(['ftp://as.example', 'https://', 'https://as.example and more', 'javascript:alert(1)'])(
    '%s is none',
    async (text) => {
      expect(await recognise(text)).toBeNull()
    },
  )
})

describe('documents', () => {
  // RFC 8414 section 3.2 and RFC 9728 section 3.2, shortened
  const server = json({ issuer: 'https://as.example', token_endpoint: 'https://as.example/token' })
  const resource = json({ resource: 'https://api.example', authorization_servers: ['https://as.example'] })

  test.each<[what: string, text: string]>([
    ['the metadata of an authorization server', server],
    [
      'the metadata of an authorization server',
      `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n${server}`,
    ],
    ['the metadata of an API (a protected resource)', resource],
    [
      'a file of lessons of this page',
      json([
        {
          id: 'a',
          title: 'A',
          goal: 'b',
          text: ['c'],
          start: { server: 'practice' },
          steps: [],
          closing: 'd',
        },
      ]),
    ],
    [
      'a file of connections that this page exported',
      json({
        format: 'client-credentials-playground/connections',
        version: 1,
        connections: [{ name: 'Shop', server: 'own', config: {} }],
      }),
    ],
  ])('%s', async (what, text) => {
    const kind = what.startsWith('the metadata') ? 'metadata' : (what.split(' ')[3] ?? '')
    expect(await recognised(text)).toEqual({ what, proposals: [{ kind, name: '', text }], ignored: [] })
  })

  test.each<[change: object, refusal: RegExp]>([
    [{ version: 2 }, /are of version 2 of the format, and this page reads version 1/],
    [{ connections: [] }, /^The file has none\.$/],
    [{ connections: [{}] }, /^Number 1 has no name or no server\.$/],
    [{ connections: 'x' }, /not connections that this page exported/],
  ])('connections %j are refused', async (change, refusal) => {
    const file = {
      format: 'client-credentials-playground/connections',
      version: 1,
      connections: [],
      ...change,
    }
    expect(await recognise(json(file))).toMatchObject({ refusal: expect.stringMatching(refusal) as string })
  })

  it('connections that were changed by hand and are no JSON any more are refused', async () => {
    const text = `// mine\n${json({ format: 'client-credentials-playground/connections', version: 1, connections: [] })}`
    expect(await recognise(text)).toMatchObject({
      refusal: expect.stringMatching(/changed by hand/) as string,
    })
  })

  test.each([
    '{"issuer":"https://as.example"}',
    '{"issuer":7,"token_endpoint":"https://as.example/token"}',
    '{"resource":"https://api.example"}',
    '[{"id":"a"}]',
    '[]',
    '{}',
    '<html><head><title>Sign in</title></head></html>',
  ])('%s is none', async (text) => {
    expect(await recognise(text)).toBeNull()
  })
})
