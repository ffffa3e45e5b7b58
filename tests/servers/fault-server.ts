import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { listenOnLoopback } from './loopback.ts'

export interface RecordedRequest {
  readonly method: string
  /** The request target: path and query. */
  readonly url: string
  /** Names and values as they were on the wire, in its order. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer
}

interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: string | Uint8Array
}

type Fault = (request: RecordedRequest, wire: Wire) => Answer | undefined | Promise<Answer | undefined>

/** For what no response can express. A fault that uses it returns nothing. */
interface Wire {
  readonly query: URLSearchParams
  /** The other origin, which records what it gets. */
  readonly elsewhere: string
  readonly response: ServerResponse
}

export interface FaultServer {
  readonly origin: string
  /** The address of a fault: `url('/slow?ms=500')`. */
  url(path: string): string
  /** Every request so far, preflights included. */
  readonly requests: readonly RecordedRequest[]
  /** Where `/redirect` points; whatever arrives there was followed. */
  readonly elsewhere: { readonly origin: string; readonly requests: readonly RecordedRequest[] }
  /** Programs a path. Unless `cors` is false, it responds to preflights and lets any origin read. */
  answer(path: string, fault: Fault | Answer, options?: { readonly cors?: boolean }): string
  close(): Promise<void>
}

const json = { 'Content-Type': 'application/json' }
const base64url = (text: string) => Buffer.from(text).toString('base64url')

/** A JWS that looks like one; nobody has signed it. `claims` is JSON text, so that it may be odd. */
export const unsignedToken = (claims: string, header = '{"alg":"RS256","typ":"at+jwt","kid":"k1"}') =>
  `${base64url(header)}.${base64url(claims)}.${base64url('not a signature '.repeat(16))}`

const claims = '{"iss":"http://localhost","sub":"m2m","aud":"api","exp":4102444800,"iat":1700000000}'
const tokenResponse = (token = unsignedToken(claims), more: object = {}) =>
  JSON.stringify({ access_token: token, token_type: 'Bearer', expires_in: 3600, ...more })
const token: Answer = { headers: json, body: tokenResponse() }
const html = '<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1><p>The proxy had no luck.</p>'

/** Each tries another way into the page; a page that lets one in has `injected` as its title. */
export const injections = [
  `<img src=x onerror="document.title='injected'">`,
  `"><script>document.title='injected'</script>`,
  `javascript:document.title='injected'`,
  `' onmouseover='document.title="injected"`,
  `{{constructor.constructor("document.title='injected'")()}}`,
] as const
const [image, script, link, attribute, template] = injections

const number = (query: URLSearchParams, name: string, otherwise: number) =>
  Number(query.get(name) ?? otherwise)

/** Text of exactly that many bytes; lines, so that a page may wrap it. */
const filler = (bytes: number) =>
  'All work and no play makes a dull token endpoint.\n'.repeat(bytes / 50 + 1).slice(0, bytes)

export const faults: Readonly<Record<string, Fault>> = {
  '/token': () => token,
  '/slow': async (_request, { query }) => {
    await delay(number(query, 'ms', 1000))
    return token
  },
  /** Headers at once, the body later. */
  '/slow-body': async (_request, { query, response }) => {
    response.writeHead(200, json).write(tokenResponse().slice(0, 20))
    await delay(number(query, 'ms', 1000))
    response.end(tokenResponse().slice(20))
    return undefined
  },
  '/never': () => undefined,
  '/html': (_request, { query }) => ({
    status: number(query, 'status', 200),
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
    body: html,
  }),
  '/big': (_request, { query }) => {
    const room = number(query, 'bytes', 10_000_000) - tokenResponse(undefined, { padding: '' }).length
    const padding = filler(room).replaceAll('\n', ' ')
    return { headers: json, body: tokenResponse(undefined, { padding }) }
  },
  '/big-text': (_request, { query }) => ({
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    body: filler(number(query, 'bytes', 10_000_000)),
  }),
  '/binary': () => ({
    headers: { 'Content-Type': 'application/octet-stream' },
    body: Uint8Array.from({ length: 256 }, (_, index) => index),
  }),
  '/redirect': (_request, { query, elsewhere }) => ({
    status: number(query, 'status', 302),
    headers: { Location: `${elsewhere}/token` },
  }),
  '/inject': () => {
    const token = unsignedToken(
      JSON.stringify({ iss: link, sub: image, aud: [script, attribute], scope: template, [image]: script }),
      JSON.stringify({ alg: script, typ: image, kid: attribute, jku: link }),
    )
    const more = {
      token_type: image,
      scope: script,
      error: script,
      error_description: image,
      error_uri: link,
    }
    return { headers: json, body: tokenResponse(token, { ...more, [script]: attribute }) }
  },
  '/inject-error': () => ({
    status: 400,
    headers: json,
    body: JSON.stringify({ error: script, error_description: image, error_uri: link, [attribute]: template }),
  }),
  '/empty-403': () => ({ status: 403 }),
  '/problem': () => ({
    status: 400,
    headers: { 'Content-Type': 'application/problem+json' },
    body: '{"type":"about:blank","title":"Unsupported grant","status":400,"detail":"no such grant type"}',
  }),
  '/text-error': () => ({
    status: 401,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    body: 'Unknown client.',
  }),
  '/wrong-type': () => ({ headers: { 'Content-Type': 'text/html' }, body: tokenResponse() }),
  '/error-200': () => ({
    headers: json,
    body: '{"error":"invalid_client","error_description":"Bad client credentials."}',
  }),
  /** Promises more than it sends. */
  '/truncated': (_request, { response }) => {
    response
      .writeHead(200, { ...json, 'Content-Length': '1000' })
      .write(tokenResponse().slice(0, 100), () => {
        response.destroy()
      })
    return undefined
  },
  '/reset': (_request, { response }) => {
    response.socket?.resetAndDestroy()
    return undefined
  },
  '/no-cors': () => token,
  '/latin1': () => ({
    status: 400,
    headers: { 'Content-Type': 'text/plain; charset=iso-8859-1' },
    body: Buffer.from('Ungültiger Schlüssel für café', 'latin1'),
  }),
  '/bom': () => ({ headers: json, body: `\ufeff${tokenResponse()}` }),
  '/duplicate-keys': () => ({
    headers: json,
    body: `{"access_token":"first","access_token":"${unsignedToken('{"sub":"first","sub":"second","exp":4102444800}')}","token_type":"Bearer"}`,
  }),
  '/big-integers': () => ({
    headers: json,
    body: tokenResponse(
      unsignedToken('{"sub":"m2m","exp":4102444800,"id":12345678901234567890,"rate":1.0,"tiny":1e-400}'),
    ),
  }),
  '/opaque': () => ({ headers: json, body: tokenResponse('9f86d081884c7d659a2feaa0c55ad015') }),
  '/jwe': () => {
    const header = base64url('{"alg":"RSA-OAEP-256","enc":"A256GCM","kid":"enc1","cty":"at+jwt"}')
    return { headers: json, body: tokenResponse([header, 'a2V5', 'aXY', 'Y2lwaGVydGV4dA', 'dGFn'].join('.')) }
  },
  /** Two parts, as LemonLDAP::NG sends them; the standard's form has a dot at the end. */
  '/alg-none': () => ({
    headers: json,
    body: tokenResponse(`${base64url('{"alg":"none"}')}.${base64url(claims)}`),
  }),
  '/form-encoded': () => ({
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ access_token: unsignedToken(claims), token_type: 'bearer' }).toString(),
  }),
  '/echo': (request) => ({
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    body: Buffer.concat([Buffer.from(head(request)), request.body]),
  }),
}

/** Two servers on the loopback addresses: one that misbehaves by path, and one that it redirects to. */
export async function startFaultServer(): Promise<FaultServer> {
  const main = await listenOnLoopback()
  const other = await listenOnLoopback()
  const requests: RecordedRequest[] = []
  const followed: RecordedRequest[] = []
  const programmed = new Map<string, Fault>()
  const withoutCors = new Set(['/no-cors'])

  const serve = (records: RecordedRequest[], find: (path: string) => Fault | undefined) => {
    return async (incoming: IncomingMessage, response: ServerResponse) => {
      const request = await record(incoming)
      records.push(request)
      const { pathname, searchParams: query } = new URL(request.url, main.origin)
      if (!withoutCors.has(pathname)) {
        allowAnyOrigin(incoming, response)
        if (isPreflight(incoming)) return response.writeHead(204).end()
      }
      const fault: Fault = find(pathname) ?? (() => ({ status: 404 }))
      const answer = await fault(request, { query, elsewhere: other.origin, response })
      if (answer === undefined) return
      const { status = 200, headers = {}, body = '' } = answer
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
      return response.writeHead(status).end(body)
    }
  }
  main.serve(serve(requests, (path) => programmed.get(path) ?? faults[path]))
  other.serve(serve(followed, (path) => faults[path]))

  const url = (path: string) => main.origin + path
  return {
    origin: main.origin,
    url,
    requests,
    elsewhere: { origin: other.origin, requests: followed },
    answer: (path, fault, { cors = true } = {}) => {
      programmed.set(path, typeof fault === 'function' ? fault : () => fault)
      if (cors) withoutCors.delete(path)
      else withoutCors.add(path)
      return url(path)
    },
    close: async () => {
      await Promise.all([main.close(), other.close()])
    },
  }
}

/** The request with its whole body. */
export async function record(incoming: IncomingMessage): Promise<RecordedRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const { method = '', url = '', rawHeaders } = incoming
  const headers: [string, string][] = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? ''])
  }
  return { method, url, headers, body: Buffer.concat(chunks) }
}

function head({ method, url, headers }: RecordedRequest): string {
  const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${url} HTTP/1.1\r\n${fields.join('')}\r\n`
}

function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
}

function allowAnyOrigin(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', '*')
  if (!isPreflight(request)) return
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE')
  const wanted = request.headers['access-control-request-headers']
  if (wanted !== undefined) response.setHeader('Access-Control-Allow-Headers', wanted)
}
