import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { example8414, simpleIdServer } from '../../../../tests/vectors/oauth/metadata.ts'
import { answer } from '../../../../tests/vectors/oauth/answers.ts'
import { parseMetadata, readMetadata } from './metadata-reading.ts'

const text = JSON.stringify(example8414)

function found(pasted: string) {
  const reading = parseMetadata(pasted)
  if (reading.kind !== 'found') throw new Error(reading.why)
  return reading
}

describe('readMetadata', () => {
  it('2: gives the members this page works with, in wire names, and the document whole', () => {
    const reading = readMetadata(answer(200, text, 'application/json; charset=utf-8'))
    const { issuer, token_endpoint, jwks_uri, registration_endpoint, scopes_supported } = example8414
    const { token_endpoint_auth_methods_supported } = example8414
    const { token_endpoint_auth_signing_alg_values_supported } = example8414
    expect(reading).toMatchObject({ kind: 'found', mediaType: 'application/json', misshapen: [] })
    expect(reading.kind === 'found' && reading.metadata).toEqual({
      issuer,
      token_endpoint,
      jwks_uri,
      registration_endpoint,
      scopes_supported,
      token_endpoint_auth_methods_supported,
      token_endpoint_auth_signing_alg_values_supported,
    })
    expect(reading.kind === 'found' && reading.value.kind === 'object' && reading.value.members).toHaveLength(
      Object.keys(example8414).length,
    )
  })

  it('understands metadata that comes as text/html all the same', () => {
    expect(readMetadata(answer(200, text, 'text/html'))).toMatchObject({
      kind: 'found',
      mediaType: 'text/html',
    })
  })

  it.each([204, 301, 400, 401, 404, 500])('has nothing at status %i, whatever the body', (status) => {
    const body = status === 204 ? '' : text
    expect(readMetadata(answer(status, body)).kind).toBe(status === 204 ? 'not-metadata' : 'absent')
  })

  it.each([
    ['', 'empty'],
    ['\0\0', 'not text'],
    ['<!doctype html><title>Log in</title>', 'web page'],
    ['{"issuer":', 'At line 1, column 11: Expected a value'],
    ['["https://a.example"]', 'not an object'],
    ['null', 'not an object'],
    ['{}', 'neither an issuer nor a token_endpoint'],
    ['{"keys":[]}', 'JWK Set'],
    ['{"access_token":"x","token_type":"Bearer"}', 'token response'],
    [
      '{"resource":"https://api.example","authorization_servers":["https://a.example"]}',
      'metadata of an API',
    ],
    ['{"error":"Realm does not exist"}', 'the error “Realm does not exist”'],
    [`"${'x'.repeat(1024 * 1024)}"`, '1 MiB'],
  ])('says what %.40j is instead', (body, why) => {
    const reading = readMetadata(answer(200, body))
    expect(reading).toMatchObject({ kind: 'not-metadata', status: 200 })
    expect(reading.kind === 'not-metadata' && reading.why).toContain(why)
  })

  it('keeps what no response was', () => {
    const outcome = { kind: 'opaque-redirect' } as const
    expect(readMetadata(outcome)).toEqual({ kind: 'unreadable', outcome })
  })

  it('leaves out what is not of its type, and says so', () => {
    const odd = {
      issuer: ['https://a.example'],
      token_endpoint: 'https://a.example/token',
      scopes_supported: 'read write',
      grant_types_supported: ['client_credentials', 1],
      tls_client_certificate_bound_access_tokens: 'true',
      mtls_endpoint_aliases: { token_endpoint: null },
      jwks_uri: null,
    }
    const { metadata, misshapen } = found(JSON.stringify(odd))
    expect(metadata).toEqual({ token_endpoint: 'https://a.example/token' })
    expect(misshapen.map(({ name, wanted, found: is }) => `${name}: ${wanted}, not ${is}`)).toEqual([
      'issuer: a string, not a list of something else',
      'jwks_uri: a string, not null',
      'grant_types_supported: a list of strings, not a list of something else',
      'scopes_supported: a list of strings, not a string',
      'tls_client_certificate_bound_access_tokens: true or false, not a string',
      'mtls_endpoint_aliases: an object of strings, not an object',
    ])
  })

  it('tolerates SimpleIdServer’s authorization_details_supported', () => {
    expect(found(JSON.stringify(simpleIdServer)).misshapen).toEqual([])
  })
})

describe('parseMetadata', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nNEL: {"report_to":"x"}\r\n\r\n'

  it.each([
    ['as it is', text],
    ['indented, with a byte order mark', `\uFEFF${JSON.stringify(example8414, null, 2)}\n`],
    ['under the head that curl -i prints', head + text],
    ['under the heads of a proxy and a server', `HTTP/1.1 200 Connection established\r\n\r\n${head}${text}`],
    ['under the command', `$ curl https://a.example/.well-known/openid-configuration\n${text}\n$ `],
    ['in a fence', `\`\`\`json\n${text}\n\`\`\``],
  ])('reads it %s', (_, pasted) => {
    expect(found(pasted).metadata.token_endpoint).toBe(example8414.token_endpoint)
    expect(found(pasted).mediaType).toBeNull()
  })

  it.each([
    [' \n', 'Nothing was pasted'],
    ['https://a.example/.well-known/openid-configuration\n', 'field above'],
    ['<html>', 'web page'],
    ['x'.repeat(1024 * 1024 + 1), '1 MiB'],
    [`${head}{\n"issuer": "https://a.example",\n}`, 'At line 7, column 1'],
    ['{"issuer": "https://a.example"', 'the text ends'],
    ['issuer\t"https://a.example"', 'At line 1, column 1'],
  ])('says why %.40j cannot be used', (pasted, why) => {
    const reading = parseMetadata(pasted)
    expect(reading.kind === 'not-metadata' && reading.why).toContain(why)
  })

  it('throws for no text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constantFrom('HTTP/1.1 200\n\n', '{', '}', '{"issuer":', '"a"', '\uD800'),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
        for (const pasted of [pieces.join(''), `{"issuer":"x",${pieces.join('')}}`])
          expect(['found', 'not-metadata']).toContain(parseMetadata(pasted).kind)
      }),
    )
  })

  it('is not held up by what was made to be slow', () => {
    for (const pasted of [
      'HTTP/1.1\n\n'.repeat(90_000),
      '{'.repeat(1e6),
      '\n'.repeat(1e6),
      'HTTP/1'.repeat(1.6e5),
    ])
      expect(parseMetadata(pasted).kind).toBe('not-metadata')
  })
})
