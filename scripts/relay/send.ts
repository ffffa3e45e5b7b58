import { Client, type Dispatcher } from 'undici'
import type { HeaderList } from '../../src/lib/http/message.ts'
import type { RelayAnswer, RelayedResponse, RelayMessage } from '../../src/lib/http/relay-message.ts'
import { checkedLookup, RefusedAddress, type Resolve } from './checked-lookup.ts'
import type { Sendable } from './read-request.ts'

/** As much as the page itself reads of a response. */
const maxBodyBytes = 16 * 1024 * 1024

/** Milliseconds: a response that has ended by then is told at once, in its whole. */
const betweenWords = 150

type Say = (message: RelayMessage) => void

const redirects = [301, 302, 303, 307, 308]

/**
 * Sends one request over a connection of its own, so that no other's fate touches it, and gives what came of it. To the
 * headers it adds `host`, `connection: close` and `content-length`, nothing else; follows no redirect, decodes nothing, and
 * verifies certificates. `cancel` ends it early; `say` is told what comes of a response that goes on. Never rejects.
 */
export async function send(
  request: Sendable,
  resolve: Resolve,
  cancel: AbortSignal,
  say: Say,
): Promise<RelayAnswer> {
  const url = new URL(request.url)
  const client = new Client(url.origin, {
    pipelining: 0,
    // One deadline for all of it, set by the page.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { lookup: checkedLookup(resolve), timeout: 0 },
  })
  const end = new AbortController()
  const late = new Error('The time set for an answer is over.')
  const timer = setTimeout(() => end.abort(late), request.timeout)
  const abort = (): void => end.abort()
  cancel.addEventListener('abort', abort)
  const partial: { response: RelayedResponse | null } = { response: null }
  try {
    const response = await client.request({
      method: request.method,
      path: url.pathname + url.search,
      headers: request.headers.flat(),
      body: request.body,
      responseHeaders: 'raw',
      signal: end.signal,
    })
    return await read(response, partial, say)
  } catch (error) {
    if (end.signal.reason === late) return { kind: 'timeout', partial: partial.response }
    return failure(error, partial.response)
  } finally {
    clearTimeout(timer)
    cancel.removeEventListener('abort', abort)
    await client.destroy()
  }
}

/** Reads the body to its end or to the limit; `partial` holds what there is should it break off. */
async function read(
  { statusCode, statusText, headers: raw, body }: Dispatcher.ResponseData,
  partial: { response: RelayedResponse | null },
  say: Say,
): Promise<RelayAnswer> {
  const headers = pairs(raw as unknown as readonly string[])
  const chunks: Buffer[] = []
  const soFar = (): RelayedResponse => ({
    status: statusCode,
    statusText,
    headers,
    body: Buffer.concat(chunks).toString('base64'),
  })
  let size = 0
  let told: number | null = null
  const tell = (): void => {
    if (chunks.length === told) return
    const body = Buffer.concat(chunks.slice(told ?? 0)).toString('base64')
    say({ kind: 'arriving', status: statusCode, statusText, headers, body })
    told = chunks.length
  }
  const ticking = setInterval(tell, betweenWords)
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      size += chunk.length
      if (size > maxBodyBytes) return { kind: 'too-large', partial: soFar() }
    }
  } catch (error) {
    partial.response = soFar()
    throw error
  } finally {
    clearInterval(ticking)
  }
  if (!redirects.includes(statusCode)) return { kind: 'response', ...soFar() }
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1] ?? null
  return { kind: 'redirect', location, ...soFar() }
}

const pairs = (raw: readonly string[]): HeaderList =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []))

function failure(error: unknown, partial: RelayedResponse | null): RelayAnswer {
  if (error instanceof RefusedAddress) return { kind: 'refused', why: error.message }
  const { message, code = 'unknown' } = error as NodeJS.ErrnoException
  // A name with several addresses: each failed for a reason of its own.
  const each = error instanceof AggregateError ? error.errors.map((one) => (one as Error).message) : [message]
  const why = each.join('; ')
  return { kind: 'failure', code, message: untrusted.has(code) ? `${why}. ${howToTrust}` : why, partial }
}

/** What OpenSSL calls a certificate without a known issuer. */
const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

const howToTrust =
  'Node trusts neither this certificate nor who issued it, whatever the browser does. Start with the environment variable NODE_EXTRA_CA_CERTS naming a PEM file of it; for the development certificate of .NET that file is made by: dotnet dev-certs https --export-path localhost.pem --format PEM --no-password'
