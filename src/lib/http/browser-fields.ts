import { isLoopback } from './http-url.ts'
import type { HttpRequest } from './message.ts'

/** What a page can know about the browser it runs in. */
export interface BrowserFacts {
  /** The serialized origin of the page; `null` as text on file://. */
  readonly origin: string
  readonly userAgent: string
  readonly languages: readonly string[]
}

/** A field the browser adds by itself, derived from rules: no script can observe it. */
export interface DerivedField {
  readonly name: string
  readonly value: string
  readonly why: string
}

type Rule = (
  request: HttpRequest,
  url: URL,
  browser: BrowserFacts,
) => readonly [value: string, why: string] | null

/** One row per field, in the order Chromium puts them on the wire. */
const rules: Readonly<Record<string, Rule>> = {
  Host: (_request, url) => [url.host, 'the host and port of the URL'],
  'Content-Length': ({ method, body }) =>
    body === null && method !== 'POST' && method !== 'PUT'
      ? null
      : [String(new TextEncoder().encode(body ?? '').length), 'the body, counted in bytes'],
  Pragma: () => ['no-cache', 'because the page asks for cache: no-store'],
  'Cache-Control': () => ['no-cache', 'because the page asks for cache: no-store'],
  'User-Agent': (_request, _url, { userAgent }) => [userAgent, 'as the browser names itself'],
  Accept: () => ['*/*', 'because the page asks for nothing in particular'],
  Origin: ({ method, mode }, url, { origin }) => {
    const withheld = mode === 'no-cors'
    if ((withheld || url.origin === origin) && (method === 'GET' || method === 'HEAD')) return null
    if (withheld) return ['null', 'as the page sends no referrer, and does not ask to read the response']
    return [origin, 'where this page comes from: what the server must allow']
  },
  'Sec-Fetch-Site': (_request, url, { origin }) =>
    trustworthy(url)
      ? [
          site(url, origin),
          'how page and server are related; a site is taken for the last two labels of its host',
        ]
      : null,
  'Sec-Fetch-Mode': ({ mode = 'cors' }, url) => (trustworthy(url) ? [mode, 'the mode of the fetch'] : null),
  'Sec-Fetch-Dest': (_request, url) => (trustworthy(url) ? ['empty', 'the response goes to a script'] : null),
  'Accept-Language': (_request, _url, { languages }) =>
    languages.length > 0
      ? [acceptLanguage(languages), 'from your language settings; may differ a little']
      : null,
}

/**
 * The fields a browser adds to a request of this page, with the values that follow from what the page knows. Those that
 * the page has set itself, if it may, are left as they are.
 * @see https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
 */
export function derivedFields(request: HttpRequest, browser: BrowserFacts): DerivedField[] {
  const url = new URL(request.url)
  const set = request.headers.map(([name]) => name.toLowerCase())
  return Object.entries(rules).flatMap(([name, rule]) => {
    const derived = set.includes(name.toLowerCase()) ? null : rule(request, url, browser)
    return derived ? [{ name, value: derived[0], why: derived[1] }] : []
  })
}

/** Fields that may travel too, depending on browser and protocol version; this page does not see them. */
export const unobservableFields = [
  'Connection',
  'Accept-Encoding',
  'Sec-CH-UA',
  'Sec-CH-UA-Mobile',
  'Sec-CH-UA-Platform',
]

/** Browsers send Sec-Fetch-* to such URLs only. @see https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy */
function trustworthy(url: URL): boolean {
  return url.protocol === 'https:' || isLoopback(url)
}

/** Without the public suffix list: two hosts that share their last two labels count as one site. */
function site(url: URL, origin: string): string {
  if (url.origin === origin) return 'same-origin'
  if (!URL.canParse(origin)) return 'cross-site'
  const page = new URL(origin)
  const registrable = ({ hostname }: URL): string =>
    /[\d\]]$/.test(hostname) ? hostname : hostname.split('.').slice(-2).join('.')
  return page.protocol === url.protocol && registrable(page) === registrable(url) ? 'same-site' : 'cross-site'
}

function acceptLanguage(languages: readonly string[]): string {
  return languages
    .slice(0, 9)
    .map((language, index) => (index === 0 ? language : `${language};q=${(1 - index / 10).toFixed(1)}`))
    .join(',')
}
