import type { IncomingMessage } from 'node:http'

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

type Received = Pick<IncomingMessage, 'headers' | 'headersDistinct'>

/**
 * Why a request to the site is not one of its own page, `null` if it is. The page that was opened as localhost,
 * 127.0.0.1 or [::1] may ask under that same name: its `Origin` must be the origin of the `Host` it asks. A name of
 * somebody's that was made to resolve to this machine (DNS rebinding) fails by `Host`. `port` is where the site listens.
 * Programs on this machine can claim any `Origin`; what they gain by it they can do without the relay.
 * @see https://fetch.spec.whatwg.org/#origin-header, RFC 9112 section 3.2
 */
export function notOwnPage({ headers, headersDistinct }: Received, port: number): string | null {
  const { host = '', origin } = headers
  const site = headers['sec-fetch-site']
  const hosts = loopbackNames.map((name) => (port === 80 ? name : `${name}:${port}`))
  // Node shows the first of several only.
  if (headersDistinct['host']?.length !== 1) return 'Host has to be there once.'
  if (!hosts.includes(host)) return `Host has to be one of ${hosts.join(', ')}.`
  if (origin === undefined) return 'There is no Origin: only the page itself may ask.'
  if (origin !== `http://${host}`) return `Origin has to be http://${host}: only the page itself may ask.`
  if (site !== undefined && site !== 'same-origin') return 'Sec-Fetch-Site has to be same-origin.'
  if (!/^application\/json *(;|$)/i.test(headers['content-type'] ?? ''))
    return 'Content-Type has to be application/json.'
  return null
}
