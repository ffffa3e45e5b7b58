import { flushSync } from 'svelte'
import { describe, expect, it } from 'vitest'
import type { HttpRequest, Transport } from '../../lib/http/message.ts'
import { Relay } from './relay.svelte.ts'

const request = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  url,
  headers: [],
  body: null,
  ...more,
})

function open() {
  const ways: string[] = []
  const way =
    (name: string): Transport =>
    () => {
      ways.push(name)
      return Promise.resolve({ outcome: { kind: 'opaque-redirect' }, serverView: null })
    }
  let loads = 0
  const relay = new Relay(['https://a.example', 'https://b.example:8443'], way('browser'), () => {
    loads += 1
    return Promise.resolve(way('relay'))
  })
  const send = (...args: Parameters<typeof request>) =>
    relay.transport(request(...args), new AbortController().signal)
  return { relay, ways, send, loads: () => loads }
}

describe('Relay', () => {
  it('carries nothing until an origin is chosen, and is not even loaded', async () => {
    const { relay, ways, send, loads } = open()
    expect(relay.offers('https://a.example/token')).toBe(true)
    expect(relay.carries('https://a.example/token')).toBe(false)
    await send('https://a.example/token')
    expect(ways).toEqual(['browser'])
    expect(loads()).toBe(0)
  })

  it('carries all of a chosen origin and nothing of another, until it is left again', async () => {
    const { relay, ways, send } = open()
    relay.choose('https://a.example')
    await send('https://a.example/token')
    await send('https://a.example/jwks')
    await send('https://b.example:8443/token')
    await send('http://a.example/token')
    relay.direct('https://a.example')
    await send('https://a.example/token')
    expect(ways).toEqual(['relay', 'relay', 'browser', 'browser', 'browser'])
  })

  it('cannot be chosen for an origin it does not reach', async () => {
    const { relay, ways, send } = open()
    relay.choose('https://c.example')
    await send('https://c.example/')
    expect(ways).toEqual(['browser'])
    expect(relay.offers('not a URL')).toBe(false)
  })

  it('leaves requests that nothing is to be read of to the browser, and has a way past it', async () => {
    const { relay, ways, send } = open()
    relay.choose('https://a.example')
    await send('https://a.example/', { mode: 'no-cors' })
    await relay.past(request('https://a.example/'), new AbortController().signal)
    expect(ways).toEqual(['browser', 'browser'])
  })

  it('is the relay’s by the record once sent, by the choice before', () => {
    const { relay } = open()
    const next = request('https://a.example/')
    expect(relay.sends(next)).toBe(false)
    relay.choose('https://a.example')
    expect(relay.sends(next)).toBe(true)
    const exchange = {
      id: 1,
      purpose: '',
      request: next,
      startedAt: 0,
      duration: 0,
      serverView: null,
      outcome: { kind: 'opaque-redirect' },
    } as const
    expect(relay.sends(next, exchange)).toBe(false)
    expect(relay.sends(next, { ...exchange, via: 'relay' })).toBe(true)
  })

  it('tells who looks', () => {
    const { relay } = open()
    const seen: boolean[] = []
    const stop = $effect.root(() => {
      $effect(() => {
        seen.push(relay.carries('https://a.example/'))
      })
    })
    flushSync()
    relay.choose('https://a.example')
    flushSync()
    stop()
    expect(seen).toEqual([false, true])
  })
})
