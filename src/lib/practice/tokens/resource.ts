import { rfc } from '../../spec.ts'
import type { Rule } from '../base/check-log.ts'
import type { Context } from '../base/endpoint.ts'
import { practiceAudience, practiceResources } from '../base/origin.ts'
import { tokenError } from '../base/token-error.ts'
import { quote } from '../base/wording.ts'

const absolute: Rule = { what: 'resource is an absolute URI without a fragment', spec: rfc(8707, '2') }
const known: Rule = { what: 'resource is known', spec: rfc(8707, '2') }

/** The audience of a token: the resources asked for, or the API. A single one is no list. @see RFC 8707 section 2 */
export function grantAudience(
  requested: readonly string[],
  { checks, apiUrls }: Pick<Context, 'checks' | 'apiUrls'>,
): string | string[] {
  const resources = [...new Set(requested)]
  if (resources.length === 0) return practiceAudience
  const malformed = resources.find((uri) => !/^[a-z][a-z0-9+.-]*:[^#]+$/i.test(uri) || !URL.canParse(uri))
  if (malformed !== undefined) {
    throw tokenError('invalid_target', absolute, describe(malformed))
  }
  checks.pass(absolute, resources.map(quote).join(', '))
  const unknown = resources.find((uri) => ![...practiceResources, ...apiUrls].includes(uri))
  if (unknown !== undefined) {
    const found = `${quote(unknown)} is unknown; there is ${listed}`
    throw tokenError('invalid_target', known, found)
  }
  checks.pass(known, resources.map(quote).join(', '))
  const [first = practiceAudience, ...others] = resources
  return others.length === 0 ? first : resources
}

const listed = `${practiceResources.map(quote).join(', ')} and the URL of each API`

function describe(uri: string): string {
  const mistake = uri.includes('#') ? 'has a fragment' : 'is not an absolute URI'
  return `resource ${quote(uri)} ${mistake}`
}
