import { correction, generate } from 'lean-qr'

/** Modules around a code that are as light as its ground. @see https://www.iso.org/standard/83389.html */
export const quietZone = 4

/** More modules than a code of version 10 has, 57 a side, are too small for a phone at the back of a room. */
const largest = { version: 10, bytes: 271 }

/** A QR code as the path of an SVG whose unit is one module, with the quiet zone around it; or how long the text may be at most. */
export type QrCode =
  | { readonly kind: 'code'; readonly size: number; readonly path: string }
  | { readonly kind: 'too long'; readonly most: number }

/** Makes the QR code of a text that is to be read from a screen, from some way off. */
export function qrCode(text: string): QrCode {
  if (new TextEncoder().encode(text).length > largest.bytes) return { kind: 'too long', most: largest.bytes }
  const code = generate(text, { minCorrectionLevel: correction.L, maxVersion: largest.version })
  const rows = Array.from({ length: code.size }, (_, y) => runsOf(code.size, (x) => code.get(x, y), y))
  return { kind: 'code', size: code.size + 2 * quietZone, path: rows.join('') }
}

/** The dark modules of a row, neighbours as one rectangle: between two of them a line of light could be seen. */
function runsOf(size: number, isDark: (x: number) => boolean, y: number): string {
  let path = ''
  for (let x = 0; x < size; x += 1) {
    const start = x
    while (x < size && isDark(x)) x += 1
    if (x > start) path += `M${start + quietZone} ${y + quietZone}h${x - start}v1h-${x - start}z`
  }
  return path
}
