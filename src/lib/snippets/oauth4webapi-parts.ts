import { decodeBase64url } from '../encoding/base64url.ts'
import { decodeUtf8 } from '../encoding/utf8.ts'
import type { HttpRequest } from '../http/message.ts'
import { ownMembers } from '../json/own-members.ts'
import { webCryptoAlgs } from '../keys/web-crypto.ts'
import { basicCredentials } from '../oauth/compose/basic-credentials.ts'
import { signedParts } from '../oauth/compose/signed-parts.ts'
import { type AuthMethod, usesKey } from '../oauth/config/auth-methods.ts'
import type { TokenRequestConfig } from '../oauth/config/config.ts'
import { assertionAudience, dpopKey } from '../oauth/config/derived-values.ts'

/** A part of a program that uses the library. */
export interface LibraryCode {
  readonly statements: readonly string[]
  readonly imports: readonly string[]
  readonly packages: readonly string[]
  /** What it reads from the environment, besides what was written for it. */
  readonly variables: readonly string[]
  readonly notes: readonly string[]
  /** What the `fetch` of the library is given besides, as members of an object. */
  readonly fetchMembers: readonly string[]
}

interface Given {
  readonly request: HttpRequest
  readonly config: TokenRequestConfig
  readonly issuer: string
  readonly write: (name: string, value: string) => string
}

const code = (statements: readonly string[], more: Partial<LibraryCode> = {}): LibraryCode => ({
  statements,
  imports: [],
  packages: [],
  variables: [],
  notes: [],
  fetchMembers: [],
  ...more,
})

const secretOf = ({ config, write }: Given): string => write('client_secret', config.client_secret)

/** The certificate is shown by what opens the connection. @see RFC 8705 section 2 */
const byCertificate = (): LibraryCode =>
  code(
    [
      "const connect = { cert: readFileSync('client.pem'), key: readFileSync('client.key') }",
      'const dispatcher = new Agent({ connect })',
      'const clientAuth = oauth.TlsClientAuth()',
    ],
    {
      imports: ["import { readFileSync } from 'node:fs'", "import { Agent, fetch } from 'undici'"],
      packages: ['undici'],
      notes: ['client.pem and client.key are the certificate of the client and its key'],
      fetchMembers: ['dispatcher'],
    },
  )

/** How the client authenticates, as a statement that makes `clientAuth`; `null` for a key of an unknown algorithm. */
export const clientAuthCode: Readonly<Record<AuthMethod, (given: Given) => LibraryCode | null>> = {
  client_secret_basic: basic,
  client_secret_post: (given) =>
    code([
      given.config.client_secret === ''
        ? 'const clientAuth = oauth.None()'
        : `const clientAuth = oauth.ClientSecretPost(${secretOf(given)})`,
    ]),
  client_secret_jwt: secretJwt,
  private_key_jwt: privateKeyJwt,
  tls_client_auth: byCertificate,
  self_signed_tls_client_auth: byCertificate,
  none: () => code(['const clientAuth = oauth.None()']),
}

/** The library has one encoding; if the chosen one makes a difference, it is written out. */
function basic(given: Given): LibraryCode {
  const { basic_encoding, client_id, client_secret } = given.config
  const { joined } = basicCredentials(basic_encoding, client_id, client_secret)
  if (client_secret !== '' && joined === basicCredentials('strict', client_id, client_secret).joined) {
    return code([`const clientAuth = oauth.ClientSecretBasic(${secretOf(given)})`])
  }
  const encoded = (value: string) => (basic_encoding === 'raw' ? `\${${value}}` : `\${form(${value})}`)
  return code([
    ...(basic_encoding === 'raw'
      ? []
      : [`const form = (text) => new URLSearchParams([['', text]]).toString().slice(1)`]),
    `const secret = ${secretOf(given)}`,
    'const clientAuth = (_as, { client_id }, _body, headers) => {',
    `  const credentials = Buffer.from(\`${encoded('client_id')}:${encoded('secret')}\`).toString('base64')`,
    "  headers.set('authorization', `Basic ${credentials}`)",
    '}',
  ])
}

/** The library knows HS256 only. */
function secretJwt(given: Given): LibraryCode {
  const { secret_alg } = given.config.assertion
  if (secret_alg === 'HS256') {
    return code([
      `const clientAuth = oauth.ClientSecretJwt(${secretOf(given)}${modified(assertionChanges(given))})`,
    ])
  }
  return code(
    [
      `const secret = ${secretOf(given)}`,
      'const clientAuth = async (as, client, body) => {',
      `  const header = { alg: '${secret_alg}' }`,
      '  const iat = Math.floor(Date.now() / 1000) + (client[oauth.clockSkew] ?? 0)',
      '  const claims = {',
      '    iss: client.client_id,',
      '    sub: client.client_id,',
      '    aud: as.issuer,',
      '    iat,',
      '    nbf: iat,',
      '    exp: iat + 60,',
      '    jti: crypto.randomUUID(),',
      '  }',
      ...assertionChanges(given).map((line) => `  ${line}`),
      '  const jwt = new SignJWT(claims).setProtectedHeader(header)',
      "  body.set('client_id', client.client_id)",
      "  body.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')",
      "  body.set('client_assertion', await jwt.sign(new TextEncoder().encode(secret)))",
      '}',
    ],
    { imports: ["import { SignJWT } from 'jose'"], packages: ['jose'] },
  )
}

function privateKeyJwt(given: Given): LibraryCode | null {
  const algorithm = algorithmOf(headerOf(given.request, 'client_assertion'))
  if (algorithm === null) return null
  return code(
    [
      'const jwk = JSON.parse(process.env.CLIENT_KEY)',
      `const key = await crypto.subtle.importKey('jwk', jwk, ${algorithm}, false, ['sign'])`,
      `const clientAuth = oauth.PrivateKeyJwt(key${modified(assertionChanges(given))})`,
    ],
    keyOf('CLIENT_KEY'),
  )
}

/** What makes the proof, as a statement that makes `DPoP`; `null` for a key of an unknown algorithm. @see RFC 9449 section 4.2 */
export function dpopCode({ request, config }: Given): LibraryCode | null {
  const header = headerOf(request, 'DPoP')
  const algorithm = algorithmOf(header)
  if (algorithm === null) return null
  const { key, lifetime, payload } = config.dpop
  const shared = usesKey(config) && (key === '' || dpopKey(config) === config.assertion.key)
  const variable = shared ? 'CLIENT_KEY' : 'DPOP_KEY'
  const changes = [
    ...(lifetime > 0 ? [`claims.exp = claims.iat + ${lifetime}`] : []),
    ...ownChanges('claims', payload),
  ]
  return code(
    [
      `const proofAlgorithm = ${algorithm}`,
      `const privateJwk = JSON.parse(process.env.${variable})`,
      `const publicJwk = ${JSON.stringify(header['jwk'])}`,
      'const keyPair = {',
      "  privateKey: await crypto.subtle.importKey('jwk', privateJwk, proofAlgorithm, false, ['sign']),",
      "  publicKey: await crypto.subtle.importKey('jwk', publicJwk, proofAlgorithm, true, ['verify']),",
      '}',
      `const DPoP = oauth.DPoP(client, keyPair${modified(changes)})`,
    ],
    keyOf(variable),
  )
}

const keyOf = (variable: string): Partial<LibraryCode> => ({
  variables: [variable],
  notes: [`${variable} holds a private key as a JWK; this page does not give it out here`],
})

/** What the page makes otherwise than the library, as statements about `header` and `claims`. @see RFC 7523 section 3 */
function assertionChanges({ request, config, issuer }: Given): string[] {
  const { lifetime, nbf, payload } = config.assertion
  const aud = assertionAudience(config)
  return [
    ...Object.entries(headerOf(request, 'client_assertion'))
      .filter(([name]) => name !== 'alg')
      .map(([name, value]) => `header[${JSON.stringify(name)}] = ${JSON.stringify(value)}`),
    ...(aud === issuer ? [] : [`claims.aud = ${JSON.stringify(aud)}`]),
    ...(lifetime === 60 ? [] : [`claims.exp = claims.iat + ${lifetime}`]),
    ...(nbf ? [] : ['delete claims.nbf']),
    ...ownChanges('claims', payload),
  ]
}

/** The user's own members win; one that is `null` leaves the name out. */
function ownChanges(target: string, own: string): string[] {
  const read = ownMembers(own)
  return Object.entries(read.ok ? read.members : {}).map(([name, value]) => {
    const member = `${target}[${JSON.stringify(name)}]`
    return value === null ? `delete ${member}` : `${member} = ${JSON.stringify(value)}`
  })
}

/** As the last argument of what signs. */
function modified(changes: readonly string[]): string {
  if (changes.length === 0) return ''
  return [
    ', {',
    '  [oauth.modifyAssertion](header, claims) {',
    ...changes.map((change) => `    ${change}`),
    '  },',
    '}',
  ].join('\n')
}

/** The header of what is signed in a request; empty if it cannot be read. */
function headerOf(
  request: HttpRequest,
  name: 'client_assertion' | 'DPoP',
): Readonly<Record<string, unknown>> {
  const jwt = signedParts(request).find((part) => part.name === name)?.jwt ?? ''
  const { bytes } = decodeBase64url(jwt.split('.')[0] ?? '')
  const read = ownMembers(decodeUtf8(bytes ?? new Uint8Array()).text)
  return read.ok ? read.members : {}
}

/** The algorithm of a header as WebCrypto expects it. */
function algorithmOf({ alg }: Readonly<Record<string, unknown>>): string | null {
  const known = Object.entries(webCryptoAlgs).find(([name]) => name === alg)
  return known ? JSON.stringify(known[1].key) : null
}
