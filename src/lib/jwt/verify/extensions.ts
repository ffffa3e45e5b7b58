import { asString, type JsonValue, member } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc, type SpecLink } from '../../spec.ts'
import { type Stage, stepNames } from './step.ts'

const what = stepNames.extensions

/**
 * Whether a header demands an extension. Of those, only `b64` is known, and a JWT must not use it.
 * @see RFC 7515 section 4.1.11, RFC 7797 sections 6 and 7
 */
export function readExtensions(header: JsonValue): Stage<null> {
  const b64 = member(header, 'b64')
  if (b64 !== undefined && !(b64.kind === 'literal' && b64.value === true)) {
    return refuse(
      'b64 is not true: the payload would be in the token as it is, which a JWT must not do.',
      rfc(7797, '7'),
    )
  }
  const crit = member(header, 'crit')
  if (crit === undefined) return pass('The header has no crit.')
  const names = crit.kind === 'array' ? crit.items.map(asString) : []
  if (names.length === 0 || names.some((name) => name === undefined || name === ''))
    return refuse('crit is not an array of names, or is empty.')
  const unknown = names.filter((name) => name !== 'b64')
  if (unknown.length > 0) {
    const listed = quoted(unknown.slice(0, 10).join(', '))
    return refuse(
      `crit demands ${listed}. Whoever does not understand an extension that is marked critical must refuse the token, and none is understood here.`,
    )
  }
  return b64 === undefined
    ? refuse('crit demands b64, which the header does not have.')
    : pass('b64 is true.')
}

function pass(found: string): Stage<null> {
  const step = { what, result: 'pass', found, spec: rfc(7515, '4.1.11') } as const
  return { ok: true, step, value: null }
}

function refuse(found: string, spec: SpecLink = rfc(7515, '4.1.11')): Stage<never> {
  return { ok: false, verdict: 'failed', step: { what, result: 'fail', found, spec } }
}
