import type { Check } from '../../check.ts'

/** A check on the way to a verdict on the signature. */
export interface Step extends Check {
  /** What may help: the keys as the server has them now, or other keys. */
  readonly remedy?: 'fetch-again' | 'paste'
}

/** A step of the way to a verdict: it goes on with what it made, or ends there. */
export type Stage<T> =
  | { readonly ok: true; readonly step: Step; readonly value: T }
  | { readonly ok: false; readonly step: Step; readonly verdict: 'failed' | 'unchecked' }

/** The steps on the way, by what they state; in order. */
export const stepNames = {
  shape: 'It is a signed token (JWS)',
  algorithm: 'Its algorithm protects it',
  extensions: 'It demands nothing that is unknown',
  keys: 'There are keys to verify with',
  choice: 'A key fits the token',
  signature: 'The signature is that of the key',
} as const

/** What decided a verification: the step it ended at, and what was odd on the way there. */
export function tellingSteps(steps: readonly Step[]): readonly Step[] {
  const stopped = steps.findIndex(({ result }) => result === 'fail' || result === 'skipped')
  const end = stopped === -1 ? steps.length - 1 : stopped
  return steps.filter(({ result }, index) => index === end || (index < end && result === 'warn'))
}
