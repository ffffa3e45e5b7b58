import { rfc } from '../../spec.ts'
import { practiceOrigin } from '../base/origin.ts'
import type { TokenClaims } from '../base/token-records.ts'
import { fail, pass } from '../../check.ts'
import type { Judgement } from '../base/verdict.ts'
import { quote, show, when } from '../base/wording.ts'

/** The claims of a token, and the audiences that the API it came to is; the first is what most of its tokens are for. */
interface Presented {
  readonly claims: Partial<TokenClaims>
  readonly audiences: readonly string[]
}

/** What every API sees to. */
export const forThisApi: Judgement<Presented> = {
  rule: { what: 'This API is the audience', spec: rfc(7519, '4.1.3') },
  judge: ({ claims: { aud }, audiences }) => {
    const found = `aud ${show(aud)}`
    return [aud].flat().some((one) => one !== undefined && audiences.includes(one))
      ? pass(found)
      : fail(`${found}, expected ${quote(audiences[0] ?? '')}`)
  },
}

/** What the claims of a JWT must say, in order; the time is in seconds. @see RFC 9068 section 4 */
export const claimRules: readonly Judgement<Presented & { readonly now: number }>[] = [
  {
    rule: { what: 'The issuer is this authorization server', spec: rfc(7519, '4.1.1') },
    judge: ({ claims: { iss } }) =>
      iss === practiceOrigin
        ? pass(`iss ${quote(iss)}`)
        : fail(`iss ${show(iss)}, expected ${quote(practiceOrigin)}`),
  },
  forThisApi,
  {
    rule: { what: 'It has not expired', spec: rfc(7519, '4.1.4') },
    judge: ({ claims: { exp = 0 }, now }) =>
      now < exp ? pass(`${exp - now} s left`) : fail(`The token expired ${when(exp, now)}`),
  },
]
