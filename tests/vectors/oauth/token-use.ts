import type { Explanation } from '../../../src/lib/explanation/explanation.ts'
import type { Rung } from '../../../src/lib/explanation/ladder.ts'
import type { Exchange, HeaderList, HttpRequest, Outcome } from '../../../src/lib/http/message.ts'
import { generateKey } from '../../../src/lib/keys/generate-key.ts'
import { composeApiRequest } from '../../../src/lib/oauth/api/api-request.ts'
import { explainApi, readApiResponse } from '../../../src/lib/oauth/api/explain-api.ts'
import { type ApiCall, emptyApiCall } from '../../../src/lib/oauth/config/api-call.ts'
import { emptyConfig, type TokenRequestConfig } from '../../../src/lib/oauth/config/config.ts'
import { readToken } from '../../../src/lib/oauth/response/read-response.ts'
import { tokenFacts } from '../../../src/lib/oauth/response/token-facts.ts'
import { helseIdApi } from '../../../src/lib/servers/records/helseid/api.ts'
import { apiAt } from '../../../src/lib/servers/records/records.ts'
import { apiRefusals, serverRefusals } from '../../../src/lib/servers/refusals/refusals.ts'
import { noPast } from '../../../src/lib/why/refusal/facts/facts.ts'
import {
  explainRefusal,
  isRefusal,
  type Known,
  measureRequest,
  nothingKnown,
} from '../../../src/lib/why/refusal/refusal.ts'
import { understand } from '../../../src/lib/oauth/token/understand.ts'

/** 2024-01-01T00:00:00Z, the time of every test. */
export const now = 1_704_067_200_000

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

/** A request with what came of it, at the time of every test. */
export const exchangeOf = (request: HttpRequest, outcome: Outcome): Exchange => ({
  id: 1,
  purpose: '',
  request,
  startedAt: now,
  duration: 0,
  serverView: null,
  outcome,
})

export interface Situation {
  readonly call?: Partial<ApiCall>
  readonly config?: Partial<TokenRequestConfig>
  /** `null`: none was at hand. */
  readonly token?: string | null
  readonly scope?: string | null
}

const good = { iss: 'https://as.example', aud: 'https://api.example/', scope: 'read', exp: now / 1000 + 300 }

/** The key that proofs are signed with. */
export const proofKey = await generateKey('ES256', {})
const signing = { findKey: () => proofKey, now: () => now, nonce: null }

const whole = ({ call, config, token = jwt(good), scope = null }: Situation) => ({
  call: { ...emptyApiCall, url: 'https://api.example/things', ...call },
  config: { ...emptyConfig, issuer: 'https://as.example', client_id: 'm2m', scope: 'read', ...config },
  facts: token === null ? null : tokenFacts(readToken(token), now, scope),
})

/** What is said of a response to a call that has nothing wrong with it unless said. */
export async function explained(outcome: Outcome, situation: Situation = {}): Promise<Explanation | null> {
  const { call, config, facts } = whole(situation)
  return explainedAs(await composeApiRequest(call, facts, config, signing), outcome, situation)
}

/** The same of a request that was composed elsewhere. */
export async function explainedAs(
  request: HttpRequest,
  outcome: Outcome,
  situation: Situation,
): Promise<Explanation | null> {
  const made = whole(situation)
  const chosen = helseIdApi.isAt(made.call.url) ? apiRefusals.helseIdSampleApi : null
  const measured = await measureRequest(request)
  return explainApi(
    readApiResponse(outcome),
    { ...made, exchange: exchangeOf(request, outcome) },
    apiAt(made.call.url),
    {
      chosen,
      issuer: null,
      others: Object.values(apiRefusals).filter((record) => record !== chosen),
      past: { ...noPast, grantedScope: made.facts?.scope ?? null },
      pasted: '',
      measured,
    },
  )
}

/** What is known if the user chose no server: those that are recognised by their words. */
export const unchosen: Known = { ...nothingKnown, others: Object.values(serverRefusals) }

/** The stages of the ladder that are in that state. */
export const stagesOf = (explanation: Explanation | null, state: Rung['state']): readonly string[] =>
  (explanation?.ladder ?? []).filter((rung) => rung.state === state).map(({ stage }) => stage)

/** All that can be said of an exchange about a token, its refusal explained by what is known. */
export const understood = (exchange: Exchange, config: TokenRequestConfig, known: Known = unchosen) =>
  understand(exchange, config, async (answer) =>
    isRefusal(answer)
      ? explainRefusal('token', exchange, answer, config, {
          ...known,
          measured: await measureRequest(exchange.request),
        })
      : null,
  )
