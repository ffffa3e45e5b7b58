import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { formatJson, jsonLines } from './lines.ts'
import { parseJson } from './parse.ts'
import { asNumber, asString, member, type JsonValue } from './value.ts'

function parsed(text: string) {
  const result = parseJson(text)
  if (!result.ok) throw new Error(`${result.message} (${result.line}:${result.column})`)
  return result
}

function refused(text: string) {
  const result = parseJson(text)
  if (result.ok) throw new Error(`accepted: ${text}`)
  return result
}

/** What the platform's reader makes of the tree's text. */
const plain = (value: JsonValue): unknown => JSON.parse(formatJson(value))

function platformAccepts(text: string) {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('RFC 8259: what is kept', () => {
  test.each(['12345678901234567890', '1.0', '1e3', '-0', '1E400', '0.1e-7'])(
    '6: the number %s as written',
    (source) => {
      expect(parsed(source).value).toEqual({ kind: 'number', source })
    },
  )

  it('4: "the names within an object SHOULD be unique" - repeated names are all kept, in order, and flagged', () => {
    const { value, problems } = parsed('{"b":1,"a":2,"b":3,"\\u0062":4}')
    expect(value.kind === 'object' && value.members.map((m) => [m.keySource, m.duplicate])).toEqual([
      ['"b"', true],
      ['"a"', false],
      ['"b"', true],
      ['"\\u0062"', true],
    ])
    expect(problems).toEqual([
      {
        kind: 'duplicate-name',
        offset: 13,
        message: 'The name "b" appears more than once in one object; most readers use the last.',
      },
    ])
    expect(member(value, 'b')).toEqual({ kind: 'number', source: '4' })
  })

  it('7: the escapes of a string, with what they mean', () => {
    const source = String.raw`"\u00e9\/\ud83d\ude00"`
    expect(parsed(source).value).toEqual({ kind: 'string', value: 'é/😀', source })
  })

  it('8.2: "the behavior ... is unpredictable" - a lone surrogate survives and is noted', () => {
    const { value, problems } = parsed(String.raw`"\ud800"`)
    expect(asString(value)).toBe('\ud800')
    expect(problems.map(({ kind }) => kind)).toEqual(['lone-surrogate'])
  })

  it('8.1: "MAY ignore the presence of a byte order mark rather than treating it as an error"', () => {
    expect(parsed('\uFEFF{}').problems.map(({ kind }) => kind)).toEqual(['byte-order-mark'])
  })

  it('6: integers "in the range [-(2**53)+1, (2**53)-1]" are interoperable, others are noted', () => {
    expect(parsed('[9007199254740991, -9007199254740991, 0.1234567890123456789]').problems).toEqual([])
    expect(parsed('[9007199254740992, 1e400]').problems.map(({ kind, offset }) => [kind, offset])).toEqual([
      ['inexact-number', 1],
      ['inexact-number', 19],
    ])
  })

  it('keeps a name such as __proto__ an ordinary name', () => {
    expect(asString(member(parsed('{"__proto__":"x"}').value, '__proto__'))).toBe('x')
  })
})

describe('RFC 8259: what is refused, and where', () => {
  test.each([
    ['', 1, 1, 'Expected a value, but the text ends.'],
    ['{"a":1,\n "b":}', 2, 6, 'Expected a value, but there is "}".'],
    ["{'a':1}", 1, 2, `Expected a name in double quotes, but there is "'".`],
    ['[1 2]', 1, 4, 'Expected "," or "]", but there is "2".'],
    ['[1,]', 1, 4, 'Expected a value, but there is "]".'],
    ['01', 1, 2, 'Expected nothing after the value, but there is "1".'],
    ['"a\nb"', 1, 3, 'Expected the rest of a string, control characters escaped, but there is "\\n".'],
    ['"\\x"', 1, 3, 'Expected one of " \\ / b f n r t u after a backslash, but there is "x".'],
    ['"\\u12"', 1, 4, 'Expected four hexadecimal digits after \\u, but there is "1".'],
    ['"abc', 1, 5, 'Expected the rest of a string, control characters escaped, but the text ends.'],
    ['nul', 1, 1, 'Expected a value, but there is "n".'],
    ['{"a" 1}', 1, 6, 'Expected ":", but there is "1".'],
    ['😀', 1, 1, 'Expected a value, but there is "😀".'],
  ])('%j', (text, line, column, message) => {
    expect(refused(text)).toMatchObject({ line, column, message })
  })

  it('9: "An implementation may set limits on the maximum depth of nesting"', () => {
    expect(parsed('['.repeat(200) + ']'.repeat(200)).value.kind).toBe('array')
    expect(refused('['.repeat(1_000_000)).message).toContain('at most 200 levels')
    expect(refused('{"a":'.repeat(1_000_000)).message).toContain('at most 200 levels')
  })
})

describe('against JSON.parse, for any text', () => {
  const jsonish = fc.string({
    unit: fc.constantFrom(
      ...Array.from('{}[]:,"\\/0123456789.eE+-truefalsn \t\n\r'),
      '\u0001',
      '\u2028',
      'é',
      '\ud800',
    ),
    maxLength: 30,
  })

  test.each([
    ['strings', fc.string({ unit: 'binary' })],
    ['texts made of JSON characters', jsonish],
    ['JSON texts with one character changed', changed()],
  ])('accepts exactly what JSON.parse accepts: %s', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(parseJson(text).ok).toBe(platformAccepts(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('reads the same value', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), (text) => {
        expect(plain(parsed(text).value)).toEqual(JSON.parse(text))
      }),
    )
  })

  function changed() {
    return fc
      .tuple(fc.json(), fc.nat(), fc.string({ maxLength: 1 }))
      .map(([text, at, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + 1))
  }
})

describe('formatJson and jsonLines', () => {
  it('lays out as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(4), (text, indent) => {
        const ours = formatJson(parsed(text).value, indent)
        if (indent > 0 && !/-0|e[+-]/.test(text))
          expect(ours).toBe(JSON.stringify(JSON.parse(text), null, indent))
        expect(parsed(ours).value).toEqual(parsed(text).value)
      }),
    )
  })

  it('keeps what JSON.stringify would change', () => {
    expect(formatJson(parsed(String.raw`{"b":1.0,"a":[],"b":{"\u0061":12345678901234567890}}`).value)).toBe(
      [
        '{',
        '  "b": 1.0,',
        '  "a": [],',
        '  "b": {',
        String.raw`    "\u0061": 12345678901234567890`,
        '  }',
        '}',
      ].join('\n'),
    )
  })

  it('distinguishes keys from scalars and flags repeated names', () => {
    const segments = [...jsonLines(parsed('{"a/b":["x"],"~":1,"~":2}').value)].flat()
    expect(
      segments.flatMap((s) =>
        s.kind === 'punctuation' ? [] : [[s.kind, s.text, 'duplicate' in s && s.duplicate]],
      ),
    ).toEqual([
      ['key', '"a/b"', false],
      ['string', '"x"', false],
      ['key', '"~"', true],
      ['number', '1', false],
      ['key', '"~"', true],
      ['number', '2', false],
    ])
  })

  it('is lazy: the first lines of a large array cost nothing of the rest', () => {
    const items = { get length(): number { return 1e9 }, 0: { kind: 'literal', value: null } } // prettier-ignore
    const lines = jsonLines({ kind: 'array', items: items as unknown as JsonValue[] })
    expect(lines.next().value).toEqual([{ kind: 'punctuation', text: '[' }])
    expect(lines.next().value?.map(({ text }) => text)).toEqual(['  ', 'null', ','])
  })
})

describe('reading members', () => {
  const { value } = parsed('{"aud":["a",1,"b"],"scope":"x y","exp":1.5,"huge":1e999,"none":null}')
  it('gives what is there in the kind asked for, and undefined otherwise', () => {
    expect([asNumber(member(value, 'exp')), asNumber(member(value, 'huge')), asNumber(value)]).toEqual([
      1.5,
      undefined,
      undefined,
    ])
    expect([member(value, 'gone'), member(null, 'a'), asString(member(value, 'none'))]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('speed', () => {
  // A quadratic reader would take longer than a test may.
  test.each([
    ['one string of 1.4 MB', JSON.stringify({ a: 'x'.repeat(1.4e6) })],
    ['one string of 700 000 escapes', JSON.stringify({ a: '\n'.repeat(7e5) })],
    ['an object of 100 000 members', `{${Array.from({ length: 1e5 }, (_, i) => `"k${i}":1`).join(',')}}`],
    ['100 000 repeated names', `{${'"k":1,'.repeat(99_999)}"k":1}`],
    ['100 000 objects', `[${'{"a":1},'.repeat(99_999)}{}]`],
    ['1 MB of white space', ' '.repeat(1e6) + '1'],
  ])('%s', (_, text) => {
    expect(parsed(text)).toBeTruthy()
  })
})
