const loopback = /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Whether the host names this machine itself. */
export function isLoopback(url: URL): boolean {
  return loopback.test(url.hostname)
}

/** A value as an http(s) URL; `null` if it is none. */
export function httpUrl(value: string | undefined): URL | null {
  return value !== undefined && /^https?:\/\//i.test(value) && URL.canParse(value) ? new URL(value) : null
}

/** Without the slashes at its end. By a loop: an expression would look at each of a million slashes a million times. */
export function withoutSlash(url: string): string {
  let end = url.length
  while (url.charAt(end - 1) === '/') end -= 1
  return url.slice(0, end)
}

/** Whether what is sent there can be read on the way. */
export function isPlainHttp(url: URL): boolean {
  return url.protocol === 'http:' && !isLoopback(url)
}

/** Whether the host is, by the look of its name, one that only machines or containers of one network know. */
export function isInternalHost(url: URL): boolean {
  const { hostname } = url
  if (isLoopback(url) || hostname.startsWith('[')) return false
  if (!hostname.includes('.') || hostname === '0.0.0.0') return true
  return /\.(?:internal|svc|svc\.cluster\.local)$/.test(hostname)
}

/** The same path at another origin; `null` if one of the two is no http(s) URL. */
export function atOrigin(url: string, base: string): string | null {
  const [from, to] = [httpUrl(url), httpUrl(base)]
  // By its text, as a path may be written in more than one way.
  return from && to && to.origin + url.replace(/^https?:\/\/[^/?#]*/i, '')
}
