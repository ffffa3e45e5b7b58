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

/** Ports that browsers refuse to fetch from. @see https://fetch.spec.whatwg.org/#port-blocking */
const blocked = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
])

export function isBlockedPort(url: URL): boolean {
  return url.port !== '' && blocked.has(Number(url.port))
}
