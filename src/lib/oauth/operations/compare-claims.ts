import { formatJson } from '../../json/lines.ts'
import type { JsonMember, JsonValue } from '../../json/value.ts'

/** A claim by the token's word and by the server's. */
export interface ClaimComparison {
  readonly name: string
  /** `undefined` if the token does not have it. */
  readonly token: JsonValue | undefined
  /** `undefined` if the server does not return it. */
  readonly introspection: JsonValue | undefined
  /** `alike`: they mean the same and are written otherwise. */
  readonly same: boolean | 'alike'
  /** How they are written otherwise: "a list and a text"; empty unless they are alike. */
  readonly how: string
}

/**
 * The claims of a token with what introspection says of them, in the order of the token, then of the response. `active`
 * is left out: it is the response itself. Without claims, as of an opaque token, only the server's word is listed.
 * @see RFC 7662 section 2.2
 */
export function compareClaims(
  claims: JsonValue | null,
  introspection: JsonValue,
): readonly ClaimComparison[] {
  const ours = membersOf(claims)
  const theirs = membersOf(introspection)
  const names = [...ours.keys(), ...[...theirs.keys()].filter((name) => !ours.has(name) && name !== 'active')]
  return names.map((name) => {
    const token = ours.get(name)
    const told = theirs.get(name)
    const how = token && told ? likeness(name, token, told) : null
    return {
      name,
      token,
      introspection: told,
      same: how === '' ? true : how === null ? false : 'alike',
      how: how ?? '',
    }
  })
}

/** Of members with the same name the last one counts, as for most readers. */
const membersOf = (value: JsonValue | null): ReadonlyMap<string, JsonValue> =>
  new Map((value?.kind === 'object' ? value.members : []).map(({ key, value: of }: JsonMember) => [key, of]))

/** How two values that mean the same differ; empty if they do not, `null` if they do not mean the same. */
export function likeness(name: string, one: JsonValue, other: JsonValue): string | null {
  if (canonical(one) === canonical(other)) return ''
  const [ours, theirs] = [one, other].map((value) => listOf(name, value))
  if (ours && theirs && sameSet(ours, theirs)) {
    if (one.kind !== other.kind) return `${kinds[one.kind]} and ${kinds[other.kind]}`
    return ours.join('\n') === theirs.join('\n') ? 'written otherwise' : 'in another order'
  }
  const [text, otherText] = [one, other].map(scalarText)
  if (text === undefined || otherText === undefined) return null
  if (one.kind === 'number' && other.kind === 'number') {
    return Number(text) === Number(otherText) && isSafe(text) && isSafe(otherText)
      ? 'written otherwise'
      : null
  }
  return one.kind !== other.kind && text === otherText ? `${kinds[one.kind]} and ${kinds[other.kind]}` : null
}

const kinds = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  literal: 'a literal',
} as const

/** Two numbers that round to the same double need not be the same. */
const isSafe = (source: string): boolean => Math.abs(Number(source)) <= Number.MAX_SAFE_INTEGER

/** A list of texts, or what some servers write instead of one: a single text, of `scope` with spaces. @see RFC 7519 section 4.1.3 */
function listOf(name: string, value: JsonValue): readonly string[] | null {
  const texts =
    value.kind === 'array' ? value.items.map(scalarText) : [value.kind === 'string' ? value.value : undefined]
  if (!texts.every((text) => text !== undefined)) return null
  return /^(?:scope|scp)$/.test(name) ? texts.flatMap((text) => text.split(' ').filter(Boolean)) : texts
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  const [ours, theirs] = [new Set(one), new Set(other)]
  return ours.size === theirs.size && [...ours].every((text) => theirs.has(text))
}

function scalarText(value: JsonValue): string | undefined {
  switch (value.kind) {
    case 'string':
      return value.value
    case 'number':
      return value.source
    case 'literal':
      return String(value.value)
    case 'object':
    case 'array':
      return undefined
    default:
      return value satisfies never
  }
}

/** One text for all values that are the same: members in order, strings written in one way, digits kept. */
function canonical(value: JsonValue): string {
  return formatJson(sorted(value), 0)
}

function sorted(value: JsonValue): JsonValue {
  switch (value.kind) {
    case 'object': {
      const members = [...membersOf(value)].map(([key, of]) => {
        return { key, keySource: JSON.stringify(key), value: sorted(of), duplicate: false }
      })
      return { kind: 'object', members: members.sort((one, other) => (one.key < other.key ? -1 : 1)) }
    }
    case 'array':
      return { kind: 'array', items: value.items.map(sorted) }
    case 'string':
      return { ...value, source: JSON.stringify(value.value) }
    case 'number':
    case 'literal':
      return value
    default:
      return value satisfies never
  }
}
