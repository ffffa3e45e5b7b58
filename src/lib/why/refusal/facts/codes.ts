import { headerValue } from '../../../http/message.ts'
import { parseJson } from '../../../json/parse.ts'
import { asString, type JsonValue } from '../../../json/value.ts'
import { isRegistered } from '../../../oauth/response/carried.ts'
import type { Came } from './came.ts'

/** Members in which servers and gateways put a code of their own. */
const coding = /^(_*type|code|error_?code|error_?type|reason|status|error|name|exception)$/i

/** Where gateways put one next to the body. */
const headers = ['x-amzn-errortype', 'x-ms-error-code'] as const

const most = { levels: 6, items: 3, characters: 120, codes: 24 }

/**
 * What a response names its reason by, spelled out as the words that it is made of, a line each:
 * `steps.jwt.JwtIssuerMismatch`, `ACCESS_TOKEN_SCOPE_INSUFFICIENT`, `JWTNotInIssuer`. Codes of the standards are read elsewhere. Never throws.
 */
export function codesIn({ response, words }: Pick<Came, 'response' | 'words'>): string {
  const read = parseJson(new TextDecoder().decode(response.body.slice(0, 64_000)))
  const inHeaders = headers.flatMap((name) => headerValue(response.headers, name) ?? [])
  const inWords = words.match(/\b[A-Z]\w*(?:[a-z][A-Z]|[A-Z]{2}[a-z])\w*/g) ?? []
  return [...(read.ok ? textsIn(read.value) : []), ...inHeaders, ...inWords]
    .filter((text) => text.length <= most.characters && !/\s/.test(text) && !isRegistered(text.toLowerCase()))
    .slice(0, most.codes)
    .map(spelled)
    .join('\n')
}

function textsIn(value: JsonValue, name = '', levels = most.levels): readonly string[] {
  if (levels === 0) return []
  if (value.kind === 'array')
    return value.items.slice(0, most.items).flatMap((item) => textsIn(item, name, levels - 1))
  if (value.kind === 'object')
    return value.members.flatMap(({ key, value: of }) => textsIn(of, key, levels - 1))
  const text = asString(value)
  return text !== undefined && coding.test(name) ? [text] : []
}

const spelled = (code: string): string =>
  code.replace(/[._:/#-]+|(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ').trim()
