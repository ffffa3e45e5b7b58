import type { HeaderList, Outcome } from '../http/message.ts'
import { emptyConfig, type TokenRequestConfig } from '../oauth/config/config.ts'
import type { Compared } from './comparison.ts'
import type { Comparison } from './comparison.ts'
import type { Row } from './row.ts'

/** What a test says of an exchange; the rest is that of a token request which brought nothing. */
export interface Said {
  readonly about?: string
  readonly config?: Partial<TokenRequestConfig>
  readonly method?: string
  readonly url?: string
  readonly headers?: HeaderList
  readonly body?: string | null
  readonly status?: number
  readonly came?: HeaderList
  readonly content?: string | Uint8Array
  readonly outcome?: Outcome
}

const form: HeaderList = [['content-type', 'application/x-www-form-urlencoded']]

/** An exchange as it is compared. */
export function exchangeOf(said: Said): Compared {
  const { content = '', status = 200, came = [], headers = form, body = '' } = said
  const response = {
    ...{ status, statusText: '', headers: came },
    body: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  }
  return {
    about: said.about ?? 'token',
    config: { ...emptyConfig, ...said.config },
    exchange: {
      ...{ id: 1, purpose: 'Token request', startedAt: 0, duration: 1, serverView: null },
      request: { method: said.method ?? 'POST', url: said.url ?? 'https://a.example/token', headers, body },
      outcome: said.outcome ?? { kind: 'response', response },
    },
  }
}

/** The rows of a section that differ, each as a line: `scope: changed: read | write (note)`. */
export const changesIn = ({ sections }: Comparison, title: string): readonly string[] =>
  (sections.find((section) => section.title === title)?.changes ?? []).map(inALine)

/** Those that are another one each time. */
export const eachTimeIn = ({ sections }: Comparison, title: string): readonly string[] =>
  (sections.find((section) => section.title === title)?.eachTime ?? []).map(({ name }) => name)

const inALine = ({ name, kind, first, second, note }: Row): string =>
  `${name}: ${kind}: ${first ?? '-'} | ${second ?? '-'}${note === '' ? '' : ` (${note})`}`

/** A JWT with that header and those claims, as JSON texts. */
export function jwtOf(header: string, claims: string, signature = 'c2ln'): string {
  const encode = (text: string) => Buffer.from(text).toString('base64url')
  return `${encode(header)}.${encode(claims)}.${signature}`
}
