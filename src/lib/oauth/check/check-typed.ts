import { inHeader } from '../config/auth-methods.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { rfc } from '../../spec.ts'
import { stray } from './check-text.ts'
import type { Problem, Rule } from './problem.ts'
import { idRule, secretRule } from './typed-credentials.ts'
import { endpointRules, type Instead, placeholder, urlRule } from './typed-endpoint.ts'
import { scopeRules } from './typed-scope.ts'

type Field = 'discovery' | 'token_endpoint' | 'client_id' | 'client_secret' | 'scope'
type TypedRule = (value: string, config: TokenRequestConfig) => Instead | null

/** What was copied along, or typed in the wrong place. Of each list the first that applies is said. */
const rules: Readonly<Record<Field, readonly (readonly TypedRule[])[]>> = {
  discovery: [[urlRule, placeholder]],
  token_endpoint: [[...endpointRules, stray]],
  client_id: [[idRule, stray], [colonInRawId]],
  client_secret: [[secretRule, stray]],
  scope: [[scopeRules]],
}

/**
 * All that is to be said of the fields that every configuration has: what `checkConfig` found, without what a better remark
 * is in the place of, and what does not prevent sending.
 */
export function checkTyped(config: TokenRequestConfig, early: readonly Problem[]): Problem[] {
  return (Object.keys(rules) as Field[]).flatMap((field) => {
    const before = early.filter((problem) => problem.field === field)
    const found = rules[field].flatMap((list): Instead[] => {
      for (const rule of list) {
        const remark = rule(config[field], config)
        if (remark) return [remark]
      }
      return []
    })
    const replaced = before.filter(({ level }) => level === 'error' || level === 'warning')
    const isReplaced = found.some(({ instead }) => instead)
    const level =
      isReplaced && replaced.some((problem) => problem.level === 'error') ? { level: 'error' as const } : {}
    return [
      ...(isReplaced ? before.filter((problem) => !replaced.includes(problem)) : before),
      ...found.map(({ instead, ...remark }): Problem => ({ field, ...remark, ...(instead && level) })),
    ]
  })
}

function colonInRawId(value: string, config: TokenRequestConfig): ReturnType<Rule> {
  const raw = inHeader(config) && config.basic_encoding === 'raw'
  if (!raw || !value.includes(':')) return null
  return {
    level: 'warning',
    message: 'Not encoded, an ID with a colon is cut there: the server reads the rest as the secret.',
    spec: rfc(7617, '2'),
  }
}
