/** One element of DER: `content` without its tag and length, `whole` with them. */
export interface DerElement {
  readonly tag: number
  readonly content: Uint8Array<ArrayBuffer>
  readonly whole: Uint8Array<ArrayBuffer>
}

/** The tags that keys are made of. @see ITU-T X.690 section 8 */
export const tags = { integer: 0x02, octetString: 0x04, oid: 0x06, sequence: 0x30, context0: 0xa0 } as const

/** The element at the beginning; `null` if the bytes are not DER or end before it does. */
export function firstDer(bytes: Uint8Array<ArrayBuffer>): DerElement | null {
  const [tag, short] = bytes
  if (tag === undefined || short === undefined) return null
  // From 0x80 on, it is the number of bytes that hold the length; 0x80 itself, without a length, is not DER.
  const more = short < 0x80 ? 0 : short - 0x80
  if (short === 0x80 || more > 4 || bytes.length < 2 + more) return null
  const length = more === 0 ? short : bytes.slice(2, 2 + more).reduce((sum, byte) => sum * 256 + byte, 0)
  const end = 2 + more + length
  if (bytes.length < end) return null
  return { tag, content: bytes.subarray(2 + more, end), whole: bytes.subarray(0, end) }
}

/** The elements that the bytes are made of, to the last byte; `null` when they are not. */
export function readDer(bytes: Uint8Array<ArrayBuffer>): readonly DerElement[] | null {
  const elements: DerElement[] = []
  for (let rest = bytes; rest.length > 0;) {
    const element = firstDer(rest)
    if (element === null) return null
    elements.push(element)
    rest = rest.subarray(element.whole.length)
  }
  return elements
}

/** Writes one element around its contents. */
export function writeDer(tag: number, ...contents: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const content = contents.flatMap((part) => [...part])
  return new Uint8Array([tag, ...derLength(content.length), ...content])
}

function derLength(length: number): readonly number[] {
  if (length < 0x80) return [length]
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return [0x80 + bytes.length, ...bytes]
}

/** An object identifier as people write it: `1.2.840.113549.1.1.1`. @see ITU-T X.690 section 8.19 */
export function oidText(content: Uint8Array): string {
  const arcs: number[] = []
  let arc = 0
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f)
    if (byte >= 0x80) continue
    // The first two arcs share one number.
    if (arcs.length === 0)
      arcs.push(Math.min(2, Math.floor(arc / 40)), arc - 40 * Math.min(2, Math.floor(arc / 40)))
    else arcs.push(arc)
    arc = 0
  }
  return arcs.join('.')
}
