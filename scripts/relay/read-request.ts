import type { HeaderList } from '../../src/lib/http/message.ts'
import type { RelayRequest } from '../../src/lib/http/relay-message.ts'
import { neverReached } from './addresses.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

export interface Sendable extends Omit<RelayRequest, 'method' | 'timeout'> {
  readonly method: (typeof methods)[number]
  /** Milliseconds. */
  readonly timeout: number
}

/** Milliseconds: the most that the page lets the user set. */
const longest = 600_000

/** Header fields that are not the page's to say, each with the reason. Refused, so that what is shown is what is sent. */
const refusedFields: Readonly<Record<string, string>> = {
  host: 'it follows from the URL',
  'content-length': 'the relay counts the body itself',
  'transfer-encoding': 'the relay frames the body itself',
  connection: 'it is about the relay’s own connection',
  'keep-alive': 'it is about the relay’s own connection',
  te: 'it is about the relay’s own connection',
  trailer: 'it is about the relay’s own connection',
  upgrade: 'it is about the relay’s own connection',
  expect: 'the relay does not wait in the middle of a request',
  origin: 'through the relay no page is speaking',
  cookie: 'the relay sends without cookies',
}

/** Reads what the page asks for; a text says why it is refused. `origins` are those that may be reached. */
export function readRequest(json: string, origins: readonly string[]): Sendable | string {
  const asked = parsed(json)
  if (!isRelayRequest(asked)) return 'The request is not {method, url, headers, body, timeout?} as JSON.'
  const method = methods.find((known) => known === asked.method)
  if (!method) return `The method has to be one of ${methods.join(', ')}.`
  const { url, headers, body, timeout = longest } = asked
  const why = refusedTarget(url, origins) ?? refusedHeaders(headers)
  return why ?? { method, url, headers, body, timeout: Math.min(timeout, longest) }
}

function refusedTarget(text: string, origins: readonly string[]): string | null {
  if (!URL.canParse(text)) return 'The URL cannot be read.'
  const url = new URL(text)
  // A blob: URL has the origin of the page that made it.
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'The URL is none of http and https.'
  if (!origins.includes(url.origin)) {
    return `${url.origin} is not among the hosts that this relay may reach: ${origins.join(', ')}.`
  }
  if (url.username !== '' || url.password !== '') return 'The URL has a user name or a password.'
  return neverReached(url.hostname)
}

function refusedHeaders(headers: HeaderList): string | null {
  for (const [name] of headers) {
    const lower = name.toLowerCase()
    const why = Object.hasOwn(refusedFields, lower) ? refusedFields[lower] : undefined
    if (why !== undefined) return `The header ${name} cannot be sent: ${why}.`
    if (lower.startsWith('proxy-')) return `The header ${name} cannot be sent: it is between proxies.`
  }
  return null
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function isRelayRequest(value: unknown): value is RelayRequest {
  if (typeof value !== 'object' || value === null) return false
  const { method, url, headers, body, timeout } = value as Record<string, unknown>
  return (
    typeof method === 'string' &&
    typeof url === 'string' &&
    (body === null || typeof body === 'string') &&
    (timeout === undefined || (typeof timeout === 'number' && timeout > 0)) &&
    Array.isArray(headers) &&
    headers.every((field: unknown) => Array.isArray(field) && field.length === 2 && field.every(isString))
  )
}

const isString = (value: unknown): boolean => typeof value === 'string'
