import { hasTag } from '../../http/body.ts'
import type { Answer } from './read-response.ts'

/** Whether a response is a page for people, by its type or by how it begins; a sentence without a tag is none. */
export function looksLikeHtml({ mediaType, body }: Answer): boolean {
  if (body.kind !== 'text') return false
  if (mediaType === 'text/html' && hasTag(body.text)) return true
  return /^\s*<(!doctype html|html|head|body)\b/i.test(body.text.slice(0, 200))
}

/** Whether there is nothing in it but white space, whatever its type. */
export const isBlank = ({ body }: Answer): boolean =>
  body.kind === 'empty' || (body.kind === 'text' && body.text.trim() === '')

/** What came, as the beginning of a title. */
export function bodyInWords(answer: Answer): string {
  const { mediaType, body, members } = answer
  if (body.kind === 'empty') return 'An empty response'
  if (body.kind === 'binary') return 'A response that is not text'
  if (looksLikeHtml(answer)) return 'A web page'
  if (mediaType === 'application/problem+json') return 'A problem document'
  return members ? 'JSON' : 'Text'
}
