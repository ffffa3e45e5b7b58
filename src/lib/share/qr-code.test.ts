import decoder from 'jsqr'
import { describe, expect, it } from 'vitest'
import { qrCode, quietZone } from './qr-code.ts'

// A CommonJS module, whose types are those of an ES module.
const { default: jsQR } = decoder as unknown as { default: typeof decoder }

const page = 'https://playground.example/#1;'

describe('qrCode', () => {
  it.each([
    `${page}lesson=wrong-secret`,
    `${page}server=keycloak;discovery=https://id.example/realms/lab;endpoint=~/protocol/openid-connect/token;client=m2m;scope=read+write`,
    `${page}${'x'.repeat(271 - page.length)}`,
  ])('is read by a decoder as the text that it was made of: %s', (text) => {
    expect(read(text)).toBe(text)
  })

  it('has a quiet zone of four modules at each side', () => {
    const { size, dark } = drawn(`${page}lesson=wrong-secret`)
    const places = [...dark].map((place) => [place % size, Math.floor(place / size)] as const).flat()
    expect(Math.min(...places)).toBe(quietZone)
    expect(Math.max(...places)).toBe(size - quietZone - 1)
  })

  it.each([272, 10_000])('is not made of %i characters: a phone would not read it from afar', (length) => {
    expect(qrCode('x'.repeat(length))).toEqual({ kind: 'too long', most: 271 })
  })

  it('counts bytes, not letters', () => {
    expect(qrCode('æ'.repeat(136))).toEqual({ kind: 'too long', most: 271 })
  })
})

/** The modules that the path covers, by their number in the square. */
function drawn(text: string): { size: number; dark: ReadonlySet<number> } {
  const code = qrCode(text)
  if (code.kind !== 'code') throw new Error(code.kind)
  const { size, path } = code
  const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)].map((run) => run.slice(1, 4).map(Number))
  const dark = runs.flatMap(([x = 0, y = 0, width = 0]) =>
    Array.from({ length: width }, (_, step) => y * size + x + step),
  )
  return { size, dark: new Set(dark) }
}

/** What a decoder reads in the picture, each module drawn as 4 by 4 dots. */
function read(text: string): string | undefined {
  const { size, dark } = drawn(text)
  const scale = 4
  const width = size * scale
  const dots = new Uint8ClampedArray(width * width * 4).fill(255)
  for (let dot = 0; dot < width * width; dot += 1) {
    const module = Math.floor(dot / width / scale) * size + Math.floor((dot % width) / scale)
    if (dark.has(module)) dots.fill(0, dot * 4, dot * 4 + 3)
  }
  return jsQR(dots, width, width)?.data
}
