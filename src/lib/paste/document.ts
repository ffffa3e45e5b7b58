import { parseJson } from '../json/parse.ts'
import { quoted } from '../text/quoted.ts'
import { take } from '../text/take.ts'

/**
 * How long a YAML text may be, in characters, as its parser needs up to five seconds for a million; how deep a document may be nested,
 * how many documents of a text are read, and how many characters of JSON are searched for repeated names.
 */
const bounds = { yaml: 200_000, depth: 100, documents: 50, repeats: 300_000 }

/** A JSON or YAML text as a value, or why it is not read. */
export type Document =
  | {
      readonly kind: 'document'
      readonly value: unknown
      /** The documents of a YAML text after the first. */
      readonly more: readonly unknown[]
      /** What the user should know of it, in sentences. */
      readonly notes: readonly string[]
    }
  | { readonly kind: 'refused'; readonly why: string }

/**
 * Reads JSON, also with the comments and the last commas that .NET and many editors allow, and YAML of the core schema with merge keys.
 * A number that a double would not give back as it is written is the text of it. References that multiply without end are refused, tags of a program
 * are not followed, and no name of a member reaches a prototype. A text that does not begin like either costs one look at it. Never
 * throws.
 * @returns `null` if the text is neither
 * @see RFC 8259, https://yaml.org/spec/1.2.2/, https://learn.microsoft.com/dotnet/api/system.text.json.jsoncommenthandling
 */
export async function readDocument(text: string): Promise<Document | null> {
  const head = text.slice(0, 20_000)
  const json = beginsLikeJson.test(head) ? jsonIn(text) : undefined
  if (json !== undefined)
    return isTooDeep(json)
      ? tooDeep
      : { kind: 'document', value: json, more: [], notes: repeated(repeatedInJson(text)) }
  if (!looksLikeYaml.test(head)) return null
  if (text.length <= bounds.yaml) return readYaml(text)
  return beginsLikeJson.test(head)
    ? null
    : {
        kind: 'refused',
        why: `It looks like YAML, and has ${text.length} characters: at most ${bounds.yaml} are read. Paste the part that is about the client.`,
      }
}

/** Braces, brackets, or a comment before them. */
const beginsLikeJson = /^(?:\s|\/\/[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)*[[{]/

/** By its first line that is neither empty nor a comment: a name with a colon, an item of a list, the mark of a document. */
const looksLikeYaml =
  /^(?:[ \t\r]*(?:#[^\n]*)?\n)*[ \t]*(?:---(?:\s|$)|%YAML |- |[{[]|"[^"\n]{1,200}" ?:(?:\s|$)|'[^'\n]{1,200}' ?:(?:\s|$)|[\w.$/@<-][\w.$/@< -]{0,200}:(?:\s|$))/

/** Parsed, perhaps without its comments; `undefined` for what is no JSON. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    // A comment, a last comma, or no JSON at all.
  }
  try {
    const plain = withoutComments(text)
    return plain === text ? undefined : (JSON.parse(plain) as unknown)
  } catch {
    // What begins so may be YAML, a section of a file or a list of words.
    return undefined
  }
}

/** Each expression ends at the latest with the text, so that every character is read once or twice. */
function withoutComments(text: string): string {
  return text
    .replace(/("(?:[^"\\]|\\[^])*(?:"|$))|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)/g, (_, kept?: string) => kept ?? ' ')
    .replace(/("(?:[^"\\]|\\[^])*(?:"|$))|,(?=\s*[}\]])/g, (_, kept?: string) => kept ?? '')
}

/** JSON.parse has them gone: of members with one name it keeps the last. */
function repeatedInJson(text: string): readonly string[] {
  if (text.length > bounds.repeats) return []
  const parsed = parseJson(text)
  if (!parsed.ok) return []
  return parsed.problems
    .filter(({ kind }) => kind === 'duplicate-name')
    .map(({ offset }) => nameAt(text, offset))
}

function nameAt(text: string, offset: number): string {
  const [literal] = /^"(?:[^"\\]|\\[^])*"/.exec(text.slice(offset, offset + 400)) ?? []
  return literal === undefined ? '' : String(JSON.parse(literal))
}

const repeated = (names: readonly string[]): readonly string[] =>
  [...new Set(names)]
    .slice(0, 3)
    .map((name) => `${quoted(name)} is there twice in one place of the text. The last one is read.`)

async function readYaml(text: string): Promise<Document | null> {
  const { Composer, isMap, isScalar, Parser, visit } = await import('yaml')
  try {
    // The parser keeps a list, and the composer calls itself for each level: too many of them would end the page.
    const { taken: tokens, more } = take(new Parser().parse(text), 20 * bounds.documents)
    if (more || tokens.some(({ type }) => type === 'error')) return null
    if (tokens.some(isNestedTooDeep)) return tooDeep
    const composer = new Composer({
      logLevel: 'silent',
      prettyErrors: false,
      uniqueKeys: false,
      merge: true,
      resolveKnownTags: false,
    })
    const { taken: documents } = take(composer.compose(tokens), bounds.documents)
    const names: string[] = []
    const values: unknown[] = []
    for (const document of documents) {
      if (document.errors.length > 0) break
      visit(document, (_key, node) => {
        if (isScalar(node) && typeof node.value === 'number' && String(node.value) !== node.source)
          node.value = node.source ?? node.value
        if (!isMap(node)) return
        const seen = new Set<string>()
        for (const { key } of node.items) {
          const name = isScalar(key) ? String(key.value) : null
          if (name === null || name === '<<') continue
          if (seen.has(name)) names.push(name)
          seen.add(name)
        }
      })
      const value: unknown = document.toJS({ maxAliasCount: 100 })
      if (isTooDeep(value)) return tooDeep
      values.push(value)
    }
    const [value, ...others] = values.filter((one) => one !== null)
    if (typeof value !== 'object') return null
    return { kind: 'document', value, more: others, notes: repeated(names) }
  } catch (error) {
    // ReferenceError: an alias without its anchor, as a word *between asterisks* is, or aliases that multiply.
    return /^Excessive/.test(error instanceof Error ? error.message : '')
      ? { kind: 'refused', why: 'It is YAML whose aliases multiply: it would be far larger than it looks.' }
      : null
  }
}

const tooDeep: Document = { kind: 'refused', why: `It is nested more than ${bounds.depth} levels deep.` }

/** The same of what a parser made, before it is composed; a token of a collection has items with a key and a value. */
function isNestedTooDeep(token: object): boolean {
  return isTooDeep(token, 3 * bounds.depth)
}

/** Not by recursion: it may be deeper than calls can be. */
function isTooDeep(value: unknown, most: number = bounds.depth): boolean {
  let level = [value].filter(isContainer)
  for (let depth = 0; depth < most; depth += 1) {
    level = level.flatMap((one) => (Object.values(one) as unknown[]).filter(isContainer))
    if (level.length === 0) return false
  }
  return true
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null
