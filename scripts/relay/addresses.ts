import { BlockList, isIP } from 'node:net'

type Subnet = readonly [network: string, prefix: number]

/**
 * Where a cloud hands out its machines' credentials, and what is no address of a server. Never reached, whoever names it.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const never = blockList([
  ['169.254.0.0', 16],
  ['fe80::', 10],
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['192.0.0.192', 32],
  ['fd00:ec2::254', 128],
  ['fd20:ce::254', 128],
  // "This host": connecting to it reaches the loopback.
  ['0.0.0.0', 8],
  ['::', 128],
  ['224.0.0.0', 3],
  ['ff00::', 8],
])

/** What a public name must not resolve to. */
const inside = blockList([
  ['127.0.0.0', 8],
  ['::1', 128],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['fc00::', 7],
  ['fec0::', 10],
])

const loopback = blockList([
  ['127.0.0.0', 8],
  ['::1', 128],
])

const metadataName = /^(metadata|metadata\.google\.internal|instance-data(\..+)?)$/

/** Why no request may go to this host, an address or a name as a URL has it; `null` if nothing speaks against it. */
export function neverReached(hostname: string): string | null {
  const name = hostname.replace(/^\[|\]$|\.$/g, '')
  if (metadataName.test(name)) return `${hostname} is where a cloud keeps the credentials of its machines.`
  if (isIP(name) === 0 || !within(never, name)) return null
  return `${hostname} is no server of yours: it is link-local, unspecified, multicast, or where a cloud keeps the credentials of its machines.`
}

/** Why a name may not resolve to this address; `null` for an address of the public internet. */
export function notPublic(address: string): string | null {
  return within(never, address) || within(inside, address)
    ? `${address}, which is loopback, link-local, private or reserved.`
    : null
}

/** Whether the address is this machine itself. */
export function isLoopbackAddress(address: string): boolean {
  return within(loopback, address)
}

/** IPv4 addresses travel inside IPv6 ones too: all of these forms are read as what they carry. */
function within(list: BlockList, address: string): boolean {
  const bare = address.replace(/%.*$/, '')
  return [bare, ...embedded(bare)].some((each) => list.check(each, isIP(each) === 6 ? 'ipv6' : 'ipv4'))
}

/**
 * The IPv4 addresses that an IPv6 address may carry: mapped, compatible, translated and NAT64 in its last 32 bits, 6to4
 * in the 32 bits after its prefix.
 * @see RFC 4291 section 2.5.5, RFC 6052 section 2.1, RFC 8215, RFC 3056 section 2
 */
function embedded(address: string): readonly string[] {
  if (isIP(address) !== 6) return []
  const words = wordsOf(address)
  const [first = 0, second = 0, third = 0] = words
  const [high = 0, low = 0] = words.slice(6)
  const carries = words.slice(0, 4).every((word) => word === 0) || (first === 0x64 && second === 0xff9b)
  // `::` and `::1` are addresses of their own.
  const last = carries && (high !== 0 || low > 1 || words.slice(0, 6).some((word) => word !== 0))
  return [...(last ? [dotted(high, low)] : []), ...(first === 0x2002 ? [dotted(second, third)] : [])]
}

/** The eight words of an IPv6 address; the URL parser writes its last 32 bits in hexadecimal. */
function wordsOf(address: string): readonly number[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const words = (text: string) => (text === '' ? [] : text.split(':').map((word) => parseInt(word, 16)))
  if (tail === undefined) return words(head)
  const [before, after] = [words(head), words(tail)]
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
}

const dotted = (high: number, low: number): string => [high >> 8, high & 255, low >> 8, low & 255].join('.')

function blockList(subnets: readonly Subnet[]): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of subnets) {
    list.addSubnet(network, prefix, isIP(network) === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}
