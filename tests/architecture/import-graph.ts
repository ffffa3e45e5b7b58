import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'

/** A file of `src`, with what it imports from there. */
export interface SourceFile {
  /** From the root of the project, with slashes. */
  readonly path: string
  readonly lines: number
  /** Paths of other files of `src`; types and parts loaded on demand count too. */
  readonly imports: readonly string[]
}

/** Every file of `src` that is not a test, a double for tests, or a declaration. */
export function sourceFiles(): SourceFile[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((path) => join('src', path).replaceAll('\\', '/'))
    .filter((path) => /\.(ts|svelte)$/.test(path) && !/(\.test|-testing|\.d)\.ts$/.test(path))
    .map((path) => {
      const text = readFileSync(path, 'utf8')
      return { path, lines: text.split('\n').length - 1, imports: importsOf(path, text) }
    })
}

function importsOf(path: string, text: string): string[] {
  const scripts = path.endsWith('.svelte')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script).join('\n')
    : text
  const named = ts.preProcessFile(scripts, true, true).importedFiles.map(({ fileName }) => fileName)
  const own = named.filter((name) => name.startsWith('.') && /\.(ts|svelte)$/.test(name))
  return [...new Set(own.map((name) => normalize(join(dirname(path), name)).replaceAll('\\', '/')))]
}

/** A graph by name: where its arrows lead. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>

export function fileGraph(files: readonly SourceFile[]): Graph {
  return new Map(files.map(({ path, imports }) => [path, new Set(imports)]))
}

/** Folders, each with those whose files its own import. A folder and one inside it are two. */
export function folderGraph(files: readonly SourceFile[]): Graph {
  const graph = new Map<string, Set<string>>()
  for (const { path, imports } of files) {
    const from = dirname(path)
    const arrows = graph.get(from) ?? new Set()
    graph.set(from, arrows)
    for (const to of imports.map((name) => dirname(name))) if (to !== from) arrows.add(to)
  }
  return graph
}

/** Every circle's members, by Tarjan's algorithm for strongly connected components. */
export function circles(graph: Graph): string[][] {
  const found: string[][] = []
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const path: string[] = []
  const visit = (node: string): void => {
    index.set(node, index.size)
    low.set(node, index.size - 1)
    path.push(node)
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next)
      if (path.includes(next)) low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0))
    }
    if (low.get(node) !== index.get(node)) return
    const circle = path.splice(path.indexOf(node))
    if (circle.length > 1) found.push(circle.sort())
  }
  for (const node of graph.keys()) if (!index.has(node)) visit(node)
  return found
}
