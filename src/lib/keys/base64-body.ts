import { decodeBase64url } from '../encoding/base64url.ts'
import { refused, type Refusal } from './key-material.ts'

/** What editors, mail and source code put between the characters of base64, and the padding. */
const between = /[\s"'`\\,;>|=\u200B-\u200D\u2060]+/g

/** The bytes of base64 or base64url, however it is laid out. Never throws. @see RFC 4648 sections 4 and 5 */
export function readBase64Body(
  text: string,
): { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> } | Refusal {
  const clean = text.replace(between, '')
  const odd = /[^\w+/-]/u.exec(clean)?.[0]
  if (odd !== undefined)
    return refused(`Between BEGIN and END is ${JSON.stringify(odd)}, which base64 does not have.`)
  const { bytes } = decodeBase64url(clean)
  return bytes === null ? refused('This is not base64.') : { ok: true, bytes }
}
