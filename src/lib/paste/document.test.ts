import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readDocument } from './document.ts'

async function valueOf(text: string): Promise<unknown> {
  const document = await readDocument(text)
  return document?.kind === 'document' ? document.value : document
}

async function notesOf(text: string): Promise<unknown> {
  const document = await readDocument(text)
  return document?.kind === 'document' ? document.notes : document
}

describe('a document is read', () => {
  test.each<[what: string, text: string, value: unknown]>([
    ['JSON', '{"a": [1, true, null, "x"]}', { a: [1, true, null, 'x'] }],
    // https://learn.microsoft.com/aspnet/core/fundamentals/configuration/ has comments in appsettings.json.
    [
      'JSON with comments and last commas',
      '// for tests\n{\n  /* of\n  * all */ "a": "http://x/*y*/", // why\n  "b": [1, 2, /* no more */ ],\n}',
      { a: 'http://x/*y*/', b: [1, 2] },
    ],
    ['signs of a comment in a text', '{"a": "x // y", "b": ",}", }', { a: 'x // y', b: ',}' }],
    ['a block mapping', 'a:\n  b: c\n  d:\n    - 1\n    - x\n', { a: { b: 'c', d: [1, 'x'] } }],
    ['comments before it', '# one\n\n  # two\na: b', { a: 'b' }],
    ['line ends of Windows', '# one\r\na: b\r\nc: d\r\n', { a: 'b', c: 'd' }],
    ['a list', '- a: b\n- c: d', [{ a: 'b' }, { c: 'd' }]],
    ['flow style', '{a: b, c: [d, e]}', { a: 'b', c: ['d', 'e'] }],
    ['a name in quotation marks', '"spring.security": {a: b}', { 'spring.security': { a: 'b' } }],
    ['folded and literal texts', 'a: >-\n  b\n  c\nd: |\n  e\n  f\n', { a: 'b c', d: 'e\nf\n' }],
    [
      'anchors, aliases and merge keys',
      'x: &x {a: b}\ny:\n  <<: *x\n  c: d\nz: *x\n',
      { x: { a: 'b' }, y: { a: 'b', c: 'd' }, z: { a: 'b' } },
    ],
    ['the first of several', 'a: b\n---\nc: d\n...\n---\ne: f\n', { a: 'b' }],
    ['a directive and a mark', '%YAML 1.2\n---\na: b\n', { a: 'b' }],
    [
      'a number as it is written, if a double would change it',
      'a: 00123\nb: 12345678901234567890\nc: 1.0\nd: 1e3\ne: 0x1F\nf: 42\ng: 1.5\nh: .inf\n',
      { a: '00123', b: '12345678901234567890', c: '1.0', d: '1e3', e: '0x1F', f: 42, g: 1.5, h: '.inf' },
    ],
    ['a word that is no truth value in YAML 1.2', 'a: no\nb: on\nc: true', { a: 'no', b: 'on', c: true }],
  ])('%s', async (_what, text, value) => {
    expect(await valueOf(text)).toEqual(value)
  })

  it('and the others of several are at hand', async () => {
    const document = await readDocument('# nothing\n---\na: b\n---\nc: d\n---\n- e\n')
    expect(document).toEqual({
      kind: 'document',
      value: { a: 'b' },
      more: [{ c: 'd' }, ['e']],
      notes: [],
    })
  })

  it('and a name that is there twice is said', async () => {
    const twice = ['“a” is there twice in one place of the text. The last one is read.'.replace(/[“”]/g, '')]
    expect(await notesOf('{"a": 1, "b": {"a": 2, "a": 3}}')).toEqual(twice)
    expect(await notesOf('a: 1\nb:\n  a: 2\n  a: 3\n')).toEqual(twice)
    expect(await valueOf('a: 1\nb:\n  a: 2\n  a: 3\n')).toEqual({ a: 1, b: { a: 3 } })
    expect(await notesOf('{"a": 1, "b": {"a": 2}}')).toEqual([])
    expect(await notesOf('{"sc\u202Eope": 1, "sc\u202Eope": 2}')).toEqual([
      'sc[U+202E]ope is there twice in one place of the text. The last one is read.',
    ])
  })
})

describe('no document is', () => {
  test.each([
    '',
    'Hello there',
    'See also: the other page, which has it.\nIt has *two* lines.',
    'https://as.example/realms/a: b',
    'POST /token HTTP/1.1\r\nHost: as.example\r\nContent-Type: application/json\r\n\r\n{"a": 1}',
    'curl -d a=b https://as.example/token\n# Note: more',
    'CLIENT_ID=a\nnote: b',
    '[section]\nclient_id = a',
    '{"a": ',
    '{ not json',
    '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----',
    'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln',
    'a: b\n c: d\n  - e: [',
    'Note: *important* words',
    '"a text"',
    '---\njust words\n',
  ])('%j', async (text) => {
    expect(await readDocument(text)).toBeNull()
  })
})

describe('a hostile document', () => {
  it('has own members alone, and changes no prototype', async () => {
    for (const text of [
      '{"__proto__": {"client_id": "x"}, "constructor": {"prototype": {"a": 1}}}',
      '__proto__: {client_id: x}\nconstructor: {prototype: {a: 1}}\n',
      'x: &x {client_id: x}\n__proto__: *x\n<<: {__proto__: *x}\n',
    ]) {
      const value = (await valueOf(text)) as Record<string, unknown>
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
      expect(value['client_id']).toBeUndefined()
      expect(Object.hasOwn(value, '__proto__')).toBe(true)
    }
    expect(({} as Record<string, unknown>)['client_id']).toBeUndefined()
  })

  test.each([
    ['JSON', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['objects', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
    ['flow sequences', `a: ${'['.repeat(90_000)}`],
    ['flow mappings', '{a: '.repeat(40_000)],
    ['sequences in one line', `a:\n${'- '.repeat(90_000)}`],
    ['complex keys', '? '.repeat(90_000)],
    ['mappings in one line', `a: ${'b: '.repeat(60_000)}`],
    ['indentation', Array.from({ length: 500 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
  ])('that is nested in %s is refused, or is none', async (_what, text) => {
    const document = await readDocument(text)
    if (document !== null)
      expect(document).toEqual({ kind: 'refused', why: 'It is nested more than 100 levels deep.' })
  })

  it('of a hundred levels is read', async () => {
    expect(await valueOf('['.repeat(100) + ']'.repeat(100))).toBeInstanceOf(Array)
    expect(await valueOf(`a: ${'['.repeat(98) + ']'.repeat(98)}`)).toBeInstanceOf(Object)
    expect(await readDocument('['.repeat(101) + ']'.repeat(101))).toMatchObject({ kind: 'refused' })
  })

  it('whose aliases multiply is refused', async () => {
    const levels = 'bcdefghi'
      .split('')
      .map((name, index) => `${name}: &${name} [${`*${'abcdefgh'.charAt(index)},`.repeat(9)}]`)
    expect(await readDocument(['a: &a [x, x]', ...levels].join('\n'))).toEqual({
      kind: 'refused',
      why: 'It is YAML whose aliases multiply: it would be far larger than it looks.',
    })
  })

  it('that refers to itself is refused', async () => {
    expect(await readDocument('a: &a [*a]')).toMatchObject({ kind: 'refused' })
  })

  test.each([
    ['a: !!js/function "function () { return 1 }"', { a: 'function () { return 1 }' }],
    ['a: !!python/object/apply:os.system ["ls"]', { a: ['ls'] }],
    ['a: !Ref Secret\nb: !<tag:x> c', { a: 'Secret', b: 'c' }],
    ['a: !!binary aGk=', { a: 'aGk=' }],
  ])('with a tag runs nothing: %s', async (text, value) => {
    expect(await valueOf(text)).toEqual(value)
  })

  it('of more YAML than is read in a moment is refused', async () => {
    expect(await readDocument(`a: ${'x'.repeat(200_000)}`)).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('at most 200000 are read') as string,
    })
  })

  test.each<[piece: string, length: number, kind: string | null]>([
    ['{', 2_000_000, null],
    ['[', 2_000_000, null],
    ['{"a":', 2_000_000, null],
    ['// ', 2_000_000, null],
    ['/* */', 2_000_000, null],
    ['{/*', 2_000_000, null],
    ['{",', 2_000_000, null],
    ['{, ', 2_000_000, null],
    ['#\n', 2_000_000, null],
    ['x: ', 2_000_000, 'refused'],
    ['word ', 2_000_000, null],
    ['a: "\n', 190_000, null],
    ['- *a\n', 190_000, null],
    ['a: &a b\n', 190_000, 'document'],
    ['---\na: b\n', 190_000, null],
    ['%YAML 1.2\n', 190_000, null],
    ['[], ', 190_000, null],
    ['a: |\n', 190_000, 'document'],
    ['<<: {}\n', 190_000, 'document'],
  ])('of many %j holds nothing up', async (piece, length, kind) => {
    const document = await readDocument(piece.repeat(length / piece.length))
    expect(document?.kind ?? null).toBe(kind)
  })

  it('never makes it throw', async () => {
    const pieces = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        '"',
        "'",
        ':',
        ': ',
        '\n',
        '- ',
        '&a ',
        '*a',
        '!!',
        '|',
        '>',
        '<<: *a',
        '#',
        '---\n',
      ],
      ...['a', '1', '__proto__', '\t', '  ', '?', '%', ',', '\\', '\0', '\u202E', '\r'],
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' }))), async (parts) => {
        const document = await readDocument(parts.join(''))
        if (document?.kind === 'document') expect(typeof document.value).toBe('object')
      }),
      { numRuns: 500 },
    )
  })
})
