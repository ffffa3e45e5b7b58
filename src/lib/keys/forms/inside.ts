import { decodeBase64url } from '../../encoding/base64url.ts'

/** Bytes that a text holds in base64 or hexadecimal, and what they are called there. */
export interface Inside {
  /** `tls.key`; empty if nothing is before it. */
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** In words. */
  readonly encoding: 'base64' | 'hexadecimal'
  /** Whether there is nothing else in the text. */
  readonly alone: boolean
}

/** Runs of base64 that are looked at. */
const most = 50

/** Long base64, also in lines of one length as `base64` writes them; what is shorter is no key. */
const runs =
  /[\w+/-]{40,}(?:\r?\n[ \t]*[\w+/-]{40,})*(?:\r?\n[ \t]*[\w+/-]{1,}(?=={0,2}[ \t]*(?:\r?\n|$)))?={0,2}/g
const alone = /^[\w+/\s-]{40,}={0,2}$/
const hexadecimal = /^(?:[\da-f]{2}[\s:]{0,2}){20,}$/i

/** How a name is written before a value: in YAML, JSON, an env file, XML, a call. */
const naming = /([\w.-]{1,60})["']?(?:\s{0,3}[:=]>?\s{0,3}[|>]?-?\s{0,12}|\s{0,3}\(\s{0,3})["'`]?$/
const element = /<(?:\w{1,20}:)?([\w.-]{1,60})[^<>]{0,80}>\s{0,12}$/

/**
 * What a text holds in base64: the whole of it, the values of a Kubernetes Secret, of an env file, of JSON or XML, the
 * data of a URL. Of hexadecimal, only the whole.
 * @see RFC 4648 sections 4, 5 and 8
 */
export function findInside(text: string): readonly Inside[] {
  if (hexadecimal.test(text))
    return [{ name: '', bytes: fromHex(text), encoding: 'hexadecimal', alone: true }]
  if (alone.test(text)) {
    const bytes = fromBase64(text)
    return bytes === null ? [] : [{ name: '', bytes, encoding: 'base64', alone: true }]
  }
  const found: Inside[] = []
  for (const match of text.matchAll(runs)) {
    if (found.length === most) break
    const bytes = fromBase64(match[0])
    if (bytes === null) continue
    const before = text.slice(Math.max(0, match.index - 160), match.index)
    const name = (element.exec(before) ?? naming.exec(before))?.[1] ?? ''
    found.push({ name, bytes, encoding: 'base64', alone: false })
  }
  return found
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  return decodeBase64url(text.replace(/[\s=]/g, '').replaceAll('+', '-').replaceAll('/', '_')).bytes
}

/** The bytes of hexadecimal digits, with or without what is between them. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  const digits = text.replace(/[^\da-f]/gi, '').match(/../g) ?? []
  return Uint8Array.from(digits, (pair) => Number.parseInt(pair, 16))
}
