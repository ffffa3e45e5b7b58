import type { HeaderList } from '../../http/message.ts'
import { readResponse } from '../../oauth/response/read-response.ts'
import { readCame } from './facts/came.ts'
import type { Endpoint } from './facts/facts.ts'
import { findReason } from './reason.ts'
import { factsOf, jwt, now, type Refusal } from './refusal-testing.ts'

const seconds = now / 1000
const good = { iss: 'https://as.example', aud: 'https://api.example', scope: 'read', exp: seconds + 300 }

/** What an API was called with, or an operation was about, by the name that a line has for it; a good RS256 token if it has none. */
const tokens: Readonly<Record<string, string>> = {
  rs384: jwt(good, { alg: 'RS384', kid: 'k1' }),
  expired: jwt({ ...good, exp: seconds - 900 }),
  noiss: jwt({ aud: 'https://api.example', exp: seconds + 300 }),
  noexp: jwt({ iss: 'https://as.example', aud: 'https://api.example' }),
  expstr: jwt({ ...good, exp: '1704067200' }),
  none: jwt(good, { alg: 'none' }),
  opaque: 'ory_at_abc.def',
}
const usual = jwt(good, { alg: 'RS256', typ: 'at+jwt', kid: 'k1' })

/** What else of a request a line may name. */
const requests: Readonly<Record<string, Refusal>> = {
  nothing: { credentials: 'none' },
  assertion: { credentials: 'assertion' },
  both: { credentials: 'both' },
  dpop: { dpop: true },
  unscoped: { scope: '' },
}

/** The lines of a table: what is to be said, the status, in brackets what else is so, the body or `-`, and after `<-` the challenge. */
export const linesOf = (table: string): readonly string[] => table.trim().split('\n')

export const wantedOf = (line: string): string => line.slice(0, line.indexOf(' '))

const form = /^\S+ (\d+)(?: \[([^\]]*)\])? (.*?)(?: <- (.*))?$/

/** The first cause; with `?` if it is possible only, `-` if nothing is named. */
export function told(line: string, endpoint: Endpoint = 'api'): string {
  const [, status = '', flags = '', body = '', challenge] = form.exec(line) ?? []
  const named = flags.split(' ')
  const headers: HeaderList = [
    ...(challenge === undefined ? [] : [['www-authenticate', challenge] as const]),
    ...named.flatMap((flag) => {
      const [name = '', value] = flag.split(':')
      return value === undefined ? [] : [[name, value] as const]
    }),
  ]
  const response = {
    status: Number(status),
    statusText: '',
    headers,
    body: new TextEncoder().encode(body === '-' ? '' : body),
  }
  const token = named.map((flag) => tokens[flag]).find((one) => one !== undefined) ?? usual
  const sent = named.reduce<Refusal>((all, flag) => ({ ...all, ...requests[flag] }), { endpoint, token })
  const facts = { ...factsOf(sent), came: readCame(readResponse(response).answer) }
  const { stage, certainty, reasons } = findReason(facts, null, [])
  const first = reasons[0]?.id ?? ''
  if (certainty === 'possible' && wantedOf(line) === '-') return stage === null ? '-' : first
  return first + (certainty === 'possible' ? '?' : '')
}
