import type { HeaderList, Outcome } from '../../../src/lib/http/message.ts'
import { type ApiCall, emptyApiCall } from '../../../src/lib/oauth/config/api-call.ts'
import { apiAt } from '../../../src/lib/servers/records/records.ts'
import { emptyConfig, type TokenRequestConfig } from '../../../src/lib/oauth/config/config.ts'
import { explainApi, readApiResponse } from '../../../src/lib/oauth/api/explain-api.ts'
import { readToken } from '../../../src/lib/oauth/response/read-response.ts'
import { tokenFacts } from '../../../src/lib/oauth/response/token-facts.ts'

/** 2024-01-01T00:00:00Z, the time of every test. */
export const now = 1_704_067_200_000
export const pageOrigin = 'http://localhost:5173'

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A JWT with those claims, whose signature nobody has made. */
export const jwt = (claims: object, header: object = { alg: 'RS256', typ: 'at+jwt' }): string =>
  [base64url(header), base64url(claims), 'c2lnbmF0dXJl'].join('.')

/** A response as a page sees it. */
export const answered = (status: number, headers: HeaderList = [], body = ''): Outcome => ({
  kind: 'response',
  response: { status, statusText: '', headers, body: new TextEncoder().encode(body) },
})

/** A refusal with that challenge. */
export const challenged = (status: number, challenge: string): Outcome =>
  answered(status, [['www-authenticate', challenge]])

export interface Situation {
  readonly call?: Partial<ApiCall>
  readonly config?: Partial<TokenRequestConfig>
  readonly token?: string
  readonly scope?: string | null
  readonly origin?: string
}

const good = { iss: 'https://as.example', aud: 'https://api.example/', scope: 'read', exp: now / 1000 + 300 }

/** What is said of a response to a call that has nothing wrong with it unless said. */
export function explained(outcome: Outcome, situation: Situation = {}) {
  const { call, config, token = jwt(good), scope = null, origin = pageOrigin } = situation
  return explainApi(
    readApiResponse(outcome),
    { ...emptyApiCall, url: 'https://api.example/things', ...call },
    { ...emptyConfig, issuer: 'https://as.example', client_id: 'm2m', scope: 'read', ...config },
    tokenFacts(readToken(token), now, scope),
    origin,
    apiAt(call?.url ?? ''),
  )
}
