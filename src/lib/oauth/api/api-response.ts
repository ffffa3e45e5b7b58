import { type Challenge, challengeParameter, challengesOf } from '../../http/challenges.ts'
import { type Exchange, headerValue, type Outcome } from '../../http/message.ts'
import {
  type Answer,
  type ErrorResponse,
  readTokenResponse,
  type Refused,
  refused,
  type Unreachable,
} from '../response/read-response.ts'
import { asString, member } from '../../json/value.ts'
import { isRegistered } from '../response/carried.ts'
import { decode } from '../../jwt/decode/decode.ts'
import { givenNonce } from '../response/dpop-nonce.ts'

/** What a call of an API amounts to. */
export type ApiReading =
  /** Any 2xx. */
  | { readonly kind: 'accepted'; readonly answer: Answer }
  | Refused
  /** The API responded, and it is not about the token. */
  | { readonly kind: 'other'; readonly answer: Answer; readonly status: number }
  | Unreachable

/** Reads what a call with a token came to. Never throws. @see RFC 6750 section 3 */
export function readApiResponse(outcome: Outcome): ApiReading {
  // Its reading of the body serves any response; what a token response should be does not matter here.
  const reading = readTokenResponse(outcome)
  if (reading.kind === 'unreachable') return reading
  const { answer } = reading
  const { status, headers } = answer.response
  const error =
    errorOf(challengeIn(challengesOf(headers))) ??
    (reading.kind === 'refused' ? ownCode(reading.error) : null)
  const isRefusal =
    status === 401 ||
    status === 403 ||
    (status === 400 && error !== null) ||
    (status < 300 && refusesInside(answer))
  if (isRefusal) return refused(answer, error)
  return status >= 200 && status < 300 ? { kind: 'accepted', answer } : { kind: 'other', answer, status }
}

/** Members in which an error inside a success names itself. */
const naming = ['message', 'error', 'code', 'errorType', 'needed'] as const

const onCredentials =
  /unauth(enticated|ori[sz]ed)|not[ _]auth|forbidden|access[ _-]denied|permission|privilege|scope|\b(jwt|token)\b|invalid[ _-](jwt|token|auth)|(token|account|session)_\w+|logged in|credential/i

/** What of a success says that it is none: GraphQL lists errors, others say ok: false. Empty if nothing does. */
export function errorsInside({ response: { status }, members }: Answer): readonly string[] {
  if (status >= 300 || members?.kind !== 'object') return []
  const errors = member(members, 'errors')
  const items = errors?.kind === 'array' ? errors.items : []
  const isDenied = ['ok', 'success'].some((name) => {
    const value = member(members, name)
    return value?.kind === 'literal' && value.value === false
  })
  const hasCode = isRegistered(asString(member(members, 'error')) ?? '')
  return [...items, ...(isDenied || hasCode ? [members] : [])].map((item) =>
    [item, member(item, 'extensions')]
      .flatMap((of) => naming.flatMap((name) => asString(member(of, name)) ?? []))
      .join(' '),
  )
}

/** Whether a success refuses the token: its errors are about credentials or rights. */
const refusesInside = (answer: Answer): boolean =>
  errorsInside(answer).some((said) => onCredentials.test(said))

/** The challenge that has an error, else the first; `null` if there is none. */
export function challengeIn(challenges: readonly Challenge[]): Challenge | null {
  return challenges.find((one) => challengeParameter(one, 'error') !== null) ?? challenges[0] ?? null
}

function errorOf(challenge: Challenge | null): ErrorResponse | null {
  const error = challenge && challengeParameter(challenge, 'error')
  if (!challenge || !error) return null
  return {
    error,
    error_description: challengeParameter(challenge, 'error_description'),
    hints: ['error_hint', 'error_debug'].flatMap((name) => challengeParameter(challenge, name) ?? []),
    error_uri: challengeParameter(challenge, 'error_uri'),
  }
}

/** Frameworks have an `error` of their own in the body ("Unauthorized", "Bad Request"), which is no code of OAuth. */
const ownCode = (error: ErrorResponse): ErrorResponse | null =>
  /^[a-z]+(?:_[a-z]+)+$/.test(error.error) ? error : null

/**
 * Whether an API refused a proof without its nonce, and gave the nonce with the refusal: then the same call with a
 * new proof is due. If CORS hides the challenge but not the nonce, a 401 with a nonce that the proof did not have
 * says the same.
 * @see RFC 9449 section 9
 */
export function demandsApiNonce(exchange: Exchange): boolean {
  const proof = headerValue(exchange.request.headers, 'dpop')
  const nonce = givenNonce(exchange)
  const reading = readApiResponse(exchange.outcome)
  if (proof === null || nonce === null || reading.kind !== 'refused') return false
  if (reading.error) return reading.error.error === 'use_dpop_nonce'
  return reading.status === 401 && reading.challenges.length === 0 && nonce !== nonceOf(proof)
}

function nonceOf(proof: string): string | undefined {
  const decoded = decode(proof)
  return decoded.kind === 'jws' ? asString(member(decoded.payload.value, 'nonce')) : undefined
}
