import { decodeBase64url } from '../encoding/base64url.ts'
import { refused, type Refusal } from './key-material.ts'

/** What editors, mail and source code put between the characters of base64, and the padding. */
const between = /[\s"'`\\,;>|=\u200B-\u200D\u2060]+/g

/** The bytes of base64 or base64url, however it is laid out. Never throws. @see RFC 4648 sections 4 and 5 */
export function readBase64Body(
  text: string,
): { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> } | Refusal {
  const clean = text.replace(between, '')
  if (/^(\w)\1*$/.test(clean))
    return refused(
      `Between BEGIN and END is “${clean.slice(0, 8)}”: something in place of the key. Paste the whole key.`,
    )
  const odd = /[^\w+/-]/u.exec(clean)?.[0]
  if (clean === '') return refused('Between BEGIN and END is nothing. Paste the whole key.')
  if (odd !== undefined) return refused(oddCharacter(clean, odd))
  const { bytes } = decodeBase64url(clean)
  return bytes === null ? refused('This is not base64.') : { ok: true, bytes }
}

/** What people put in place of a key, or of its middle. */
const placeholder = /^[<[${]|^(?:\.{2,}|…|\*{3,})$|\.{3}|…|\*{4}/

function oddCharacter(clean: string, odd: string): string {
  const found = `Between BEGIN and END is ${JSON.stringify(odd)}, which base64 does not have`
  return placeholder.test(clean)
    ? `${found}: something is there in place of the key, or of a part of it. Paste the whole key.`
    : `${found}.`
}
