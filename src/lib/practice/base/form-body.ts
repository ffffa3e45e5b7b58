import { essence } from '../../http/preflight.ts'
import { rfc, type SpecLink } from '../../spec.ts'
import type { CheckLog, Rule } from './check-log.ts'
import { tokenError } from './token-error.ts'
import { listNames, quote } from './wording.ts'

/** Parameters by name; those without a value are left out. */
export interface Form {
  has(name: string): boolean
  get(name: string): string | undefined
  /** Every value of a parameter that may be repeated, in order. */
  getAll(name: string): readonly string[]
  /** Each name once. */
  readonly names: readonly string[]
}

const valueless: Rule = { what: 'A parameter without a value counts as omitted', spec: rfc(6749, '3.2') }
const once: Rule = { what: 'No parameter is repeated', spec: rfc(6749, '3.2') }

/** Extension parameters that are lists by repetition. @see RFC 8707 section 2 */
const repeatable = ['resource']

/** Reads a body that `spec` requires to be a form. @see RFC 6749 section 3.2 and appendix B */
export async function readForm(request: Request, spec: SpecLink, checks: CheckLog): Promise<Form> {
  const isForm: Rule = { what: 'Body is application/x-www-form-urlencoded', spec }
  const contentType = request.headers.get('content-type')
  if (contentType === null || essence(contentType) !== 'application/x-www-form-urlencoded') {
    const found = contentType === null ? 'there is none' : `it is ${quote(contentType)}`
    throw tokenError(
      'invalid_request',
      isForm,
      `Content-Type must be application/x-www-form-urlencoded: ${found}`,
    )
  }
  const sent = [...new URLSearchParams(await request.text())]
  const parameters = sent.filter(([, value]) => value !== '')
  checks.pass(isForm, `${sent.length} ${sent.length === 1 ? 'parameter' : 'parameters'}`)

  const omitted = sent.filter(([, value]) => value === '').map(([name]) => name)
  if (omitted.length > 0) checks.note(valueless, listNames([...new Set(omitted)]))

  const all = parameters.map(([name]) => name)
  const repeated = new Set(all.filter((name, i) => all.indexOf(name) !== i && !repeatable.includes(name)))
  if (repeated.size > 0) {
    throw tokenError('invalid_request', once, `Sent more than once: ${listNames([...repeated])}`)
  }
  const names = [...new Set(all)]
  checks.pass(once, listNames(names) || 'There is none')
  return {
    names,
    has: (name) => names.includes(name),
    get: (name) => parameters.find(([one]) => one === name)?.[1],
    getAll: (name) => parameters.filter(([one]) => one === name).map(([, value]) => value),
  }
}

/**
 * One value as appendix B encodes it: `+` is a space, `%XX` a byte of UTF-8. An `&` means itself here, since
 * there are no parameters to separate.
 * @see RFC 6749 appendix B
 */
export function decodeFormValue(value: string): string {
  return new URLSearchParams(`v=${value.replaceAll('&', '%26')}`).get('v') ?? ''
}
