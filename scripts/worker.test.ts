import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { worker } from './worker.ts'

const scope = 'https://host.example/tools/'

type Listener = (event: Readonly<Record<string, unknown>>) => void

/** A worker that runs here: what browsers keep between its versions is `kept`, by the name of the cache and the URL. */
function started(kept: Map<string, Map<string, Response>>, version: string, names: readonly string[]) {
  const listeners = new Map<string, Listener>()
  const self = {
    registration: { scope },
    skipWaiting: () => Promise.resolve(),
    clients: { claim: () => Promise.resolve(), matchAll: () => Promise.resolve([]) },
    addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
    caches: {
      keys: () => Promise.resolve([...kept.keys()]),
      delete: (name: string) => Promise.resolve(kept.delete(name)),
      match: (url: string, { cacheName }: { readonly cacheName: string }) =>
        Promise.resolve(kept.get(cacheName)?.get(url)),
      open: (name: string) => {
        const cache = kept.get(name) ?? new Map<string, Response>()
        kept.set(name, cache)
        return Promise.resolve({ put: (url: string, response: Response) => cache.set(url, response) })
      },
    },
  }
  worker(self as never, version, Object.fromEntries(names.map((name) => [name, 'sha256-x'])))
  const last = async (type: string) => {
    let done: unknown
    listeners.get(type)?.({ waitUntil: (promise: unknown) => (done = promise) })
    await done
  }
  return {
    begin: async () => {
      await last('install')
      await last('activate')
    },
    /** What it responds with; `null` if it leaves the request to the browser. */
    ask: (url: string, method = 'GET'): Promise<Response> | null => {
      let response: Promise<Response> | null = null
      const respondWith = (promise: Promise<Response>) => (response = promise)
      listeners.get('fetch')?.({ request: new Request(url, { method }), respondWith })
      return response
    },
  }
}

const body = async (response: Promise<Response> | null) => (await response)?.text()

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', (asked: string | Request) =>
    Promise.resolve(new Response(`of the host: ${typeof asked === 'string' ? asked : asked.url}`)),
  )
})

afterEach(() => vi.useRealTimers())

it('responds with the page that it keeps once the host has not responded for five seconds', async () => {
  const { begin, ask } = started(new Map(), 'one', ['index.html'])
  await begin()
  vi.stubGlobal('fetch', () => new Promise(() => undefined))
  let settled = false
  const response = ask(`${scope}#x`)
  void response?.then(() => (settled = true))
  await vi.advanceTimersByTimeAsync(4900)
  expect(settled).toBe(false)
  await vi.advanceTimersByTimeAsync(200)
  expect(await body(response)).toBe(`of the host: ${scope}`)
})

it('keeps its own files and those of the two builds before, and nothing of others is removed', async () => {
  const kept = new Map([['of another page', new Map<string, Response>()]])
  for (const build of ['one', 'two', 'three', 'four'])
    await started(kept, build, [`assets/${build}-12345678.js`]).begin()
  expect([...kept.keys()].map((name) => name.split(' ').at(-1))).toEqual(['page', 'two', 'three', 'four'])
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')))
  const { ask } = started(kept, 'four', ['assets/four-12345678.js'])
  const old = `${scope}assets/two-12345678.js`
  expect(await body(ask(old))).toBe(`of the host: ${old}`)
  await expect(ask(`${scope}assets/one-12345678.js`)).rejects.toThrow('offline')
})

it('keeps the lessons of the host once they were read, and asks for them anew each time', async () => {
  const kept = new Map<string, Map<string, Response>>()
  const { begin, ask } = started(kept, 'one', ['index.html'])
  await begin()
  const lessons = `${scope}lessons.json`
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('gone', { status: 404 })))
  expect(await body(ask(lessons))).toBe('gone')
  for (const text of ['[1]', '[2]']) {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(text)))
    expect(await body(ask(lessons))).toBe(text)
  }
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')))
  expect(await body(ask(lessons))).toBe('[2]')
  expect(ask(`${scope}playground.json`)).toBeNull()
  expect(ask(`${lessons}?x=1`)).toBeNull()
  expect(ask(lessons, 'POST')).toBeNull()
})

it.each([
  ['a query', `${scope}?x=1`, 'GET'],
  ['a query of a file', `${scope}assets/one-12345678.js?x=1`, 'GET'],
  ['another method', scope, 'POST'],
  ['another path', 'https://host.example/', 'GET'],
  ['a file that is not of the build', `${scope}playground.json`, 'GET'],
  ['another origin', 'https://other.example/tools/', 'GET'],
])('leaves a request with %s to the browser', (_what, url, method) => {
  const { ask } = started(new Map(), 'one', ['index.html', 'assets/one-12345678.js'])
  expect(ask(url, method)).toBeNull()
  expect(ask(scope)).not.toBeNull()
})
