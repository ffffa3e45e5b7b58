const byBrowser = 'the browser sets it itself.'
const byCors = 'the browser speaks for the page there, in preflights.'

/** Names that a script may not set, each with who does. @see https://fetch.spec.whatwg.org/#forbidden-request-header */
const forbidden: Readonly<Record<string, string>> = {
  'accept-charset': byBrowser,
  'accept-encoding': byBrowser,
  'access-control-request-headers': byCors,
  'access-control-request-method': byCors,
  connection: byBrowser,
  'content-length': 'the browser counts the body itself.',
  cookie: 'cookies are the browser’s, and this page sends without them.',
  cookie2: 'cookies are the browser’s, and this page sends without them.',
  date: byBrowser,
  dnt: byBrowser,
  expect: byBrowser,
  host: 'it follows from the URL.',
  'keep-alive': byBrowser,
  origin: 'it tells the server which page asks; a page cannot claim another.',
  referer: 'this page sends without one.',
  'set-cookie': 'it belongs to responses.',
  te: byBrowser,
  trailer: byBrowser,
  'transfer-encoding': byBrowser,
  upgrade: byBrowser,
  via: 'it belongs to proxies.',
}

const methodOverrides = ['x-http-method', 'x-http-method-override', 'x-method-override']

/**
 * Why a script may not send this header field, in words; `null` if it may.
 * @see https://fetch.spec.whatwg.org/#forbidden-request-header
 */
export function forbiddenHeader(name: string, value: string): string | null {
  const lower = name.toLowerCase()
  if (Object.hasOwn(forbidden, lower)) return forbidden[lower] ?? null
  if (lower.startsWith('sec-')) return 'names that begin with Sec- are the browser’s.'
  if (lower.startsWith('proxy-')) return 'names that begin with Proxy- are the browser’s.'
  const overrides = value.split(',').map((method) => method.trim().toUpperCase())
  if (
    methodOverrides.includes(lower) &&
    overrides.some((method) => ['CONNECT', 'TRACE', 'TRACK'].includes(method))
  ) {
    return 'it may not ask for CONNECT, TRACE or TRACK.'
  }
  return null
}
