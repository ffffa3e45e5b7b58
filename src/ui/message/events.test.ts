import { describe, expect, it } from 'vitest'
import { eventsIn } from './events.ts'

const request = '{"jsonrpc":"2.0","id":2,"method":"tools/call"}'
const event = (data: string) => `data: ${data}\n\n`
const response = (id: string) => event(`{"jsonrpc":"2.0","id":${id},"result":{}}`)
const progress = event('{"jsonrpc":"2.0","method":"notifications/progress"}')

describe('eventsIn', () => {
  it('marks the event that is the response to the request, by its id', () => {
    const { first, lacksResponse } = eventsIn(progress + response('"2"') + response('2'), request)
    expect(first.map(({ number, isResponse }) => [number, isResponse])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ])
    expect(lacksResponse).toBe(false)
  })

  it('says that the response is not there, of a request that has an id', () => {
    expect(eventsIn(progress, request).lacksResponse).toBe(true)
    expect(eventsIn('', request).lacksResponse).toBe(true)
    expect(eventsIn(progress, null).lacksResponse).toBe(false)
    expect(eventsIn(progress, '{"jsonrpc":"2.0","method":"a"}').lacksResponse).toBe(false)
  })

  it('draws a hundred at either end, and splits the first megabyte', () => {
    const many = eventsIn(progress.repeat(1000), request)
    expect(many).toMatchObject({ count: 1000, isLonger: false, lacksResponse: false })
    expect([many.first.length, many.last.length, many.last[0]?.number]).toEqual([100, 100, 901])
    const long = eventsIn(event('x'.repeat(1000)).repeat(10_000), request)
    expect(long).toMatchObject({ isLonger: true, rest: 0, lacksResponse: false })
    expect(long.count).toBeGreaterThan(900)
  })
})
