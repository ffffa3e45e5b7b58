import { formatJson } from '../json/lines.ts'
import { isObject } from '../json/own-members.ts'
import { asString, type JsonValue, member } from '../json/value.ts'

/** How deep the arguments of a tool are filled in, and how many of one object. */
const bounds = { depth: 4, members: 30 }

const placeholders: Readonly<Record<string, unknown>> = {
  string: '',
  number: 0,
  integer: 0,
  boolean: false,
  array: [],
  null: null,
}

/**
 * Arguments to begin with for a tool whose input has that JSON Schema: each that is required, with its default, its only or first value, or an empty one
 * of its type. They are the user’s to fill in. Never throws.
 * @see https://json-schema.org/draft/2020-12/json-schema-validation
 */
export function argumentsFor(schema: JsonValue | null): Readonly<Record<string, unknown>> {
  return objectFor(schema, 0)
}

/**
 * The arguments that a tool wants in header fields too, each with the name of its field: `x-mcp-header` in the schema of a text, a whole number or a truth value
 * says so. Never throws.
 */
export function fieldsFor(
  schema: JsonValue | null | undefined,
  given: Readonly<Record<string, unknown>>,
): readonly (readonly [name: string, value: string])[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const of = member(member(schema, 'properties'), name)
    if (isObject(value)) return fieldsFor(of, value)
    const field = asString(member(of, 'x-mcp-header')) ?? ''
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    return isPlain && /^[\w!#$%&'*+.^`|~-]+$/.test(field) ? [[`Mcp-Param-${field}`, String(value)]] : []
  })
}

function valueFor(schema: JsonValue | null | undefined, depth: number): unknown {
  const given = member(schema, 'default') ?? member(schema, 'const') ?? first(member(schema, 'enum'))
  if (given) return JSON.parse(formatJson(given)) as unknown
  const type = typeOf(schema)
  return type === 'object' ? objectFor(schema, depth) : (placeholders[type] ?? '')
}

function objectFor(schema: JsonValue | null | undefined, depth: number): Readonly<Record<string, unknown>> {
  if (depth >= bounds.depth) return {}
  const properties = member(schema, 'properties')
  const required = member(schema, 'required')
  const names = required?.kind === 'array' ? required.items.flatMap((item) => asString(item) ?? []) : []
  return Object.fromEntries(
    [...new Set(names)]
      .slice(0, bounds.members)
      .map((name) => [name, valueFor(member(properties, name), depth + 1)]),
  )
}

/** The type, the first of several, or what the schema shows it to be. */
function typeOf(schema: JsonValue | null | undefined): string {
  const type = member(schema, 'type')
  return (
    asString(type) ??
    asString(first(type)) ??
    (member(schema, 'properties') === undefined ? 'string' : 'object')
  )
}

const first = (value: JsonValue | undefined): JsonValue | undefined =>
  value?.kind === 'array' ? value.items[0] : undefined
