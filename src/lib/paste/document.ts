/** How long a YAML text may be, in characters, as its parser needs two seconds for a million, and how deep a document may be nested. */
const bounds = { yaml: 200_000, depth: 100 }

/** A JSON or YAML text as a value, or why it is not read; `null` if it is neither. */
export type Document =
  { readonly kind: 'document'; readonly value: unknown } | { readonly kind: 'refused'; readonly why: string }

/**
 * Reads JSON, and YAML of a core that configuration files use, several documents of which the first is read. References that multiply
 * without end are refused, and no name of a member reaches a prototype. Never throws.
 * @see RFC 8259, https://yaml.org/spec/1.2.2/
 */
export async function readDocument(text: string): Promise<Document | null> {
  if (/^[[{]/.test(text)) {
    try {
      const value: unknown = JSON.parse(text)
      return isTooDeep(value)
        ? { kind: 'refused', why: `It is nested more than ${bounds.depth} levels deep.` }
        : { kind: 'document', value }
    } catch {
      // No JSON: what begins so may be YAML, a section of a file or a list of words.
    }
  }
  return looksLikeYaml.test(text) && text.length <= bounds.yaml ? readYaml(text) : null
}

const looksLikeYaml = /^(?:---|%YAML|(?:- )?["']?[\w.$/@-]+["']? ?:(?: |$)|[{[])/m

async function readYaml(text: string): Promise<Document | null> {
  const { parseAllDocuments } = await import('yaml')
  try {
    const documents = parseAllDocuments(text, { logLevel: 'silent', prettyErrors: false, uniqueKeys: false })
    const [first] = Array.isArray(documents) ? documents : []
    if (first === undefined || first.errors.length > 0) return null
    const value: unknown = first.toJS({ maxAliasCount: 100 })
    if (typeof value !== 'object' || value === null) return null
    return isTooDeep(value)
      ? { kind: 'refused', why: `It is nested more than ${bounds.depth} levels deep.` }
      : { kind: 'document', value }
  } catch (error) {
    // ReferenceError: aliases that are not there, or that multiply.
    return {
      kind: 'refused',
      why: `Its YAML is not read: ${error instanceof Error ? error.message : String(error)}.`,
    }
  }
}

/** Not by recursion: it may be deeper than calls can be. */
function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value]
  for (let depth = 0; depth < bounds.depth; depth += 1) {
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null ? (Object.values(one) as unknown[]) : [],
    )
    if (level.length === 0) return false
  }
  return true
}
