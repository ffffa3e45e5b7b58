import { isLoopback } from './http-url.ts'

/** From the most private to the least. @see https://wicg.github.io/local-network-access/ */
const spaces = ['loopback', 'local', 'public'] as const

export type AddressSpace = (typeof spaces)[number]

const privateHost =
  /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|\[f[cd]|\[fe[89ab])|\.local$/

/** Whether the host is a private address or a name of mDNS. */
export function isPrivateHost({ hostname }: URL): boolean {
  return privateHost.test(hostname)
}

/** Where a host is by the look of it. A name may resolve to a private address all the same: no page can know. */
export function addressSpace(url: URL): AddressSpace {
  if (isLoopback(url)) return 'loopback'
  return isPrivateHost(url) ? 'local' : 'public'
}

/** Where a page was loaded from; a file counts as of this machine. */
export function pageSpace(origin: string): AddressSpace {
  return URL.canParse(origin) ? addressSpace(new URL(origin)) : 'loopback'
}

/** Whether a request goes to a more private network than the page came from, for which browsers ask the user. */
export function crossesInto(from: AddressSpace, to: AddressSpace): boolean {
  return spaces.indexOf(to) < spaces.indexOf(from)
}

/**
 * The space to name if a request from a page of that origin needs a permission for it; `null` if it needs none,
 * or if only the name says so: a wrong value is a failure of its own.
 * @see https://wicg.github.io/local-network-access/#fetch-api
 */
export function guardedSpace(pageOrigin: string, url: URL): Exclude<AddressSpace, 'public'> | null {
  const to = addressSpace(url)
  return to === 'public' || url.hostname.endsWith('.local') || !crossesInto(pageSpace(pageOrigin), to)
    ? null
    : to
}
