/** A JWK that is written as another notation has it: what shows that, and how it becomes JSON. */
interface Notation {
  readonly says: string
  readonly seen: RegExp
  readonly asJson: (text: string) => string
}

/** Values of a JWK have none of these signs, so the text may be changed as a whole. */
const notations: readonly Notation[] = [
  {
    says: 'quotation marks of a word processor',
    seen: /[\u201C-\u201F\u2018-\u201B\u00AB\u00BB]/,
    asJson: (text) => text.replace(/[\u201C-\u201F\u2018-\u201B\u00AB\u00BB]/g, '"'),
  },
  {
    says: 'comments',
    seen: /^\s*(?:\/\/|#).*$|\/\*[^*]*\*\//m,
    asJson: (text) => text.replace(/^\s*(?:\/\/|#).*$|\/\*[^*]*\*\//gm, ''),
  },
  {
    says: 'the single quotes of JavaScript or Python',
    seen: /'[^'"\\\n]*'/,
    asJson: (text) => text.replace(/'([^'"\\\n]*)'/g, '"$1"'),
  },
  {
    says: 'the names of JavaScript, which have no quotes',
    seen: /[{,]\s*[A-Za-z_]\w{0,30}\s*:/,
    asJson: (text) => text.replace(/([{,]\s*)([A-Za-z_]\w{0,30})\s*:/g, '$1"$2":'),
  },
  {
    says: 'the hashrockets of Ruby or PHP',
    seen: /"\s*=>/,
    asJson: (text) => text.replace(/"\s*=>/g, '":'),
  },
  {
    says: 'the words of Python',
    seen: /:\s*(?:None|True|False)\b/,
    asJson: (text) =>
      text.replace(/:(\s*)(None|True|False)\b/g, (_, space: string, word: string) =>
        word === 'None' ? `:${space}null` : `:${space}${word.toLowerCase()}`,
      ),
  },
  {
    says: 'the line breaks between several JSON texts',
    seen: /^\{[^]*\}[^\S\n]*\n\s*\{/,
    asJson: (text) => `[${text.replace(/\}[^\S\n]*\n\s*\{/g, '},{')}]`,
  },
  {
    says: 'a comma after the last member',
    seen: /,\s*[}\]]/,
    asJson: (text) => text.replace(/,(\s*[}\]])/g, '$1'),
  },
]

const isYaml = /^[ \t]*(?:-[ \t]+)?["']?kty["']?:[ \t]*["']?\w+["']?[ \t]*$/m
const yamlLine = /^[ \t]*(-[ \t]+)?["']?([A-Za-z]\w{0,9})["']?:[ \t]*["']?([\w+/=-]{1,3000})["']?[ \t]*$/

/** A text with a JWK in a notation close to JSON, as JSON, and what was changed; `null` for any other text. */
export function fromLooseJson(
  text: string,
): { readonly json: string; readonly removed: readonly string[] } | null {
  if (isYaml.test(text)) return { json: fromYaml(text), removed: ['the notation of YAML'] }
  const [start, end] = [text.search(/[{[]/), Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'))]
  if (start < 0 || end < start || !/kty/i.test(text)) return null
  let json = text.slice(start, end + 1)
  const removed = json === text ? [] : ['the text around it']
  for (const { says, seen, asJson } of notations) {
    if (!seen.test(json)) continue
    json = asJson(json)
    removed.push(says)
  }
  return { json, removed }
}

/** One JWK after another; a new one begins with a dash, or with a name that the last one has. */
function fromYaml(text: string): string {
  const keys: Record<string, string>[] = []
  for (const line of text.split(/\r?\n/)) {
    const [, dash, name, value] = yamlLine.exec(line) ?? []
    if (name === undefined || value === undefined) continue
    const last = keys.at(-1)
    if (last === undefined || dash !== undefined || Object.hasOwn(last, name)) keys.push({ [name]: value })
    else last[name] = value
  }
  return JSON.stringify({ keys })
}
