import { asksMore, type TokenRequestConfig } from '../config/config.ts'
import { authMethodOf, usesAssertion } from '../config/auth-methods.ts'
import { rfc } from '../../spec.ts'
import { checkEndpoint } from './check-endpoint.ts'
import { checkHost } from './check-host.ts'
import { loneSurrogate } from './check-text.ts'
import type { Problem, Remark, Rule } from './problem.ts'

/**
 * Checks the fields that every configuration has, for what prevents sending. What is to be said besides comes with
 * `checkTyped`.
 */
export function checkConfig(config: TokenRequestConfig): Problem[] {
  return (Object.keys(rules) as (keyof typeof rules)[]).flatMap((field) =>
    rules[field].flatMap((rule) => {
      const problem = rule(config[field], config)
      return problem ? [{ field, ...problem }] : []
    }),
  )
}

/** Whether a configuration has fields for `checkMore`, which is loaded on demand. */
export function needsMore(config: TokenRequestConfig): boolean {
  return usesAssertion(config) || config.dpop.on || asksMore(config)
}

export function isSendable(problems: readonly Remark[]): boolean {
  return !problems.some(({ level }) => level === 'error' || level === 'missing')
}

type Field = 'discovery' | 'token_endpoint' | 'client_id' | 'client_secret' | 'scope'

const rules: Readonly<Record<Field, readonly Rule[]>> = {
  discovery: [checkHost],
  token_endpoint: [checkEndpoint, checkHost],
  client_id: [missingId, loneSurrogate],
  client_secret: [loneSurrogate, missingSecret],
  scope: [loneSurrogate],
}

function missingId(value: string): ReturnType<Rule> {
  return value === '' ? { level: 'missing', message: 'Enter the client ID.', spec: rfc(6749, '2.3.1') } : null
}

function missingSecret(value: string, config: TokenRequestConfig): ReturnType<Rule> {
  if (value !== '' || authMethodOf(config).sends !== 'secret') return null
  return { level: 'note', message: 'No secret: the client will not authenticate.', spec: rfc(6749, '2.3.1') }
}
