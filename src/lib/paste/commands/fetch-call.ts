import type { HeaderList } from '../../http/message.ts'
import type { Kind } from '../kind.ts'
import { longest, type PastedRequest, proposed, type Refused, requestOf, tooLong } from '../pasted-request.ts'
import { Cursor, NotRead, readOr } from './cursor.ts'
import { type Literal, type Member, pairsOf, readLiteral, skipSpace } from './js-literals.ts'

const what = 'a call of fetch'

/** More are not looked for. */
const most = 100

/** Before it there may be comments, and the one line that this page writes for variables. */
const beginning =
  /^(?:\s|\/\/[^\n]*\n|const form = [^\n]{0,200}\n|'use strict';?)*(?:(?:const|let|var)\s{1,9}\w{1,60}\s{0,9}=\s{0,9})?(?:await\s{1,9})?fetch\s{0,9}\(/

/** “Copy as fetch”, in a page or in Node.js, and a call with its arguments written out. @see https://fetch.spec.whatwg.org/#fetch-method */
export const fetchCall: Kind = {
  kind: 'fetch',
  read({ text }) {
    if (!beginning.test(text.slice(0, 20_000))) return null
    if (text.length > longest) return tooLong(what)
    return proposed(what, fetchRequests(text))
  },
}

/** The calls of fetch in a text of JavaScript whose arguments are literals. */
export function fetchRequests(text: string): readonly (PastedRequest | Refused)[] {
  const cursor = new Cursor(text)
  const found: (PastedRequest | Refused)[] = []
  const call = /(?<![\w.$])fetch\s{0,9}\(/g
  while (found.length < most) {
    call.lastIndex = cursor.at
    if (call.exec(text) === null) return found
    cursor.at = call.lastIndex
    found.push(readOr(() => readCall(cursor)))
  }
  return found
}

function readCall(cursor: Cursor): PastedRequest | Refused {
  skipSpace(cursor)
  const url = readLiteral(cursor)
  skipSpace(cursor)
  const hasOptions = cursor.accepts(',')
  skipSpace(cursor)
  const options = hasOptions && cursor.next !== ')' ? readLiteral(cursor) : { members: [] }
  if (typeof url !== 'string' || !isObject(options))
    throw new NotRead('Its arguments are not a URL and an object.')
  const option = (name: string): Literal => options.members.findLast(([one]) => one === name)?.[1] ?? null
  const body = option('body')
  const method = option('method')
  if (body !== null && typeof body !== 'string') throw new NotRead('Its body is no text.')
  return requestOf({
    method: normalized(typeof method === 'string' ? method : 'GET'),
    url,
    headers: fieldsOf(option('headers')),
    body,
  })
}

const isObject = (value: Literal): value is { readonly members: readonly Member[] } =>
  typeof value === 'object' && value !== null && 'members' in value

/** @see https://fetch.spec.whatwg.org/#concept-method-normalize */
const normalized = (method: string): string =>
  /^(?:delete|get|head|options|post|put)$/i.test(method) ? method.toUpperCase() : method

function fieldsOf(headers: Literal): HeaderList {
  const fields = headers === null ? [] : pairsOf(headers)
  if (fields === null) throw new NotRead('Its header fields are not written out.')
  return fields
}
