import type { Hide } from '../../lib/oauth/compose/repeated-secrets.ts'
import { type Body, decodeBody } from '../../lib/http/body.ts'
import { formatResponseHead, textOf } from '../../lib/http/format.ts'
import type { HttpResponse } from '../../lib/http/message.ts'
import { parseJson } from '../../lib/json/parse.ts'
import type { JsonValue } from '../../lib/json/value.ts'

/** Larger JSON is shown raw only, in characters: indenting it would hold the page up. */
export const prettyLimit = 1_000_000

/** The body of a response, in every form that it is shown in. */
export interface ResponseBody {
  readonly content: Body
  /** Parsed, if it is a JSON object or array that is not too long. */
  readonly pretty: JsonValue | null
  /** Whether it looks like JSON that is too long to be indented. */
  readonly tooLong: boolean
  /** The whole message as text. */
  readonly plain: () => string
}

/** @param hide masks what is not to be seen, in every form */
export function readBody(response: HttpResponse, hide: Hide): ResponseBody {
  const decoded = decodeBody(response)
  const content = decoded.kind === 'text' ? { ...decoded, text: hide(decoded.text) } : decoded
  const text = content.kind === 'text' ? content.text : ''
  const parsed = text !== '' && text.length <= prettyLimit ? parseJson(text) : null
  const value = parsed?.ok ? parsed.value : null
  return {
    content,
    pretty: value?.kind === 'object' || value?.kind === 'array' ? value : null,
    tooLong: text.length > prettyLimit && /^\s*[[{]/.test(text),
    plain: () => hide(textOf(formatResponseHead(response))).replaceAll('\r\n', '\n') + text,
  }
}
