/** A text in the place of a value, and what it is, as what is said of it: "“{client_id}” is a placeholder". */
type Kind = readonly [pattern: RegExp, what: string]

/** What a screen, a log or a program shows instead of a value. */
const hidden: readonly Kind[] = [
  [/[*•●∙·○◦■█⬤⚫⁎∗＊]{4,}|^[*•●∙·○◦■█⬤⚫⁎∗＊]{3}$/u, 'is what a screen shows instead of the value'],
  [
    /^\W*(redacted|masked|hidden|filtered|removed|sensitive|protected|secret hidden|encrypted)\W*$/i,
    'is what a log shows instead of the value',
  ],
  [/^(""|''|``|“”|‘’)$/, 'is a pair of quotation marks with nothing between'],
  [/\.{3}$|…$/, 'ends with dots, as a text that was cut does'],
  [
    /^(null|undefined|none|nil|nan|\(null\)|n\/a|\[object object\])$/i,
    'is what a program writes if it has no value',
  ],
]

const name = '[A-Za-z][\\w.: /-]*'

/** What a document, a template or a build puts in the place of a value. */
const templates: readonly Kind[] = [
  [
    /^\$\{\{?[^{}]+\}?\}$|^\{\{[^{}]+\}\}$|^\{%.*%\}$|^#\{[^{}]+\}#?$|^@\{[^{}]+\}$/,
    'is a variable of a template',
  ],
  [new RegExp(`^\\{${name}\\}$|^<[^<>]+>$|^\\[${name}\\]$|^\\(${name}\\)$`), 'is a placeholder'],
  [
    /^%[\w.-]+%$|^\$env:\w+$|^\$\(\w[\w.]*\)$|^\$[A-Z][A-Z0-9_]{2,}$|^\$\w*(secret|client|password|scope|tenant)\w*$/i,
    'is the name of a variable',
  ],
  [/^__[A-Za-z]\w*__$|^@@?\w+@@?$|^#\w+#$|^~\w+~$/, 'is a placeholder'],
  [
    /^(process\.env|import\.meta\.env|os\.(environ|getenv)|System\.getenv|getenv|ENV|env|secrets|vars|config|Deno\.env)[.[(]/,
    'is code that reads the value',
  ],
  [
    /^(@Microsoft\.KeyVault\(|op:\/\/|vault:|arn:aws:secretsmanager:|projects\/[\w-]+\/secrets\/|secretref:|!(Ref|Sub|GetAtt|secret)\b|\{\{resolve:|keyvault:|ref\+)/i,
    'is a reference to where the value is kept',
  ],
  [/^(x{3,}[-_x]*|0{8}-0{4}-0{4}-0{4}-0{12}|0{8,}|1234567890+)$/i, 'is a placeholder'],
  [
    /^your([-_ ]|(?=[A-Z]))|^your(client|secret|app|id|key|scope|password|token|tenant|api)|[-_ ]here$|[a-z]Here$/i,
    'is a placeholder',
  ],
  [
    /^(insert|enter|put|paste|fill|replace|add)[-_ ]?(with[-_ ]?|in[-_ ]?)?(your|the|a|my|me|this)?[-_ ]?\w*(client|secret|app|id|key|scope|password|value|me|this|token|tenant|audience|api)[-_ \w]*$/i,
    'is a placeholder',
  ],
  [/^\{cipher\}|^ENC\(.*\)$/, 'is an encrypted value of a configuration'],
]

/** Words that a lab may have as they are. */
const doubtful: readonly Kind[] = [
  [
    /^(change|replace)[-_ ]?(me|this|it)!?$|^(todo|tbd|fixme|placeholder|example|dummy|sample)$/i,
    'may be a placeholder',
  ],
  [
    /^<?(client|app|consumer|application)[-_ ]?(id|secret|key)>?$|^(the|my|some|a)[-_ ](client[-_ ])?(id|secret)$/i,
    'may be a placeholder',
  ],
]

/** What a text is instead of a value, and how sure that is; `null` for what may be one. */
export interface Placeholder {
  readonly what: string
  readonly level: 'warning' | 'note'
  /** Whether the text reveals nothing of a secret, so that a sentence may have it. */
  readonly isHarmless: boolean
}

/** Recognises what is no value: a placeholder, the name of a variable, or what a screen shows instead. */
export function placeholderIn(text: string): Placeholder | null {
  const value = text.trim()
  const find = (kinds: readonly Kind[]) => kinds.find(([pattern]) => pattern.test(value))?.[1]
  const ofScreen = find(hidden)
  if (ofScreen !== undefined) return { what: ofScreen, level: 'warning', isHarmless: false }
  const ofTemplate = find(templates)
  if (ofTemplate !== undefined) return { what: ofTemplate, level: 'warning', isHarmless: true }
  const perhaps = find(doubtful)
  return perhaps === undefined ? null : { what: perhaps, level: 'note', isHarmless: true }
}
