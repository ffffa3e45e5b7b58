import { readFileSync } from 'node:fs'
import { parse } from 'svelte/compiler'
import ts from 'typescript'

/** A piece of text of the page, with the file it is in. */
export interface Sentence {
  readonly file: string
  readonly text: string
}

/** What a file says to the user: its string literals and templates of more than a word, and the text of its markup. */
export function sentencesOf(file: string): readonly Sentence[] {
  const source = readFileSync(file, 'utf8')
  const texts = file.endsWith('.svelte') ? textsOfComponent(source) : textsOfScript(source)
  return texts
    .filter((text) => /\w\s+\w/.test(text))
    .map((text) => ({ file, text: text.replace(/\s+/g, ' ').trim() }))
}

function textsOfScript(source: string): string[] {
  const texts: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text)
    else if (ts.isTemplateExpression(node))
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…'))
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest))
  return texts
}

function textsOfComponent(source: string): string[] {
  const { instance, module, fragment } = parse(source, { modern: true })
  const scripts = [instance, module].flatMap((script) => {
    if (!script) return []
    const { start, end } = script.content as unknown as { start: number; end: number }
    return textsOfScript(source.slice(start, end))
  })
  return [...scripts, ...textsIn(fragment)]
}

/** Text, and strings in expressions, anywhere below a node of Svelte's syntax tree. */
function textsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  if (Array.isArray(node)) return node.flatMap(textsIn)
  const { type, data, value } = node as { type?: string; data?: unknown; value?: unknown }
  if (type === 'Text' && typeof data === 'string') return [data]
  if (type === 'Literal' && typeof value === 'string') return [value]
  return Object.entries(node).flatMap(([name, child]) => (name === 'metadata' ? [] : textsIn(child)))
}
