import { parseJson } from '../../json/parse.ts'
import { asString } from '../../json/value.ts'

/** How source text and configuration write a JWK as a string, each with what makes it JSON again. Each is searched in linear time. */
const literals: readonly (readonly [RegExp, (content: string) => string | undefined])[] = [
  // C# 11, Java, Python: """{"p":"…"}"""
  [/(?<!")"{3,}(?!")\s*(\{(?:[^"]|"{1,2}(?!"))*\})\s*"{3}/, (content) => content],
  // C#: @"{""p"":""…""}"
  [/@"(\s*\{(?:[^"]|"")*)"/, (content) => content.replaceAll('""', '"')],
  // C#, Java, JSON in JSON: "{\"p\":\"…\"}"
  [/"(\s*\{(?:[^"\\]|\\[^])*)"/, unescaped],
  // JavaScript, Python, shells: '{"p":"…"}'
  [/'(\s*\{[^']*\}\s*)'/, (content) => content],
  // An object among other words: var key = {"p":"…"};
  [/(\{(?:(?!"kty")[^{}])*"kty"[^{}]*\})/, (content) => content],
]

/** The JSON of a JWK that is a string or an object in source text; `null` if the text has none. */
export function jwkInSource(text: string): string | null {
  for (const [pattern, read] of literals) {
    const [, content] = pattern.exec(text) ?? []
    const json = content === undefined ? undefined : read(content)?.trim()
    if (json?.includes('"kty"') === true && json !== text.trim()) return json
  }
  return null
}

function unescaped(content: string): string | undefined {
  const parsed = parseJson(`"${content}"`)
  return parsed.ok ? asString(parsed.value) : undefined
}
