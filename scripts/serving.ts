import { parseArgs } from 'node:util'
import { relayOrigins } from './relay/relay-origins.ts'
import type { RelayedSite } from './site.ts'

/** What the page is served by: a port, and the origins that its relay may reach. */
interface Options {
  readonly port: number
  readonly origins: readonly string[]
}

/** Reads `--port 4290` and each `--relay https://host`. Prints what is wrong and gives `null`; the exit code is 2 then. */
export function readOptions(args: string[], preferred: number): Options | null {
  try {
    const { values } = parseArgs({
      args,
      options: { port: { type: 'string' }, relay: { type: 'string', multiple: true } },
    })
    const port = Number(values.port ?? preferred)
    if (!Number.isInteger(port) || port < 0 || port > 65535)
      throw new Error(`--port wants a number from 0 to 65535, not ${String(values.port)}.`)
    const relayed = relayOrigins(values.relay ?? [])
    if (relayed.problem !== null) throw new Error(relayed.problem)
    return { port, origins: relayed.origins }
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 2
    return null
  }
}

/** What a site has for a relay, if one was asked for; `folder` has the page that knows it. */
export const relayed = ({ origins }: Options, folder: string): RelayedSite | undefined =>
  origins.length > 0 ? { origins, folder, onRefusal: printRefusal } : undefined

/** Anybody can influence these words: nothing in them may control the terminal. */
export function printRefusal(why: string): void {
  console.log(`  Refused  ${why.replace(/[^\x20-\x7e]/g, '?')}`)
}

/** A name and a value of what is printed at the start; `busy` is the port that was asked for in its place. */
export function line(name: string, value: string, busy?: number): string {
  const remark = busy === undefined ? '' : `  (port ${busy} was busy)`
  return `  ${name.padEnd(22)}${value}${remark}`
}

/**
 * Ctrl+C reaches this process twice, from the terminal and from npm, so that it must not die of the second. A
 * shell between npm and this process may die of a signal without passing it on: then the parent is another.
 */
export function stopped(): Promise<void> {
  const parent = process.ppid
  return new Promise((resolve) => {
    const stop = () => {
      clearInterval(watch)
      resolve()
    }
    const watch = setInterval(() => {
      if (process.ppid !== parent) stop()
    }, 500)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  })
}
