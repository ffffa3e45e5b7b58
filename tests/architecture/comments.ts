import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'svelte/compiler'
import ts from 'typescript'
import { documents } from './documents.ts'
import type { Sentence } from './sentences.ts'

/** What the authors wrote for one another: comments and names of tests in these folders and files, and the documents. */
export function writtenForAuthors(): readonly Sentence[] {
  const scripts = ['src', 'scripts', 'tests'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
      (path) => `${folder}/${path.replaceAll('\\', '/')}`,
    ),
  )
  return [...scripts, 'vite.config.ts', 'playwright.config.ts', 'eslint.config.js', ...documents]
    .filter((path) => /\.(ts|js|mjs|svelte|css|md)$/.test(path))
    .flatMap((file) => notesIn(file, readFileSync(file, 'utf8')).flatMap((text) => sentencesIn(file, text)))
}

/** The notes in one file, as written. */
export function notesIn(file: string, source: string): readonly string[] {
  if (file.endsWith('.md')) return source.split(/\n\s*(?:\n|(?=[-#] ))/)
  if (file.endsWith('.css')) return blockComments(source)
  return file.endsWith('.svelte') ? notesInComponent(source) : notesInScript(source)
}

function notesInComponent(source: string): string[] {
  const { instance, module, css } = parse(source, { modern: true })
  const scripts = [instance, module].flatMap((script) => {
    if (!script) return []
    const { start, end } = script.content as unknown as { start: number; end: number }
    return notesInScript(source.slice(start, end))
  })
  const markup = [...source.matchAll(/<!--([\s\S]*?)-->/g)].map(([, text = '']) => text)
  return [...scripts, ...markup, ...(css ? blockComments(css.content.styles) : [])]
}

function notesInScript(source: string): string[] {
  const comments = new Map<number, string>()
  const names: string[] = []
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true)
  const visit = (node: ts.Node): void => {
    const ranges = [
      ...(ts.getLeadingCommentRanges(source, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(source, node.getEnd()) ?? []),
    ]
    for (const { pos, end } of ranges) comments.set(pos, source.slice(pos, end))
    if (ts.isCallExpression(node)) names.push(...testName(node, file))
    node.getChildren(file).forEach(visit)
  }
  visit(file)
  const inOrder = [...comments].sort(([a], [b]) => a - b).map(([, text]) => text)
  return [...inOrder, ...names]
}

function testName({ expression, arguments: [name] }: ts.CallExpression, file: ts.SourceFile): string[] {
  if (!name || !/^(it|test|describe)\b/.test(expression.getText(file))) return []
  if (ts.isStringLiteralLike(name)) return [name.text]
  if (!ts.isTemplateExpression(name)) return []
  return [[name.head.text, ...name.templateSpans.map(({ literal }) => literal.text)].join('…')]
}

function blockComments(source: string): string[] {
  return [...source.matchAll(/\/\*[\s\S]*?\*\//g)].map(([text]) => text)
}

/** Sentences without marks of comments, and with … for what is quoted: code, links and the words of others. */
export function sentencesIn(file: string, note: string): readonly Sentence[] {
  if (/eslint-disable|svelte-ignore/.test(note)) return []
  const text = note
    .replace(/^\s*(\/\*\*?|\/\/|\*(?!\*))|\*\/$/gm, ' ')
    .replace(/`[^`]*`|"[^"]*"|“[^”]*”|https?:\/\/\S+/g, '…')
    .replace(/\s+/g, ' ')
  return text
    .split(/(?<=[.;!?])\s+/)
    .map((sentence) => ({ file, text: sentence.trim() }))
    .filter((sentence) => /\w/.test(sentence.text))
}
