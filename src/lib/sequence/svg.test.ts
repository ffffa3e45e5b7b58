import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyConfig } from '../oauth/config/config.ts'
import { sequenceOf } from './plan.ts'
import { hostileTexts, sequenceFull } from './sequence-testing.ts'
import { toSvg, wrapped } from './svg.ts'

interface Parsed {
  readonly elements: readonly string[]
  readonly attributes: readonly string[]
  /** What is between the tags, entities resolved. */
  readonly texts: readonly string[]
}

/** Reads XML as strictly as a parser would, of what is needed here; throws if it is not well-formed. */
function parseXml(xml: string): Parsed {
  // eslint-disable-next-line no-control-regex -- characters that no XML document may contain
  if (/[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|\p{Surrogate}/u.test(xml))
    throw new Error('No character of XML')
  const open: string[] = []
  const [elements, attributes, texts]: [string[], string[], string[]] = [[], [], []]
  const token = /<\/(?<close>\w+)>|<(?<tag>\w+)(?<rest>(?: [\w-]+="[^"<]*")*)(?<empty>\/?)>|(?<text>[^<>]+)/gy
  let read = 0
  for (const { 0: whole, index, groups = {} } of xml.matchAll(token)) {
    if (index !== read) break
    read = index + whole.length
    const { close, tag, rest = '', empty, text } = groups
    if (close !== undefined && open.pop() !== close) throw new Error(`Closes another: ${close}`)
    if (tag !== undefined) {
      elements.push(tag)
      attributes.push(...[...rest.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, name]) => name ?? ''))
      resolve(rest)
      if (empty === '') open.push(tag)
    }
    if (text !== undefined && open.length > 0) texts.push(resolve(text))
  }
  if (read !== xml.length || open.length > 0)
    throw new Error(`Not well-formed at ${xml.slice(read, read + 40)}`)
  return { elements, attributes, texts }
}

function resolve(text: string): string {
  const known: Record<string, string> = {
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
  }
  return text.replace(/&[^;]*;?/g, (entity) => {
    const character = known[entity]
    if (character === undefined) throw new Error(`No entity: ${entity}`)
    return character
  })
}

const harmless = ['svg', 'title', 'rect', 'path', 'text']

describe('toSvg', () => {
  it('is well-formed, in elements that cannot act, whatever its texts are', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostileTexts)), (text) => {
        const { elements, attributes } = parseXml(toSvg(sequenceFull(text)))
        expect([...new Set(elements)].filter((name) => !harmless.includes(name))).toEqual([])
        expect(attributes.filter((name) => /^on|href|style|src/i.test(name))).toEqual([])
      }),
    )
  })

  it('keeps a hostile text as the text it is', () => {
    const { texts } = parseXml(toSvg(sequenceFull('<script>&"\'</script>')))
    expect(texts).toContain('<script>&"\'</script>')
  })

  it('is readable on white and on dark: it has its own background', () => {
    const svg = toSvg(sequenceOf(emptyConfig, { pageOrigin: 'https://page.example' }))
    expect(svg).toContain('<rect width="782" height="')
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="782"/)
    expect(parseXml(svg).texts).toContain('client ID and secret in the body')
  })

  it('dashes what is predicted or depends on something, and crosses out what did not arrive', () => {
    const dashes = (svg: string) => svg.split('stroke-dasharray').length - 1
    const [first, second] = [false, true].map((on) =>
      toSvg(
        sequenceOf(
          { ...emptyConfig, dpop: { ...emptyConfig.dpop, on } },
          { pageOrigin: 'https://page.example' },
        ),
      ),
    )
    // The API’s preflight, there and back; then the server’s, the demand for a nonce, and the second request.
    expect(dashes(first ?? '')).toBe(2)
    expect(dashes(second ?? '')).toBe(7)
    expect(toSvg(sequenceFull('x')).split('stroke="#ae231b"')).toHaveLength(2)
  })
})

describe('wrapped', () => {
  it.each([
    ['', 10, []],
    ['one two three', 9, ['one two', 'three']],
    ['/realms/test/protocol/openid-connect', 14, ['/realms/test/', 'protocol/', 'openid-connect']],
    ['abcdefgh', 3, ['abc', 'def', 'gh']],
    ['a 😀😀😀 b', 2, ['a', '😀😀', '😀', 'b']],
    ['   ', 3, []],
  ])('“%s” in lines of %i', (text, fits, lines) => {
    expect(wrapped(text, fits)).toEqual(lines)
  })
})
