import type { HeaderList } from '../../http/message.ts'
import { type Check, skipped } from '../../check.ts'
import { challenge } from './challenge.ts'
import { type Outcome, presented, type PresentedContext, type Requirements } from './presented.ts'
import { resourceRules } from './resource-rules.ts'

export type { Requirements } from './presented.ts'

/** What an API does with a token: the checks in the order it makes them, and its response. */
export interface Decision {
  /** Those after the first that failed are `skipped`: an API stops there. */
  readonly checks: readonly Check[]
  readonly response: {
    readonly status: 200 | 400 | 401 | 403
    readonly headers: HeaderList
    readonly body: string
  }
}

/** @see RFC 6750 section 3.1 */
const statusOf = { none: 401, invalid_request: 400, invalid_token: 401, insufficient_scope: 403 } as const

/**
 * Decides as an API that accepts JWT access tokens does, and responds as it would. A signature that was not verified
 * counts as good, and the step says so. Never throws, whatever the token.
 * @param token `null`: the request has no Authorization field
 * @see RFC 6750 sections 2 and 3, RFC 9068 section 4, RFC 9449 section 7
 */
export function decide(
  token: string | null,
  requirements: Requirements,
  context: PresentedContext,
): Decision {
  const subject = presented(token ?? '', requirements, context)
  let refused: Extract<Outcome, { result: 'fail' }> | null = null
  const checks: Check[] = []
  for (const { what, spec, look } of resourceRules) {
    const outcome: Outcome = refused === null ? look(subject) : notReached
    checks.push({ what, result: outcome.result, found: outcome.found, spec })
    if (outcome.result === 'fail') refused = outcome
  }
  return { checks, response: refused === null ? granted : answer(refused, requirements) }
}

const notReached = skipped('Not reached: the request is refused.')

const granted: Decision['response'] = {
  status: 200,
  headers: [
    ['Content-Type', 'application/json'],
    ['Cache-Control', 'no-store'],
  ],
  body: '{"access":"granted"}',
}

function answer(
  refused: Extract<Outcome, { result: 'fail' }>,
  requirements: Requirements,
): Decision['response'] {
  return {
    status: statusOf[refused.refusal],
    headers: [
      ['WWW-Authenticate', challenge(refused, requirements)],
      ['Cache-Control', 'no-store'],
    ],
    body: '',
  }
}
