import { rfc } from '../../spec.ts'
import type { CheckLog, Rule } from '../base/check-log.ts'
import { practiceAudience, practiceResources } from '../base/origin.ts'
import { tokenError } from '../base/token-error.ts'
import { quote } from '../base/wording.ts'

const absolute: Rule = { what: 'resource is an absolute URI without a fragment', spec: rfc(8707, '2') }
const known: Rule = { what: 'resource is known', spec: rfc(8707, '2') }

/** The audience of a token: the resources asked for, or the API. A single one is no list. @see RFC 8707 section 2 */
export function grantAudience(requested: readonly string[], checks: CheckLog): string | string[] {
  const resources = [...new Set(requested)]
  if (resources.length === 0) return practiceAudience
  const malformed = resources.find((uri) => !/^[a-z][a-z0-9+.-]*:[^#]+$/i.test(uri) || !URL.canParse(uri))
  if (malformed !== undefined) {
    throw tokenError('invalid_target', absolute, describe(malformed))
  }
  checks.pass(absolute, resources.map(quote).join(', '))
  const unknown = resources.find((uri) => !practiceResources.includes(uri))
  if (unknown !== undefined) {
    const found = `${quote(unknown)} is unknown; there is ${practiceResources.map(quote).join(' and ')}`
    throw tokenError('invalid_target', known, found)
  }
  checks.pass(known, resources.map(quote).join(', '))
  const [first = practiceAudience, ...others] = resources
  return others.length === 0 ? first : resources
}

function describe(uri: string): string {
  const mistake = uri.includes('#') ? 'has a fragment' : 'is not an absolute URI'
  return `resource ${quote(uri)} ${mistake}`
}
