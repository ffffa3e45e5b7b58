import type { Explanation } from '../../explanation/explanation.ts'
import { parseJson } from '../../json/parse.ts'
import { whyNone } from '../../jwt/decode/opaque.ts'
import { findJwts } from '../../jwt/extract/find-jwt.ts'
import { type NamedToken, tokensInJson } from '../../jwt/extract/named-token.ts'
import { cleanToken } from '../../jwt/extract/token-text.ts'
import type { Answer } from './read-response.ts'

/** Tokens that are offered, the likeliest first. */
const mostOffered = 3

/**
 * What may be a token in a response that has no `access_token` where it belongs, as it can be sent. None in a refusal. Never
 * throws. @see RFC 6749 section 5.1
 */
export function foundTokens(answer: Answer): readonly NamedToken[] {
  const { body, response, members } = answer
  if (response.status >= 300 || body.kind !== 'text') return []
  const parsed = members ? null : parseJson(body.text)
  const json = members ?? (parsed?.ok ? parsed.value : null)
  const found = json ? tokensInJson(json) : inText(body.text)
  return found
    .map(({ name, value }) => ({ name, value: cleanToken(value).token }))
    .filter(({ value }) => whyNone(value) === null && value.length >= shortest)
    .slice(0, mostOffered)
}

/** Shorter ones are words, or numbers of something. */
const shortest = 8

/** A member whose value is whole, of JSON that is not; else a JWT anywhere. */
function inText(text: string): readonly NamedToken[] {
  const [, name, value] = /"((?:access_?)?token)"\s{0,20}:\s{0,20}"([^"\\]+)"/i.exec(text) ?? []
  if (name !== undefined && value !== undefined) return [{ name, value }]
  return isCut(text) ? [] : findJwts(text).map(({ token }) => ({ name: '', value: token }))
}

/** Whether a text ends within the value of `access_token`. */
const isCut = (text: string): boolean => /"(?:access_?)?token"\s{0,20}:\s{0,20}"[^"]*$/i.test(text)

/** Where the JSON of a body breaks off, and whether its token is whole: parts of an explanation. Never throws. @see RFC 8259 */
export function whereBroken(body: string): Partial<Pick<Explanation, 'title' | 'meaning' | 'causes'>> {
  const parsed = parseJson(body)
  if (parsed.ok) return {}
  const { message, line, column } = parsed
  const place = `${message} (Line ${line}, column ${column}.)`
  if (!/the text ends/.test(message))
    return { meaning: `The body starts like JSON but cannot be parsed. ${place}` }
  return {
    title: 'JSON that breaks off',
    meaning: `The body is JSON without its end. ${place}${isCut(body) ? ' It breaks off within access_token: what is there of the token is no use.' : ''}`,
    causes: ['The connection or the server’s output ended early, or Content-Length is too small.'],
  }
}
