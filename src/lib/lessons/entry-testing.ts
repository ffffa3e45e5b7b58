import type { HeaderList, Outcome } from '../http/message.ts'
import { emptyApiCall } from '../oauth/config/api-call.ts'
import { emptyConfig } from '../oauth/config/config.ts'
import { readToken } from '../oauth/response/read-response.ts'
import type { LessonEntry } from './seen.ts'

/** An exchange in a few words. */
export interface Told {
  readonly about?: string
  readonly id?: number
  readonly at?: number
  readonly client?: string
  readonly method?: string
  readonly url?: string
  readonly headers?: HeaderList
  /** The parameters of a form. */
  readonly form?: readonly (readonly [string, string])[]
  /** `null`: no response came. */
  readonly status?: number | null
  readonly body?: object
  readonly challenge?: string
  /** The token that it is about. */
  readonly token?: string
  readonly replayOf?: number | null
}

const segment = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A JWT of these claims, whose signature is none. */
export const jwtOf = (claims: object, header: object = { alg: 'ES256' }): string =>
  `${segment(header)}.${segment(claims)}.c2ln`

/** The Basic credentials of this user-pass. */
export const basic = (joined: string): HeaderList => [
  ['authorization', `Basic ${Buffer.from(joined).toString('base64')}`],
]

/** The exchange, as the page keeps it. */
export function entryOf(told: Told): LessonEntry {
  const { about = 'token', id = 1, at = 0, client = 'c', form, token, replayOf = null } = told
  const { method = 'POST', url = 'https://as.example/token', headers = [] } = told
  const type: HeaderList = form ? [['content-type', 'application/x-www-form-urlencoded;charset=UTF-8']] : []
  return {
    about,
    replayOf,
    config: { ...emptyConfig, client_id: client },
    call: emptyApiCall,
    ...(token === undefined ? {} : { facts: readToken(token) }),
    exchange: {
      id,
      purpose: about,
      request: {
        method,
        url,
        headers: [...headers, ...type],
        body: form ? new URLSearchParams(form.map(([name, value]) => [name, value])).toString() : null,
      },
      outcome: outcomeOf(told),
      serverView: null,
      startedAt: at,
      duration: 1,
    },
  }
}

function outcomeOf({ status = 200, body = {}, challenge }: Told): Outcome {
  if (status === null)
    return { kind: 'failure', name: 'TypeError', message: 'Failed to fetch', partial: null }
  return {
    kind: 'response',
    response: {
      status,
      statusText: '',
      headers: [
        ['content-type', 'application/json'],
        ...(challenge === undefined ? [] : [['www-authenticate', challenge] as const]),
      ],
      body: new TextEncoder().encode(JSON.stringify(body)),
    },
  }
}

/** A response with this token. */
export const issuing = (access_token: string, more: object = {}) => ({
  body: { access_token, token_type: 'Bearer', ...more },
})
