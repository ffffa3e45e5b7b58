import { decodeBody } from '../http/body.ts'
import { headerValue, type HeaderList } from '../http/message.ts'
import { isMasked } from '../http/redact.ts'
import { partOf } from '../har/to-har.ts'
import type { Recorded } from '../har/recorded.ts'
import { isObject, parsePlain } from '../json/own-members.ts'
import { isWord } from '../oauth/compose/repeated-secrets.ts'
import { decodeBase64 } from '../encoding/base64.ts'
import { namedValues } from './looks.ts'
import { isSecret, isSecretField, isSecretMember, privateMembers } from './secret-names.ts'
import { viewsOf } from './views.ts'

/** As much of a body is looked through for secrets, in characters. */
const longest = 1024 * 1024 + 8192

/**
 * The secrets, tokens and keys in any of the exchanges, decoded, that are long and odd enough to be looked for everywhere: what one exchange
 * issued is masked in the others, too.
 * @param also those that are in no exchange: the secret in the form, a token that was pasted
 */
export function knownSecrets(entries: readonly Recorded[], also: readonly string[]): ReadonlySet<string> {
  const all = [...also, ...entries.flatMap(secretsOf)].flatMap((secret) => [secret, formDecoded(secret)])
  return new Set(all.filter((secret) => !isWord(secret) && !isMasked(secret)).flatMap(spellings))
}

/** The bytes of UTF-8 read one by one as well, as in a body that is no text. */
function spellings(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret)
  return bytes.length === secret.length ? [secret] : [secret, String.fromCharCode(...bytes)]
}

function secretsOf({ exchange, config }: Recorded): readonly string[] {
  const { request, outcome } = exchange
  const response = partOf(outcome)
  const body = response && decodeBody(response)
  return [
    config.client_secret,
    ...[...config.parameters, ...config.headers].flatMap(({ name, value }) =>
      isSecret(name) ? [value] : [],
    ),
    ...inHeaders(request.headers),
    ...inPairs(new URL(request.url).searchParams),
    ...inPairs(new URLSearchParams(request.body ?? '')),
    ...inText(request.body ?? ''),
    ...inHeaders(response?.headers ?? []),
    ...inLocation(headerValue(response?.headers ?? [], 'location') ?? ''),
    ...(response?.headers ?? []).flatMap(([, value]) => inText(value)),
    ...inText(body?.kind === 'text' ? body.text : ''),
  ]
}

const inPairs = (pairs: URLSearchParams): readonly string[] =>
  [...pairs].flatMap(([name, value]) => (isSecret(name) ? [value] : []))

/** In the query of a URL, and in its fragment. @see RFC 6749 section 4.2.2 */
const inLocation = (url: string): readonly string[] =>
  url
    .split(/[?#]/)
    .slice(1)
    .flatMap((part) => inPairs(new URLSearchParams(part)))

/** Credentials without their scheme, and the values of cookies. @see RFC 9110 section 11.4, RFC 6265 section 4.1.1 */
function inHeaders(headers: HeaderList): readonly string[] {
  return headers.flatMap(([name, value]) => {
    if (/^(?:set-)?cookie$/i.test(name)) return value.split(';').map(valueOfCookie)
    if (!isSecretField(name)) return []
    const [, scheme = '', rest = ''] = /^(basic|bearer|dpop) +(.*)$/is.exec(value) ?? []
    return scheme === '' ? [value] : [rest, ...(/basic/i.test(scheme) ? [secretOfBasic(rest)] : [])]
  })
}

const attributes = /^(?:path|domain|expires|max-age|samesite|priority)$/i

function valueOfCookie(text: string): string {
  const at = text.indexOf('=')
  return at < 0 || attributes.test(text.slice(0, at).trim()) ? '' : text.slice(at + 1).trim()
}

/** @see RFC 7617 section 2 */
function secretOfBasic(base64: string): string {
  try {
    const pair = new TextDecoder().decode(decodeBase64(base64.trim()))
    return pair.slice(pair.indexOf(':') + 1)
  } catch {
    // InvalidCharacterError: it is no base64
    return ''
  }
}

/** What is named like a secret in a text, in whatever it is encoded, and all that JSON has below such a name. */
function inText(text: string): readonly string[] {
  const start = text.slice(0, longest)
  const parsed = parsePlain(start)
  return [
    ...viewsOf(start).flatMap(({ text: decoded }) =>
      namedValues.flatMap((values) => [...values(decoded)].map(([from, to]) => decoded.slice(from, to))),
    ),
    ...(parsed.ok ? inJson(parsed.value) : []),
  ]
}

/** Not by recursion: it may be nested deeper than calls can be. */
function inJson(value: unknown): readonly string[] {
  const found: string[] = []
  const rest: { readonly value: unknown; readonly isSecret: boolean }[] = [{ value, isSecret: false }]
  for (const { value: one, isSecret: isOne } of rest) {
    if (typeof one === 'string' && isOne) found.push(one)
    if (Array.isArray(one)) for (const item of one as unknown[]) rest.push({ value: item, isSecret: isOne })
    if (!isObject(one)) continue
    const ofKey = Object.hasOwn(one, 'kty')
    for (const [name, member] of Object.entries(one)) {
      const isNamed = isSecretMember(name) || (ofKey && privateMembers.has(name))
      rest.push({ value: member, isSecret: isNamed || (isOne && name === 'value') })
    }
  }
  return found
}

const formDecoded = (text: string): string =>
  new URLSearchParams(`v=${text.replaceAll('&', '%26')}`).get('v') ?? ''
