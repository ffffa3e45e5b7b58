/**
 * A JSON text as a tree that loses nothing a reader could see: the order of names, repeated names, the digits of
 * a number and the escapes of a string. `JSON.parse` drops all four.
 */
export type JsonValue =
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly items: readonly JsonValue[] }
  /** `source` is the literal with its quotes and escapes, `value` what it means. */
  | { readonly kind: 'string'; readonly value: string; readonly source: string }
  /** Only the text: `12345678901234567890`, `1.0` and `-0` are not the same after a round trip through a double. */
  | { readonly kind: 'number'; readonly source: string }
  | { readonly kind: 'literal'; readonly value: true | false | null }

export interface JsonMember {
  readonly key: string
  /** The name as written, with its quotes and escapes. */
  readonly keySource: string
  readonly value: JsonValue
  /** This object has the name more than once; set on every member that bears it. */
  readonly duplicate: boolean
}

/**
 * The value of the member `name`, or `undefined` when `value` is no object or has no such member. Of members with
 * the same name the last one wins, which is what RFC 7519 allows a reader that does not refuse them outright.
 *
 * @see RFC 7519 section 4
 */
export function member(value: JsonValue | null | undefined, name: string): JsonValue | undefined {
  if (value?.kind !== 'object') return undefined
  return value.members.findLast(({ key }) => key === name)?.value
}

/** What a JSON string means; `undefined` for anything else. */
export function asString(value: JsonValue | null | undefined): string | undefined {
  return value?.kind === 'string' ? value.value : undefined
}

/**
 * The double nearest to a JSON number; `undefined` for anything else, and for a number beyond the range of a double.
 *
 * @see RFC 8259 section 6
 */
export function asNumber(value: JsonValue | null | undefined): number | undefined {
  if (value?.kind !== 'number') return undefined
  const number = Number(value.source)
  return Number.isFinite(number) ? number : undefined
}

/** Whether a member says nothing: `null` or a text without characters, which some servers write for one that they leave out. */
export const isNothing = (value: JsonValue): boolean =>
  (value.kind === 'literal' && value.value === null) || (value.kind === 'string' && value.value.trim() === '')
