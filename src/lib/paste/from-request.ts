import { decodeBase64 } from '../encoding/base64.ts'
import { forbiddenHeader } from '../http/forbidden-headers.ts'
import type { HttpRequest } from '../http/message.ts'
import { asNumber, asString, member } from '../json/value.ts'
import { claimsOf, decode } from '../jwt/decode/decode.ts'
import { emptyApiCall } from '../oauth/config/api-call.ts'
import { type Entry, secretAlgs } from '../oauth/config/config.ts'
import { hidesSecret, isSecretName } from '../text/hides-secret.ts'
import { listed } from '../text/listed.ts'
import { quoted } from '../text/quoted.ts'
import type { PastedCall, PastedConfig, PastedConnection } from './proposal.ts'

/** What a request is in the form, and what of it is not used, in sentences. */
export interface FromRequest {
  readonly proposal: PastedConnection | PastedCall
  readonly ignored: readonly string[]
}

/**
 * A request as it was pasted, as members of the form: a token request if its body has a `grant_type`, else the call of an API.
 * Secrets go into the field of the client secret only; the token of a call is given apart.
 */
export function fromRequest(request: HttpRequest): FromRequest {
  const form = new URLSearchParams(request.body ?? '')
  return form.has('grant_type') ? tokenRequest(request, [...form]) : apiCall(request)
}

/** @see RFC 6749 section 4.4.2 */
function tokenRequest(request: HttpRequest, parameters: readonly (readonly [string, string])[]): FromRequest {
  const ignored: string[] = []
  const all = (name: string) => parameters.filter(([one]) => one === name).map(([, value]) => value)
  const first = (name: string) => all(name)[0]
  const grant = first('grant_type') ?? ''
  if (grant !== 'client_credentials')
    ignored.push(`grant_type ${quoted(grant)}: the page asks for client_credentials.`)
  const { config, sentences } = authentication(request, first)
  const own = parameters.filter(([name]) => !ofTheForm.has(name))
  const fields = ownFields(request, ['accept', 'authorization', 'content-type', 'dpop'])
  return {
    proposal: {
      kind: 'connection',
      isWhole: true,
      config: {
        token_endpoint: request.url,
        ...config,
        scope: first('scope') ?? '',
        resource: all('resource'),
        audience: first('audience') ?? '',
        authorization_details: first('authorization_details') ?? '',
        parameters: own.filter(([name, value]) => !isSecret(name, value)).map(entry),
        headers: fields.kept,
        content_type_charset: request.headers.some(
          ([name, value]) => /^content-type$/i.test(name) && /;\s*charset=/i.test(value),
        ),
        dpop: { on: request.headers.some(([name]) => /^dpop$/i.test(name)) },
      },
      key: null,
      call: null,
    },
    ignored: [
      ...ignored,
      ...sentences,
      ...secretsLeft(own.filter(([name, value]) => isSecret(name, value)).map(([name]) => name)),
      ...fields.ignored,
    ],
  }
}

/** What the form has a field for, or makes itself. */
const ofTheForm: ReadonlySet<string> = new Set([
  'grant_type',
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'scope',
  'resource',
  'audience',
  'authorization_details',
])

interface Authentication {
  readonly config: PastedConfig
  readonly sentences: readonly string[]
}

/** How the client authenticates. @see RFC 6749 section 2.3, RFC 7523 section 2.2 */
function authentication(
  { headers }: HttpRequest,
  parameter: (name: string) => string | undefined,
): Authentication {
  const [, authorization = ''] = headers.find(([name]) => /^authorization$/i.test(name)) ?? []
  const [, basic] = /^basic +(.*)$/i.exec(authorization) ?? []
  if (basic !== undefined) return { config: ofBasic(basic), sentences: [] }
  const client_id = parameter('client_id') ?? ''
  const secret = parameter('client_secret')
  if (secret !== undefined)
    return {
      config: { token_endpoint_auth_method: 'client_secret_post', client_id, client_secret: secret },
      sentences: [],
    }
  const assertion = parameter('client_assertion')
  if (assertion !== undefined) return ofAssertion(assertion, client_id)
  return { config: { token_endpoint_auth_method: 'none', client_id }, sentences: [] }
}

/** ID and secret of a Basic header; as they are, if that is what a server would see that does not decode. @see RFC 6749 section 2.3.1 */
function ofBasic(base64: string): PastedConfig {
  const joined = new TextDecoder().decode(decodeBase64(base64.trim()))
  const colon = joined.indexOf(':')
  const [id, secret] = colon < 0 ? [joined, ''] : [joined.slice(0, colon), joined.slice(colon + 1)]
  const isEncoded = [id, secret].every((text) => encoded(formDecoded(text)) === text)
  return {
    token_endpoint_auth_method: 'client_secret_basic',
    client_id: isEncoded ? formDecoded(id) : id,
    client_secret: isEncoded ? formDecoded(secret) : secret,
    basic_encoding: isEncoded ? 'form' : 'raw',
  }
}

const encoded = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1)
const formDecoded = (text: string): string =>
  new URLSearchParams(`v=${text.replaceAll('&', '%26')}`).get('v') ?? ''

/** An assertion is good for one request: what it says of itself is kept, and it is signed anew. @see RFC 7523 section 3 */
function ofAssertion(assertion: string, client_id: string): Authentication {
  const decoded = decode(assertion)
  const claims = claimsOf(decoded)
  const header = decoded.kind === 'opaque' ? null : decoded.header.value
  const alg = asString(member(header, 'alg')) ?? ''
  const bySecret = Object.hasOwn(secretAlgs, alg)
  const lifetime = (asNumber(member(claims, 'exp')) ?? 0) - (asNumber(member(claims, 'iat')) ?? 0)
  const typ = asString(member(header, 'typ')) ?? ''
  const aud = asString(member(claims, 'aud'))
  return {
    config: {
      token_endpoint_auth_method: bySecret ? 'client_secret_jwt' : 'private_key_jwt',
      client_id: client_id || (asString(member(claims, 'sub')) ?? ''),
      assertion: {
        ...(bySecret && { secret_alg: alg as keyof typeof secretAlgs }),
        ...(aud !== undefined && { aud: 'custom', custom_aud: aud }),
        ...((typ === 'JWT' || typ === 'client-authentication+jwt' || typ === '') && { typ }),
        ...(Number.isInteger(lifetime) && lifetime > 0 && lifetime <= 86_400 && { lifetime }),
        nbf: member(claims, 'nbf') !== undefined,
      },
    },
    sentences: [
      `client_assertion was signed for one request. The page signs another one, with ${bySecret ? 'the client secret' : 'your key'}.`,
    ],
  }
}

/** @see RFC 6750 section 2.1, RFC 9449 section 7.1 */
function apiCall(request: HttpRequest): FromRequest {
  const [, authorization = ''] = request.headers.find(([name]) => /^authorization$/i.test(name)) ?? []
  const [, scheme = '', token = null] = /^(bearer|dpop) +(\S+)$/i.exec(authorization.trim()) ?? []
  const fields = ownFields(request, ['authorization', 'dpop'])
  return {
    proposal: {
      kind: 'call',
      call: {
        ...emptyApiCall,
        url: request.url,
        method: request.method,
        headers: fields.kept,
        body: request.body ?? '',
        presentation: token === null ? 'none' : scheme.toLowerCase() === 'dpop' ? 'dpop' : 'bearer',
      },
      token,
    },
    ignored: [
      ...(authorization !== '' && token === null ? secretsLeft(['Authorization']) : []),
      ...fields.ignored,
    ],
  }
}

/** The header fields that a page may send and that have no field of their own in the form. */
function ownFields(
  { headers }: HttpRequest,
  made: readonly string[],
): { readonly kept: readonly Entry[]; readonly ignored: readonly string[] } {
  const others = headers.filter(([name]) => !made.includes(name.toLowerCase()) && !ofBrowser.test(name))
  const isBarred = ([name, value]: readonly [string, string]) => forbiddenHeader(name, value) !== null
  const sendable = others.filter((field) => !isBarred(field))
  const cookies = headers.some(([name]) => /^cookie$/i.test(name))
  return {
    kept: sendable.filter(([name, value]) => !isSecret(name, value)).map(entry),
    ignored: [
      ...secretsLeft(sendable.filter(([name, value]) => isSecret(name, value)).map(([name]) => name)),
      ...(cookies ? ['Cookie: the page sends without cookies.'] : []),
      ...others
        .filter(([name, value]) => !/^cookie$/i.test(name) && isBarred([name, value]))
        .map(([name, value]) => `${quoted(name)}: ${forbiddenHeader(name, value) ?? ''}`),
    ],
  }
}

/** What every browser adds to each request. */
const ofBrowser =
  /^(?:host|content-length|connection|accept-encoding|accept-language|user-agent|origin|referer|pragma|cache-control|priority|dnt|te|sec-.*|:.*)$/i

const entry = ([name, value]: readonly [string, string]): Entry => ({ name, value, on: true })

const isSecret = (name: string, value: string): boolean => isSecretName(name) || hidesSecret(value, '')

const secretsLeft = (names: readonly string[]): readonly string[] =>
  names.length === 0
    ? []
    : [`${listed(names.map(quoted))}: may be a secret, and is not filled in. Type it if the server needs it.`]
