import { decodeBase64url } from '../encoding/base64url.ts'
import { decodeUtf8 } from '../encoding/utf8.ts'
import { headerValue, type HttpRequest } from '../http/message.ts'
import { basicCredentials } from '../oauth/compose/basic-credentials.ts'
import type { BasicEncoding } from '../oauth/config/config.ts'
import { placeholderIn } from '../text/placeholder.ts'
import { quoted } from '../text/quoted.ts'
import { pastedAssertion } from './pasted-assertion.ts'
import { leftOpen, secretsLeft } from './pasted-fields.ts'
import type { PastedConfig } from './proposal.ts'
import { unknownIn } from './unknown.ts'

/** How a pasted request authenticates the client, and what of it is not used, in sentences. */
export interface PastedClient {
  readonly config: PastedConfig
  readonly ignored: readonly string[]
}

/** What tells how the client authenticates. */
interface Signs {
  readonly request: HttpRequest
  /** The first value of that name in the parameters. */
  readonly parameter: (name: string) => string | undefined
  /** ID and secret before the host of the URL; `null` if there are none. */
  readonly userinfo: readonly [id: string, secret: string] | null
  readonly hasCertificate: boolean
}

/** @see RFC 6749 section 2.3, RFC 7521 section 4.2, RFC 8705 section 2 */
export function pastedClient(signs: Signs): PastedClient {
  const { request, parameter, userinfo, hasCertificate } = signs
  const authorization = headerValue(request.headers, 'authorization')?.trim() ?? ''
  const [, credentials] = /^basic[ \t]+(\S.*)$/is.exec(authorization) ?? []
  const id = parameter('client_id')
  const secret = parameter('client_secret')
  const assertion = parameter('client_assertion')
  const others = [
    ...(authorization !== '' && credentials === undefined ? secretsLeft(['Authorization']) : []),
    ...(hasCertificate ? ['The browser shows a client certificate if it has one and the server asks.'] : []),
  ]
  const unused = (name: string, value: string | undefined, used: string) =>
    value === undefined ? [] : [`${name} is not used, as a request authenticates once: by ${used}.`]
  if (credentials !== undefined)
    return with_(ofBasic(credentials), others, [
      ...unused('client_secret', secret, 'the Basic header'),
      ...unused('client_assertion', assertion, 'the Basic header'),
    ])
  if (assertion !== undefined)
    return with_(
      ofAssertion(assertion, id ?? '', request.url, parameter('client_assertion_type')),
      others,
      unused('client_secret', secret, 'the assertion'),
    )
  if (secret !== undefined) {
    const { config, ignored } = pair(id ?? '', secret)
    return with_({ config: { token_endpoint_auth_method: 'client_secret_post', ...config }, ignored }, others)
  }
  if (userinfo !== null) {
    const { config, ignored } = pair(...userinfo)
    return with_(
      {
        config: { token_endpoint_auth_method: 'client_secret_basic', basic_encoding: 'raw', ...config },
        ignored: [
          ...ignored,
          'The credentials were in the URL, which programs send in a Basic header. So does the page.',
        ],
      },
      others,
    )
  }
  const { config, ignored } = pair(id ?? '', null)
  return with_(
    {
      config: { token_endpoint_auth_method: hasCertificate ? 'tls_client_auth' : 'none', ...config },
      ignored,
    },
    others,
  )
}

const with_ = ({ config, ignored }: PastedClient, ...more: readonly (readonly string[])[]): PastedClient => ({
  config,
  ignored: [...ignored, ...more.flat()],
})

/** ID and secret as far as they are known: what only has their place is not filled in. */
function pair(id: string, secret: string | null): PastedClient {
  const isOpen = unknownIn(id).length > 0
  const { value, ignored } = secret === null ? { value: null, ignored: [] } : knownSecret(secret)
  return {
    config: { ...(!isOpen && { client_id: id }), ...(value !== null && { client_secret: value }) },
    ignored: [...(isOpen ? [leftOpen('client_id', id)] : []), ...ignored],
  }
}

/** A secret; `null` if the text has something else in its place, with a sentence that says what. */
function knownSecret(secret: string): { readonly value: string | null; readonly ignored: readonly string[] } {
  if (unknownIn(secret).length > 0)
    return { value: null, ignored: [`${leftOpen('client_secret', secret)} Type the secret.`] }
  const placeholder = placeholderIn(secret)
  if (placeholder?.level !== 'warning') return { value: secret, ignored: [] }
  const what = placeholder.isHarmless ? `“${quoted(secret)}”` : 'what the text has'
  return {
    value: null,
    ignored: [`client_secret: ${what} ${placeholder.what}, and is not filled in. Type the secret.`],
  }
}

/** ID and secret of a Basic header, in the encoding that makes the same header. @see RFC 6749 section 2.3.1, RFC 7617 section 2 */
function ofBasic(credentials: string): PastedClient {
  const method = { token_endpoint_auth_method: 'client_secret_basic' } as const
  const left = (why: string): PastedClient => ({
    config: method,
    ignored: [`${why} Type client ID and secret.`],
  })
  if (unknownIn(credentials).length > 0) return left(leftOpen('Authorization', credentials))
  const { bytes } = decodeBase64url(credentials)
  const isPlain = bytes === null && credentials.includes(':')
  if (bytes === null && !isPlain) return left('The Basic credentials are not base64, and are not filled in.')
  const utf8 = bytes === null ? null : decodeUtf8(bytes)
  const joined = utf8 === null ? credentials : utf8.ok ? utf8.text : inLatin1(bytes ?? new Uint8Array())
  const colon = joined.indexOf(':')
  if (colon < 0) {
    if (utf8?.ok !== true || /\p{Cc}/u.test(joined))
      return left('The Basic credentials are no ID and secret, and are not filled in.')
    const { config, ignored } = pair(joined, null)
    return {
      config: { ...method, ...config },
      ignored: [...ignored, 'The Basic credentials have an ID and no secret. Type the secret.'],
    }
  }
  const [id, secret] = [joined.slice(0, colon), joined.slice(colon + 1)]
  const encoding = encodingOf(id, secret)
  const decode = encoding === 'raw' ? (text: string) => text : formDecoded
  const { config, ignored } = pair(decode(id), decode(secret))
  return {
    config: { ...method, basic_encoding: encoding, ...config },
    ignored: [
      ...ignored,
      ...(isPlain ? ['The Basic credentials are not in base64. The page encodes them.'] : []),
      ...(utf8?.ok === false ? ['The Basic credentials are not UTF-8, and were read as Latin-1.'] : []),
      ...(encoding === 'raw' && /%[\dA-Fa-f]{2}/.test(joined) && unknownIn(joined).length === 0
        ? ['ID or secret may be percent-encoded. The page sends them as they are, encoded no second time.']
        : []),
    ],
  }
}

/** A plus alone is more often one of a secret in base64 than a space that was form-encoded. */
function encodingOf(id: string, secret: string): BasicEncoding {
  const joined = `${id}:${secret}`
  if (/[+]/.test(joined) && !joined.includes('%')) return 'raw'
  const encodings = ['form', 'strict'] as const
  return (
    encodings.find(
      (encoding) => basicCredentials(encoding, formDecoded(id), formDecoded(secret)).joined === joined,
    ) ?? 'raw'
  )
}

const formDecoded = (text: string): string =>
  new URLSearchParams(`v=${text.replaceAll('&', '%26')}`).get('v') ?? ''

/** Each byte is a character. */
const inLatin1 = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

/** @see RFC 7521 section 4.2, RFC 7523 section 2.2 */
function ofAssertion(assertion: string, id: string, url: string, type: string | undefined): PastedClient {
  const read = unknownIn(assertion).length > 0 ? null : pastedAssertion(assertion, url)
  const { config, ignored } = pair(id || (read?.client_id ?? ''), null)
  const method = read?.method ?? 'private_key_jwt'
  const by = method === 'client_secret_jwt' ? 'the client secret' : 'your key'
  return {
    config: { token_endpoint_auth_method: method, ...config, ...(read && { assertion: read.assertion }) },
    ignored: [
      ...ignored,
      read === null
        ? 'client_assertion is no JWT that the page can read. The page signs one with your key.'
        : `client_assertion was signed for one request. The page signs another one, with ${by}.`,
      ...(type !== undefined && !/:jwt-bearer$/.test(type)
        ? ['client_assertion_type is not that of a JWT. The page sends a JWT.']
        : []),
    ],
  }
}
