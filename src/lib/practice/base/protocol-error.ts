import type { Rule } from './check-log.ts'

/** Thrown if a rule is broken and caught once, in `server.ts`: the rule, what was found, and the response. */
export class ProtocolError extends Error {
  readonly rule: Rule
  readonly found: string
  readonly response: Response

  constructor(rule: Rule, found: string, response: Response) {
    super(`${rule.what}: ${found}`)
    this.name = 'ProtocolError'
    this.rule = rule
    this.found = found
    this.response = response
  }
}
