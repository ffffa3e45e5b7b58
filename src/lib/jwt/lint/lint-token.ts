import { decode, type Decoded } from '../decode/decode.ts'
import { bindingRules } from './binding.ts'
import { partyRules } from './parties.ts'
import { profileRules } from './profile.ts'
import { responseRules } from './response.ts'
import { na, type Check, type CheckContext, type Finding, type Rule, type Subject } from './rule.ts'
import { safetyRules } from './safety.ts'
import { scopeRules } from './scope.ts'
import { timeRules } from './time.ts'
import { longestToken } from '../decode/readable-jws.ts'

export type { Check, CheckContext } from './rule.ts'

/** What a token is worth, beside its signature, which is for `verify`. */
export interface TokenChecks {
  /**
   * Whether an API would take it, one that is as lenient as deployed ones are: `no` where a check of the groups other
   * than profile and response failed, `unknown` where the token cannot be read.
   */
  readonly usable: 'yes' | 'no' | 'unknown'
  /** Whether it keeps to RFC 9068 to the letter. */
  readonly profile: 'conforms' | 'differs' | 'not-applicable'
  /** One for each rule, in the order of the groups. */
  readonly checks: readonly Check[]
}

const rules: readonly Rule[] = [
  ...timeRules,
  ...partyRules,
  ...scopeRules,
  ...bindingRules,
  ...safetyRules,
  ...profileRules,
  ...responseRules,
]

/**
 * Holds an access token against the request it was asked with, the response it came in, the clock and RFC 9068. Of an
 * opaque token, what can be told from outside. Never rejects, whatever the text.
 * @see RFC 9068 sections 2 and 4, RFC 7519 section 4.1, RFC 8725 section 3
 */
export async function checkToken(token: string, context: CheckContext): Promise<TokenChecks> {
  const subject = subjectOf(token, context)
  const checks = await Promise.all(rules.map((rule) => apply(rule, subject)))
  const failed = (counts: (check: Check) => boolean): boolean =>
    checks.some((check) => check.result === 'fail' && counts(check))
  const isReadable = subject.header !== null && subject.claims !== null
  const decides = ({ group }: Check): boolean => group !== 'profile' && group !== 'response'
  return {
    usable: failed(decides) ? 'no' : isReadable ? 'yes' : 'unknown',
    profile: !isReadable
      ? 'not-applicable'
      : failed(({ group }) => group === 'profile')
        ? 'differs'
        : 'conforms',
    checks,
  }
}

function subjectOf(token: string, context: CheckContext): Subject {
  const decoded: Decoded =
    token.length > longestToken
      ? { kind: 'opaque', why: `It has ${token.length} characters; up to ${longestToken} are read.` }
      : decode(token)
  const header = decoded.kind === 'opaque' ? null : decoded.header.value
  const claims = decoded.kind === 'jws' ? decoded.payload.value : null
  return {
    token,
    decoded,
    header: header?.kind === 'object' ? header : null,
    claims: claims?.kind === 'object' ? claims : null,
    context,
    serverNow: context.now + context.skew * 1000,
  }
}

async function apply(rule: Rule, subject: Subject): Promise<Check> {
  const { what, group, spec } = rule
  const { result, found } = missing(rule, subject) ?? (await rule.look(subject))
  return { what, group, result, found, spec }
}

function missing({ needs }: Rule, { decoded, header, claims, context }: Subject): Finding | null {
  switch (needs) {
    case 'nothing':
      return null
    case 'response':
      return context.response === null ? na('There is no token response to look at.') : null
    case 'header':
    case 'claims':
      if ((needs === 'header' ? header : claims) !== null) return null
      return na(whyUnreadable(decoded))
    default:
      return needs satisfies never
  }
}

function whyUnreadable({ kind }: Decoded): string {
  switch (kind) {
    case 'opaque':
      return 'The token is opaque: only the server that issued it can tell (introspection).'
    case 'jwe':
      return 'The claims are encrypted, and only the resource server can read them.'
    case 'jws':
      return 'That part of the token cannot be read.'
    default:
      return kind satisfies never
  }
}
