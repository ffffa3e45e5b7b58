import { originOf } from '../http/message.ts'
import { issuerOf } from '../oauth/config/derived-values.ts'
import { isPractice } from '../practice/base/origin.ts'
import type { RunEntry } from './run-entry.ts'
import type { Lane } from './sequence.ts'

/** More would not be read side by side. */
const mostLanes = 6

/** The lane every request starts from. `origin` is serialized: `null` as text on file://. */
export function pageLane(origin: string): Lane {
  const detail = URL.canParse(origin) ? new URL(origin).host : 'opened as a file'
  return { title: 'This page', detail, name: 'This page' }
}

/** The two a configuration is about; the same server can be both. */
export function plannedLanes(server: URL | null, api: URL | null): [server: Lane, api: Lane] {
  const lane = (title: string, url: URL | null): Lane => {
    const inPage = url !== null && isPractice(url.href)
    return {
      title,
      detail: inPage ? 'in this page' : (url?.host ?? 'not chosen yet'),
      name: url === null || inPage || server?.host === api?.host ? title : url.host,
    }
  }
  return [lane('Authorization server', server), lane('API', api)]
}

/** The lanes of a run, by origin, in the order of first contact. */
export interface RunLanes {
  readonly lanes: readonly Lane[]
  readonly laneOf: (url: string) => number
  /** Of what shares the last lane with others: the host. */
  readonly hostAmongOthers: (url: string) => string | null
}

export function runLanes(entries: readonly RunEntry[], pageOrigin: string): RunLanes {
  const origins = [...new Set(entries.map(({ exchange }) => contacted(exchange.request.url)))]
  const own = origins.length < mostLanes ? origins : origins.slice(0, mostLanes - 2)
  const others = origins.slice(own.length)
  const lanes = own.map((origin) => originLane(origin, origins, entries))
  const indexOf = (url: string): number => own.indexOf(contacted(url))
  return {
    lanes: [pageLane(pageOrigin), ...lanes, ...(others.length > 0 ? [othersLane(others.length)] : [])],
    laneOf: (url) => (indexOf(url) < 0 ? own.length : indexOf(url)) + 1,
    hostAmongOthers: (url) => (indexOf(url) < 0 ? new URL(url).host : null),
  }
}

/** A web socket goes to the server that https does. */
const contacted = (url: string): string => (originOf(url) ?? '').replace(/^ws/, 'http')

function originLane(origin: string, origins: readonly string[], entries: readonly RunEntry[]): Lane {
  const { host } = new URL(origin)
  const alone = origins.filter((other) => new URL(other).host === host).length === 1
  const name = alone ? host : origin
  const detail = isPractice(origin) ? `${name}, in this page` : name
  return { title: roleOf(origin, entries), detail, name }
}

const othersLane = (count: number): Lane => ({ title: 'Others', detail: `${count} origins`, name: 'Others' })

const serverAlone: readonly string[] = ['token', 'registration', 'introspection', 'revocation']

/** What an origin is, by what was asked of it; by the configuration too, as anything may be asked for metadata and keys. */
function roleOf(origin: string, entries: readonly RunEntry[]): string {
  const there = entries.filter(({ exchange }) => contacted(exchange.request.url) === origin)
  const isServer = there.some(
    ({ about, config }) =>
      serverAlone.includes(about) ||
      originOf(config.token_endpoint) === origin ||
      originOf(issuerOf(config)) === origin,
  )
  const isApi = there.some(({ about }) => about === 'api')
  if (isServer) return isApi ? 'Authorization server and API' : 'Authorization server'
  return isApi ? 'API' : 'Host'
}
