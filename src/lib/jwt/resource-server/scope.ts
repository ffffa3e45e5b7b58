import { rfc } from '../../spec.ts'
import { list, scopeOf, scopeValues, unreadableScope } from '../decode/claim-values.ts'
import { scopeDifference } from '../lint/differences.ts'
import { elsewhereInWords, heldElsewhere, oddScope } from '../lint/rights.ts'
import { pass, skipped, warn } from '../../check.ts'
import type { ResourceRule } from './presented.ts'

/**
 * Whether the rights that an API demands are in the scope, or else in a claim that it would have to read.
 * @see RFC 6750 section 3.1, RFC 9068 section 2.2.3.1
 */
export const isAllowed: ResourceRule = {
  what: 'Its scope is enough',
  spec: rfc(6750, '3.1'),
  look({ claims, requirements }) {
    const needed = scopeValues(requirements.scope)
    if (needed.length === 0) return skipped('No scope is demanded.')
    const has = scopeOf(claims)
    const values = new Set(has?.values)
    // Spring demands SCOPE_read, and finds it if the scope has read.
    const missing = needed.filter((value) => !values.has(value) && !values.has(value.replace(/^SCOPE_/, '')))
    const odd = [unreadableScope(claims), has === null ? null : oddScope(claims, has.claim)]
    const found = [
      has === null ? 'It has no scope.' : `${has.claim} has ${list(has.values) || 'none'}.`,
      ...odd.filter((words) => words !== null),
    ].join(' ')
    if (missing.length === 0) return odd.some((words) => words !== null) ? warn(found) : pass(found)
    const held = heldElsewhere(claims, missing)
    const nowhere = missing.filter((value) => !held.some(({ wanted }) => wanted === value))
    const elsewhere = held.length === 0 ? '' : ` ${elsewhereInWords(held)}`
    if (nowhere.length === 0) return warn(`${found}${elsewhere}`)
    const { renamed } = scopeDifference(nowhere, has?.values ?? [])
    const alike = renamed.map(
      ([asked, got]) =>
        ` It has ${list([got])}, which is not ${list([asked])} to an API that compares whole values.`,
    )
    return {
      result: 'fail',
      found: `${found} Missing: ${list(nowhere)}.${alike.join('')}${elsewhere}`,
      refusal: 'insufficient_scope',
      description: 'The request needs more scope than the access token has',
    }
  },
}
