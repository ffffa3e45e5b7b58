import type { SpecLink } from '../../spec.ts'
import type { CheckLog } from '../base/check-log.ts'
import type { Form } from '../base/form-body.ts'
import { tokenError } from '../base/token-error.ts'
import { quote } from '../base/wording.ts'

/** The parameters of a request about a token. @see RFC 7662 section 2.1 and RFC 7009 section 2.1 */
export const tokenParameters = ['token', 'token_type_hint']

/** The token a request is about, as `spec` has it. Whatever the hint says, a token of any type is looked for. */
export function sentToken(form: Form, spec: SpecLink, checks: CheckLog): string {
  const sent = { what: 'A token is sent', spec }
  const token = form.get('token')
  if (token === undefined) throw tokenError('invalid_request', sent, 'token is missing')
  checks.pass(sent, `${token.length} characters`)
  const hint = form.get('token_type_hint')
  if (hint !== undefined) {
    const found = hint === 'access_token' ? quote(hint) : `${quote(hint)}; there are access tokens here only`
    checks[hint === 'access_token' ? 'pass' : 'note']({ what: 'token_type_hint is only a hint', spec }, found)
  }
  return token
}
