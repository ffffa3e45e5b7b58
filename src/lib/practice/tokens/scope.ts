import { rfc } from '../../spec.ts'
import type { CheckLog, Rule } from '../base/check-log.ts'
import type { PracticeClient } from '../base/server-state.ts'
import { tokenError } from '../base/token-error.ts'
import { quote } from '../base/wording.ts'

const wellFormed: Rule = { what: 'The scope is a list of scope tokens', spec: rfc(6749, '3.3') }
const allowed: Rule = { what: 'The scope is allowed', spec: rfc(6749, '3.3') }

/** `scope-token *( SP scope-token )`. @see RFC 6749 section 3.3 */
const scopeSyntax = /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/

/** The scope the client gets: what it asked for, or its default. All or nothing. @see RFC 6749 section 3.3 */
export function grantScope(client: PracticeClient, requested: string | undefined, checks: CheckLog): string {
  if (requested === undefined) {
    checks.note(allowed, `None was asked for, so the default is granted: ${client.default_scope}`)
    return client.default_scope
  }
  if (!scopeSyntax.test(requested)) {
    const found =
      'Scope tokens are printable ASCII without quotation mark and backslash, one space between two'
    throw tokenError('invalid_scope', wellFormed, found)
  }
  const tokens = [...new Set(requested.split(' '))]
  const permitted = client.scope.split(' ')
  const unknown = tokens.filter((token) => !permitted.includes(token))
  if (unknown.length > 0) throw tokenError('invalid_scope', allowed, refusal(unknown))
  checks.pass(allowed, tokens.join(' '))
  return tokens.join(' ')
}

function refusal(unknown: readonly string[]): string {
  const joined = unknown.find((token) => /[,;]/.test(token))
  if (joined !== undefined) return `${quote(joined)} is one unknown scope: scopes are separated by spaces`
  return `This client may not have ${unknown.map(quote).join(', ')}`
}
