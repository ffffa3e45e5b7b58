import { claimsOf, decode, type Decoded } from '../decode/decode.ts'
import { whoOpens } from '../decode/who-opens.ts'
import { bindingRules } from './binding.ts'
import { partyRules } from './parties.ts'
import { profileRules } from './profile.ts'
import { responseRules } from './response.ts'
import { type Result, skipped } from '../../check.ts'
import type { LintCheck, LintContext, Rule, Subject } from './rule.ts'
import { safetyRules } from './safety.ts'
import { scopeRules } from './scope.ts'
import { timeRules } from './time.ts'

export type { LintCheck, LintContext } from './rule.ts'

/** What a token is worth, apart from its signature, which is for `verify`. */
export interface Lint {
  /**
   * Whether an API would accept it, one that is as lenient as deployed ones are: `no` if a check of the groups other
   * than profile and response failed, `lenient` if an API that checks issuer, audience or time to the letter refuses it,
   * `unknown` if the token cannot be read.
   */
  readonly usable: 'yes' | 'lenient' | 'no' | 'unknown'
  /** Whether it keeps to RFC 9068 to the letter; of a token that is encrypted nobody but its API can say. */
  readonly profile: 'conforms' | 'differs' | 'not-applicable' | 'hidden'
  /** One for each rule, in the order of the groups. */
  readonly checks: readonly LintCheck[]
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
 * Checks an access token against the request it was asked with, the response it came in, the clock and RFC 9068. Of an
 * opaque token, what can be seen from outside. Never rejects, whatever the text.
 * @param decoded the token, if its owner has decoded it already
 * @see RFC 9068 sections 2 and 4, RFC 7519 section 4.1, RFC 8725 section 3
 */
export async function lintToken(token: string, context: LintContext, decoded = decode(token)): Promise<Lint> {
  const subject = subjectOf(token, decoded, context)
  const checks = await Promise.all(rules.map((rule) => apply(rule, subject)))
  const failed = (counts: (check: LintCheck) => boolean): boolean =>
    checks.some((check) => check.result === 'fail' && counts(check))
  const isReadable = subject.header !== null && subject.claims !== null
  const isMinded = rules.some((rule, index) => rule.isMinded && checks[index]?.result === 'warn')
  const decides = ({ group }: LintCheck): boolean => group !== 'profile' && group !== 'response'
  return {
    usable: failed(decides) ? 'no' : !isReadable ? 'unknown' : isMinded ? 'lenient' : 'yes',
    profile: !isReadable
      ? decoded.kind === 'jwe'
        ? 'hidden'
        : 'not-applicable'
      : failed(({ group }) => group === 'profile')
        ? 'differs'
        : 'conforms',
    checks,
  }
}

function subjectOf(token: string, decoded: Decoded, context: LintContext): Subject {
  const header = decoded.kind === 'opaque' ? null : decoded.header.value
  return {
    token,
    decoded,
    header: header?.kind === 'object' ? header : null,
    claims: claimsOf(decoded),
    context,
    serverNow: context.now + context.skew * 1000,
  }
}

async function apply(rule: Rule, subject: Subject): Promise<LintCheck> {
  const { what, group, spec } = rule
  const { result, found } = missing(rule, subject) ?? (await rule.look(subject))
  return { what, group, result, found, spec }
}

function missing({ needs }: Rule, { decoded, header, claims, context }: Subject): Result | null {
  switch (needs) {
    case 'nothing':
      return null
    case 'response':
      return context.response === null ? skipped('There is no token response to look at.') : null
    case 'header':
    case 'claims':
      if ((needs === 'header' ? header : claims) !== null) return null
      return skipped(whyUnreadable(decoded))
    default:
      return needs satisfies never
  }
}

function whyUnreadable(decoded: Decoded): string {
  switch (decoded.kind) {
    case 'opaque':
      return decoded.isWhole
        ? 'The token is opaque: only the server that issued it can tell (introspection).'
        : decoded.why
    case 'jwe':
      return whoOpens(decoded.header.value).sentence
    case 'jws':
      return 'That part of the token cannot be read.'
    default:
      return decoded satisfies never
  }
}
