import type { HeaderList } from '../../http/message.ts'
import { challenge } from './challenge.ts'
import { presented, type Outcome, type Requirements } from './presented.ts'
import { resourceRules } from './resource-rules.ts'
import type { Step } from '../verify/step.ts'
import type { Verification } from '../verify/verify.ts'

export type { Requirements } from './presented.ts'

/** What an API does with a token: the checks in the order it makes them, and its answer. */
export interface Decision {
  /** Those after the first that failed are `skipped`: an API stops there. */
  readonly steps: readonly Step[]
  readonly response: {
    readonly status: 200 | 400 | 401 | 403
    readonly headers: HeaderList
    readonly body: string
  }
}

/** @see RFC 6750 section 3.1 */
const statusOf = { none: 401, invalid_request: 400, invalid_token: 401, insufficient_scope: 403 } as const

/**
 * Decides as an API that takes JWT access tokens does, and answers as it would. A signature that was not verified is
 * taken for good, and the step says so. Never throws, whatever the token.
 * @param token `null`: the request has no Authorization field
 * @param context `now` in milliseconds since 1970 by the API's clock, `tolerance` in seconds
 * @see RFC 6750 sections 2 and 3, RFC 9068 section 4, RFC 9449 section 7
 */
export function decide(
  token: string | null,
  requirements: Requirements,
  context: { readonly verification: Verification | null; readonly now: number; readonly tolerance: number },
): Decision {
  const subject = presented(token ?? '', requirements, context)
  let refused: Extract<Outcome, { result: 'fail' }> | null = null
  const steps: Step[] = []
  for (const { what, spec, look } of resourceRules) {
    const outcome: Outcome = refused === null ? look(subject) : notReached
    steps.push({ what, result: outcome.result, found: outcome.found, spec, remedy: null })
    if (outcome.result === 'fail') refused = outcome
  }
  return { steps, response: refused === null ? granted : answer(refused, requirements) }
}

const notReached: Outcome = { result: 'skipped', found: 'Not reached: the request is refused.' }

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
