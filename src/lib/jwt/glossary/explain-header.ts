import { pointerNames } from '../../json/pointer.ts'
import { algorithms, encryptions } from './algorithms.ts'
import { findExplanation, type Explanation } from './entry.ts'
import { headerParameters, tokenTypes } from './header-parameters.ts'

/**
 * What a header parameter means.
 *
 * @param path where it stands in the header, as a JSON Pointer: `/alg`
 * @returns `null` for a parameter that is not known here
 * @see RFC 7515 section 4.1
 */
export function explainHeader(path: string): Explanation | null {
  return findExplanation(headerParameters, pointerNames(path))
}

/** Parameters whose values are registered, and how a value is looked up. */
const values: Readonly<Record<string, (value: string) => Explanation | null>> = {
  alg: (value) => findExplanation(algorithms, [value]),
  enc: (value) => findExplanation(encryptions, [value]),
  // "a media type name is case-insensitive", and "application/" is left out when there is no other "/".
  typ: (value) => findExplanation(tokenTypes, [value.toLowerCase().replace(/^application\//, '')]),
}

/**
 * What the value of `alg`, `enc` or `typ` means; `null` for other parameters and for values not known here.
 *
 * @see RFC 7518 section 3.1
 * @see RFC 7515 section 4.1.9
 */
export function explainHeaderValue(name: string, value: string): Explanation | null {
  return Object.hasOwn(values, name) ? (values[name]?.(value) ?? null) : null
}
