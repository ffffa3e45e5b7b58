import { headerValue, type Exchange } from '../http/message.ts'
import { decode, type Decoded } from '../jwt/decode/decode.ts'
import type { DecodedPart } from '../jwt/decode/decoded-part.ts'
import { readTokenResponse } from '../oauth/response/read-response.ts'
import { mask } from '../http/redact.ts'
import { differsEachTime } from './each-time.ts'
import { isForm } from './items.ts'
import { jsonRows } from './json-rows.ts'
import type { Row, Show } from './row.ts'

/** The token that an exchange brought or carried; `null` if there is none. @see RFC 6749 section 5.1, RFC 6750 section 2.1, RFC 7662 section 2.1 */
export function tokenOf(about: string, { request, outcome }: Exchange): string | null {
  if (about === 'token') {
    const reading = readTokenResponse(outcome)
    return reading.kind === 'issued' ? reading.accessToken : null
  }
  const presented = /^(?:bearer|dpop) +(\S+)/i.exec(headerValue(request.headers, 'authorization') ?? '')?.[1]
  return presented ?? parameterOf(request, 'token')
}

/** A parameter of the form in the body. */
const parameterOf = (request: Exchange['request'], name: string): string | null =>
  isForm(request) ? new URLSearchParams(request.body ?? '').get(name) : null

/** The JWTs that were signed for a request. @see RFC 7523 section 2.2, RFC 9449 section 4.1 */
export const assertionOf = ({ request }: Exchange): string | null => parameterOf(request, 'client_assertion')
export const proofOf = ({ request }: Exchange): string | null => headerValue(request.headers, 'dpop')

/** The parts of two tokens. */
interface TokenRows {
  readonly header: readonly Row[]
  /** Empty unless both can be read. */
  readonly claims: readonly Row[]
}

/** Two tokens by what their headers and claims say. @param root what the paths of either begin with */
export function tokenRows(
  first: string | null,
  second: string | null,
  show: Show,
  root: { readonly header: string; readonly claims: string },
): TokenRows {
  if (first === null && second === null) return { header: [], claims: [] }
  const [one, other] = [first === null ? null : decode(first), second === null ? null : decode(second)]
  const header = partRows(headerIn(one), headerIn(other), show, root.header)
  const claims = partRows(claimsIn(one), claimsIn(other), show, root.claims)
  return { header: [kindRow(one, other), ...header, ...wholeRow(first, second, show)], claims }
}

const kinds: Readonly<Record<Decoded['kind'], string>> = {
  jws: 'a signed JWT',
  jwe: 'an encrypted JWT',
  opaque: 'opaque',
}

function kindRow(first: Decoded | null, second: Decoded | null): Row {
  const [one, other] = [first && kinds[first.kind], second && kinds[second.kind]]
  const kind =
    one === other ? 'same' : one === null ? 'only second' : other === null ? 'only first' : 'changed'
  return { name: 'form', kind, first: one, second: other, note: '', eachTime: false }
}

const headerIn = (token: Decoded | null): DecodedPart | null =>
  token === null || token.kind === 'opaque' ? null : token.header

const claimsIn = (token: Decoded | null): DecodedPart | null => (token?.kind === 'jws' ? token.payload : null)

function partRows(
  first: DecodedPart | null,
  second: DecodedPart | null,
  show: Show,
  root: string,
): readonly Row[] {
  if (first === null || second === null) return []
  const isEachTime = (name: string) => differsEachTime('claims', name)
  const rows =
    first.json === null || second.json === null
      ? null
      : jsonRows(first.json, second.json, show, isEachTime, root)
  if (rows !== null) return rows
  const kind = first.text === second.text ? 'same' : 'changed'
  const note = kind === 'same' ? '' : 'It differs, and at least one of both is no JSON.'
  return [{ name: root === '' ? 'content' : root, kind, first: null, second: null, note, eachTime: false }]
}

/** Whether it is the very same token: one that is issued anew has another signature. */
function wholeRow(first: string | null, second: string | null, { secrets, hide }: Show): readonly Row[] {
  if (first === null || second === null) return []
  const [one, other] = [first, second].map((text) => (secrets === 'shown' ? hide(text) : mask))
  const isSame = first === second
  return [
    {
      name: 'all of it',
      kind: isSame ? 'same' : 'changed',
      first: one ?? null,
      second: other ?? null,
      note: '',
      eachTime: !isSame,
    },
  ]
}
