import { lookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isLoopbackAddress, notPublic } from './addresses.ts'

/** Gives all addresses of a name, or rejects as `dns.lookup` does. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>

/** As the system resolves names, its hosts file included. */
export const systemResolve: Resolve = (name) =>
  new Promise((resolve, reject) => {
    lookup(name, { all: true }, (error, addresses) => {
      if (error) reject(error)
      else resolve(addresses)
    })
  })

/** A name that leads where the relay does not go. */
export class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress'
}

/**
 * The `lookup` of a connection: what it gives back is what is connected to, so that nothing can change between the
 * check and the connection. One address that is refused refuses the name.
 */
export function checkedLookup(resolve: Resolve): LookupFunction {
  return (name, options, callback) => {
    resolve(name).then(
      (addresses) => {
        const why = addresses.map(({ address }) => refusal(name, address)).find((text) => text !== null)
        if (why !== undefined) {
          callback(new RefusedAddress(why), '')
          return
        }
        const wanted = addresses.filter(({ family }) => !options.family || family === options.family)
        const [first] = wanted
        if (!first) callback(new Error(`${name} has no address.`), '')
        else if (options.all) callback(null, wanted)
        else callback(null, first.address, first.family)
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ''),
    )
  }
}

/** The names of this machine mean this machine and nothing else, all others the public internet. */
function refusal(name: string, address: string): string | null {
  if (/^(localhost|.+\.localhost)\.?$/.test(name)) {
    return isLoopbackAddress(address) ? null : `${name} resolves to ${address}, which is not this machine.`
  }
  const why = notPublic(address)
  return why === null ? null : `${name} resolves to ${why}`
}
