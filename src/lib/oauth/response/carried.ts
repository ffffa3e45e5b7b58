import { embeddedJson } from '../../json/embedded.ts'
import { parseJson } from '../../json/parse.ts'
import { asString, type JsonValue, member } from '../../json/value.ts'
import { decode } from '../../jwt/decode/decode.ts'
import { quoted } from '../../text/quoted.ts'

/** The members of a token response or an error response, and how the body has them. */
export interface Carried {
  /** `null` if there are none. */
  readonly members: JsonValue | null
  /** "under “detail”": how they came, if the body is not the JSON object with them; `null` if it is, or has none. */
  readonly how: string | null
}

/** Whether it is a code that the standards define, and that says all by itself. */
export const isRegistered = (text: string): boolean => code.test(text)

/** Names under which frameworks put what was meant to be the body (FastAPI: detail). */
const wrapping = /^(detail|data|result|response|body|message|payload|error)$/

/** Codes that are a whole sentence to whoever knows OAuth. @see RFC 6749 section 5.2, RFC 6750 section 3.1 */
const code =
  /^(invalid_(client|request|grant|scope|target|token|dpop_proof)|unauthorized_client|unsupported_grant_type|insufficient_scope|use_dpop_nonce|access_denied)$/

const text = (value: string): JsonValue => ({ kind: 'string', value, source: JSON.stringify(value) })

/** A JSON object with those members. */
export const stringMembers = (members: Iterable<readonly [key: string, value: string]>): JsonValue => ({
  kind: 'object',
  members: [...members].map(([key, value]) => ({
    key,
    keySource: JSON.stringify(key),
    value: text(value),
    duplicate: false,
  })),
})

/** Whether it says what OAuth's responses say. */
const speaks = (value: JsonValue): boolean =>
  Boolean(asString(member(value, 'access_token'))) || Boolean(asString(member(value, 'error')))

/**
 * Reads a body leniently: as a JSON object, as a form, as an object in a list, in a JSON text, under a name or among other
 * output, as a bare code under a name, or as a bare JWT. What is found one level down counts only if the body itself says nothing.
 * Never throws.
 * @param isSuccess a JWT that is the whole body is a token only in a response that refuses nothing
 * @see RFC 6749 sections 5.1 and 5.2
 */
export function carriedBy(body: string, isSuccess: boolean): Carried {
  const parsed = parseJson(body)
  if (!parsed.ok) return ofText(body, isSuccess)
  const { value } = parsed
  const own: Carried = { members: value.kind === 'object' ? value : null, how: null }
  return value.kind === 'object' && speaks(value) ? own : (inside(value, isSuccess) ?? own)
}

function ofText(body: string, isSuccess: boolean): Carried {
  const form = formMembers(body)
  if (form) return { members: form, how: 'as a form' }
  const line = lineMembers(body)
  if (line) return { members: line, how: 'as a line of text' }
  return (
    (isSuccess && bareToken(body, 'as the body itself, a JWT without JSON')) || amongOutput(body) || nothing
  )
}

/** A page for people may have anything in its scripts. */
const page = /^\s*<(!doctype|html|head|body|\?xml)/i

/** What is before the JSON, by how it looks; quoted if nothing is known of it. */
const prefixes: readonly (readonly [looks: RegExp, what: string])[] = [
  [
    /^(?:\)\]\}'?,?|(?:while|for) ?\((?:1|;;|true)\);?(?: ?\{\})?|\{\} ?&&|throw 1;.*)$/,
    'behind a guard that keeps scripts from reading it',
  ],
  [/^(?:\/\*\*\/)?\s*[\w.$]+\($/, 'as JSONP, an argument in a call of a function'],
]

/** The JSON object of a response that has more in its body: a warning of PHP, a guard, a call, output of another part. */
function amongOutput(body: string): Carried | null {
  const found = page.test(body) ? null : embeddedJson(body, speaks)
  if (!found) return null
  const [before, after] = [body.slice(0, found.start).trim(), body.slice(found.end).trim()]
  const known = prefixes.find(([looks]) => looks.test(before))?.[1]
  const other =
    before === '' ? `before other output: “${brief(after)}”` : `behind other output: “${brief(before)}”`
  const how = known ?? (before + after === '' ? 'among invisible characters' : other)
  return { members: found.value, how }
}

const brief = (text: string): string => quoted(text.length > 120 ? `${text.slice(0, 120)}…` : text)

const nothing: Carried = { members: null, how: null }

/** Some servers respond with a form; only one that names a token or an error counts. */
const formMembers = (body: string): JsonValue | null =>
  /^(\w+=[^\s&=]*&)*(access_token|error)=[^\s&]/.test(body)
    ? stringMembers(new URLSearchParams(body.trim()))
    : null

/** The log line of an error in place of its JSON: `ErrorType=invalid_client Parent=client not found` (zitadel/oidc). */
function lineMembers(body: string): JsonValue | null {
  const [, error, parent] = /^ErrorType=(\w+)(?: (?:Parent|Description)=(.*))?$/.exec(body.trim()) ?? []
  if (error === undefined) return null
  return stringMembers([
    ['error', error],
    ['error_description', parent ?? ''],
  ])
}

function bareToken(body: string, how: string): Carried | null {
  const token = body.trim()
  return /^eyJ/.test(token) && decode(token).kind !== 'opaque'
    ? { members: stringMembers([['access_token', token]]), how }
    : null
}

/** One level down. */
function inside(value: JsonValue, isSuccess: boolean): Carried | null {
  if (value.kind === 'array') return spoken(value.items[0], 'in a list')
  if (value.kind === 'string')
    return (
      spoken(parsedText(value.value), 'in a text that is JSON') ??
      (isSuccess ? bareToken(value.value, 'as a JSON text, without an object') : null)
    )
  if (value.kind !== 'object') return null
  for (const { key, value: of } of value.members) {
    if (!wrapping.test(key)) continue
    const bare = asString(of)
    const how = `under “${quoted(key)}”`
    if (bare !== undefined && code.test(bare)) return { members: stringMembers([['error', bare]]), how }
    const found = spoken(bare === undefined ? of : parsedText(bare), how)
    if (found) return found
  }
  return null
}

const spoken = (value: JsonValue | undefined, how: string): Carried | null =>
  value?.kind === 'object' && speaks(value) ? { members: value, how } : null

function parsedText(value: string): JsonValue | undefined {
  const parsed = parseJson(value)
  return parsed.ok ? parsed.value : undefined
}
