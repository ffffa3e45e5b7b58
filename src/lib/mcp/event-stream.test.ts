import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseEventStream } from './event-stream.ts'

const data = (text: string) => parseEventStream(text).events.map((event) => event.data)

describe('parseEventStream', () => {
  it.each([
    ['data: a\n\n', ['a']],
    ['data:a\n\ndata:b\n\n', ['a', 'b']],
    ['data:  a\n\n', [' a']],
    ['data: a\r\ndata: b\r\n\r\n', ['a\nb']],
    ['data: a\rdata: b\r\r', ['a\nb']],
    ['\uFEFFdata: a\n\n', ['a']],
    [': comment\n\ndata: a\n: between\n\n', ['a']],
    ['data\n\ndata\ndata\n\n', ['', '\n']],
    ['event: ping\n\nretry: 5\n\n', []],
    ['data: {"a":\ndata: 1}\n\n', ['{"a":\n1}']],
    ['dat: a\nDATA: b\n\n', []],
    ['', []],
    ['\n\n\r\n', []],
  ])('%j', (text, expected) => {
    expect(data(text)).toEqual(expected)
  })

  it('gives an event its name and the last id', () => {
    const text = 'id: 1\nevent: progress\ndata: a\n\ndata: b\n\nid\ndata: c\n\nid: 2\0\ndata: d\n\n'
    expect(parseEventStream(text).events).toEqual([
      { event: 'progress', data: 'a', id: '1' },
      { event: 'message', data: 'b', id: '1' },
      { event: 'message', data: 'c', id: '' },
      { event: 'message', data: 'd', id: '' },
    ])
  })

  it('keeps apart what has not come whole', () => {
    expect(parseEventStream('data: a\n\ndata: b\nda')).toEqual({
      events: [{ event: 'message', data: 'a', id: '' }],
      rest: 'data: b\nda',
    })
    expect(parseEventStream('data: a').rest).toBe('data: a')
  })

  it('splits no more than ten thousand, and megabytes in no time that is felt', () => {
    expect(data('data: a\n\n'.repeat(20_000))).toHaveLength(10_000)
    expect(data(`data: ${'x'.repeat(1_000_000)}\n\n`)).toHaveLength(1)
    expect(data(`${'data:\n'.repeat(100_000)}\n`)).toHaveLength(1)
  })

  it('gives back what was written, whatever ends its lines, and all that came whole of any beginning', () => {
    const line = fc.string({ unit: 'binary' }).map((text) => text.replace(/[\r\n]/g, ''))
    const lines = fc.array(line, { minLength: 1, maxLength: 4 })
    const end = fc.constantFrom('\n', '\r\n', '\r')
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 5 }), end, fc.nat(), (events, eol, cut) => {
        const text = events.map((one) => one.map((each) => `data: ${each}${eol}`).join('') + eol).join('')
        const whole = events.map((one) => one.join('\n'))
        expect(data(text)).toEqual(whole)
        const some = data(text.slice(0, cut % (text.length + 1)))
        expect(some).toEqual(whole.slice(0, some.length))
      }),
    )
  })
})
