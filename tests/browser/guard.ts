import type { BrowserContext, ConsoleMessage, Request, WebError } from '@playwright/test'

/** What pages said and asked for. */
export interface Observed {
  /** Errors and warnings of the console, and what nobody caught. */
  readonly messages: readonly string[]
  readonly urls: readonly string[]
}

/** What a test lets its pages do. */
export interface Permitted {
  readonly origins: ReadonlySet<string>
  /** The console has to say this ... */
  readonly expected: readonly RegExp[]
  /** ... and may say this. */
  readonly allowed: readonly RegExp[]
}

/** Listens to all pages of a context until `stop`. */
export function watch(context: BrowserContext): Observed & { stop: () => void } {
  const messages: string[] = []
  const urls: string[] = []
  // A violation of the Content Security Policy or of Trusted Types is among the console's errors.
  const onConsole = (message: ConsoleMessage) => {
    // The word of Playwright, and not of the page, that a test wants no service worker.
    if (message.text() === 'Service Worker registration blocked by Playwright') return
    if (['error', 'warning'].includes(message.type()))
      messages.push(`${message.type()}: ${message.text()} (${message.location().url})`)
  }
  const onError = (error: WebError) => {
    messages.push(`uncaught: ${String(error.error().stack)}`)
  }
  const onRequest = (request: Request) => {
    urls.push(request.url())
  }
  context.on('console', onConsole).on('weberror', onError).on('request', onRequest)
  const stop = () => {
    context.off('console', onConsole).off('weberror', onError).off('request', onRequest)
  }
  return { messages, urls, stop }
}

/** The console's words that were expected and have not come. */
export const unheard = ({ messages }: Observed, { expected }: Permitted): readonly RegExp[] =>
  expected.filter((pattern) => !messages.some((message) => pattern.test(message)))

/** What the pages did, or failed to do, against what the test permits. */
export function complaintsOf(observed: Observed, permitted: Permitted): string[] {
  const { origins, expected, allowed } = permitted
  const known = (message: string) => [...expected, ...allowed].some((pattern) => pattern.test(message))
  const isStranger = (url: string) => {
    const { protocol, origin } = new URL(url)
    return (
      !['data:', 'blob:', 'about:'].includes(protocol) && !origins.has(origin) && !isNextDoor(url, origins)
    )
  }
  return [
    ...observed.messages.filter((message) => !known(message)).map((message) => `the console said ${message}`),
    ...unheard(observed, permitted).map((pattern) => `the console never said ${String(pattern)}`),
    ...[...new Set(observed.urls)]
      .filter(isStranger)
      .map((url) => `a request went to ${url}, which the test did not allow`),
  ]
}

/** The connection check asks the other names and schemes of a loopback server, and a port no browser fetches from. */
function isNextDoor(url: string, origins: ReadonlySet<string>): boolean {
  const { hostname, port } = new URL(url)
  if (!/^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)) return false
  return port === '6000' || [...origins].some((origin) => new URL(origin).port === port)
}
