import { describe, expect, it } from 'vitest'
import { readJsonRpc, readJsonRpcRequest } from './json-rpc.ts'
import fc from 'fast-check'

const response = (body: string, type = 'application/json', status = 200) => ({
  status,
  statusText: '',
  headers: [['content-type', type]] as const,
  body: new TextEncoder().encode(body),
})
const read = (body: string, id: string | undefined = '1', type?: string) =>
  readJsonRpc(response(body, type), id)
const stream = (...messages: readonly string[]) =>
  messages.map((message) => `event: message\ndata: ${message}\n\n`).join('')

const ok = '{"jsonrpc":"2.0","id":1,"result":{}}'
const failed =
  '{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"Tool nope not found","data":{"a":1}}}'

describe('the response to a JSON-RPC request', () => {
  it('5: "Either the result member or error member MUST be included"', () => {
    expect(read(ok)).toMatchObject({ response: { kind: 'result', id: '1' }, deviations: [] })
    expect(read(failed)?.response).toMatchObject({
      kind: 'error',
      error: { code: '-32602', message: 'Tool nope not found', data: { kind: 'object' } },
    })
  })

  it('in a stream of events is the one with the id of the request, after the notifications', () => {
    const note = '{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info"}}'
    const other = '{"jsonrpc":"2.0","id":7,"result":{"other":true}}'
    const reading = read(`: keep-alive\n\n${stream(note, failed, other)}`, '1', 'text/event-stream')
    expect(reading?.response).toMatchObject({ kind: 'error', id: '1' })
    expect(reading?.notifications.map(({ method }) => method)).toEqual(['notifications/message'])
    expect(reading?.deviations).toEqual(['two-responses'])
  })

  it('is read of a last event that no empty line ends', () => {
    expect(read(stream(ok).trim(), '1', 'text/event-stream')?.response).toMatchObject({ kind: 'result' })
  })

  it('is none while a stream has notifications alone', () => {
    const reading = read(stream('{"jsonrpc":"2.0","method":"notifications/x"}'), '1', 'text/event-stream')
    expect(reading).toMatchObject({ response: null, deviations: [] })
  })

  it.each([
    ['an id of null', '{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"x"}}', ['id-null']],
    ['no id', '{"jsonrpc":"2.0","error":{"code":-32000,"message":"x"}}', ['id-null']],
    ['an id of another type', '{"jsonrpc":"2.0","id":"1","result":{}}', ['id-other']],
    ['another version', '{"jsonrpc":"1.0","id":1,"result":{}}', ['version']],
    ['no version', '{"id":1,"error":{"code":-1,"message":"x"}}', ['version']],
    ['two responses', stream(ok, ok), ['two-responses']],
    ['result and error', '{"jsonrpc":"2.0","id":1,"result":{},"error":{"code":1,"message":"x"}}', ['both']],
    ['an error that is a text', '{"jsonrpc":"2.0","id":1,"error":"broken"}', ['error-shape']],
  ])('deviates with %s', (_what, body, deviations) => {
    const type = body.startsWith('event') ? 'text/event-stream' : 'application/json'
    expect(read(body, '1', type)?.deviations).toEqual(deviations)
  })

  it('of a batch is one of its messages', () => {
    expect(read(`[{"jsonrpc":"2.0","id":2,"result":{}},${ok}]`)).toMatchObject({
      batch: true,
      response: { id: '1' },
      deviations: [],
    })
  })

  it.each([
    '',
    '{}',
    '{"error":"invalid_token"}',
    '<html>',
    'data: x',
    '{"id":3,"error":{"code":"E1"}}',
    '[1]',
  ])('is nothing in %j', (body) => {
    expect(read(body)).toBeNull()
  })

  it('is read of any text without an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), fc.boolean(), (body, streams) => {
        const reading = readJsonRpc(response(body, streams ? 'text/event-stream' : 'application/json'), '1')
        expect(reading === null || Array.isArray(reading.notifications)).toBe(true)
      }),
    )
  })
})

describe('a JSON-RPC request', () => {
  it('has its method, its id with its type, and its params', () => {
    expect(
      readJsonRpcRequest('{"jsonrpc":"2.0","id":"a","method":"tools/list","params":{"x":1}}'),
    ).toMatchObject({
      id: '"a"',
      method: 'tools/list',
      params: { kind: 'object' },
    })
    expect(readJsonRpcRequest('{"method":"notifications/initialized"}')).toMatchObject({ id: undefined })
  })

  it.each([null, '', 'a=b', '[]', '{"jsonrpc":"2.0","id":1,"result":{}}'])('is none in %j', (body) => {
    expect(readJsonRpcRequest(body)).toBeNull()
  })
})
