import type { Plugin } from 'vite'
import { inlineRuntime } from './inline-runtime.ts'

/**
 * The scripts of the page besides the one that opens it, each with the modules it starts from: ends of paths that some
 * module imports dynamically. The rest follows from the graph of imports. A script holds what its modules need and no
 * script above has, so it needs those above it only; and what they load late, unless a script starts from that. All but
 * the last twelve, each for an occasion, are fetched ahead.
 */
const scripts = {
  request: 'ExchangeSide.svelte EncodingNote.svelte token-request.ts check-more.ts',
  response: 'ResponsePanel.svelte TokenSide.svelte SignedParts.svelte understand.ts network.ts',
  keys: 'verify.ts lint-token.ts key-store.ts KeysPanel.svelte AssertionEditor.svelte DpopEditor.svelte',
  practice: 'practice/index.ts',
  why: 'connection-checks.svelte.ts prober.ts known.ts ApiMeaning.svelte OperationMeaning.svelte McpSection.svelte McpButton.svelte',
  discovery: 'discovery.svelte.ts DiscoverySection.svelte',
  certificate: 'x509.es.js',
  recipes: 'FrameworkGuide.svelte',
  snippets: 'renderers.ts',
  history: 'ComparePanel.svelte ExportPanel.svelte kept-history.svelte.ts',
  sequence: 'RunSequence.svelte Projector.svelte PrintHandout.svelte',
  workshop:
    'LessonsPanel.svelte LessonDock.svelte FaultMenu.svelte ArmedFault.svelte AlteredNote.svelte Judgement.svelte workshop/lessons.svelte.ts',
  share: 'LinkCard.svelte ShareSection.svelte browser/link.ts',
  paste: 'PastePanel.svelte paste-desk.svelte.ts recognise/recognise.ts carry/archive.ts',
  yaml: 'yaml/browser/index.js',
  bash: 'unbash/dist/parser.js',
  test: 'ServerTest.svelte',
}

/** What the HTML shows before any script has run is drawn by these. */
const isEarly = (file: string): boolean => file === 'first' || file === 'request'

/** Decides which modules share a file, before the bundler asks for it by `fileOf`. */
export function chunks(): { plugins: Plugin[]; fileOf: (id: string) => string | null } {
  const files = new Map<string, string>()

  const decide: Plugin = {
    name: 'chunks',
    apply: 'build',
    buildEnd(error) {
      if (error) return
      const modules = [...this.getModuleIds()].flatMap((id) => this.getModuleInfo(id) ?? [])
      const late = new Set(modules.flatMap(({ dynamicallyImportedIds }) => dynamicallyImportedIds))
      const starts = Object.entries(scripts).map(([script, names]) => ({
        script,
        ids: names.split(' ').map((name) => {
          const [id, ...others] = [...late].filter((one) => one.endsWith(`/${name}`))
          if (id === undefined || others.length > 0) {
            this.error(`scripts/chunks.ts: ${name} should name one module that is imported dynamically.`)
          }
          return id
        }),
      }))
      const named = new Set(starts.flatMap(({ ids }) => ids))

      /** Puts modules and what they need into a file; gives what they load late and nothing names. */
      const fill = (file: string, ids: readonly string[]): string[] =>
        ids.flatMap((id) => {
          const module = this.getModuleInfo(id)
          if (!module || files.has(id)) return []
          // All styles but those of what the HTML shows are one file.
          files.set(id, id.endsWith('.css') ? (isEarly(file) ? 'first' : 'late') : file)
          const later = module.dynamicallyImportedIds.filter((one) => !named.has(one))
          return [...later, ...fill(file, module.importedIds)]
        })

      const entries = modules.filter(({ isEntry }) => isEntry).map(({ id }) => id)
      let waiting = fill('first', entries)
      for (const { script, ids } of starts) {
        if (script === 'request') {
          // It is to be seen before all the rest, so what it and the first screen load late is in the next one.
          waiting = [...waiting, ...fill(script, ids)]
          continue
        }
        for (let left = [...ids, ...waiting]; left.length > 0;) left = fill(script, left)
        waiting = []
      }
    },
  }
  return { plugins: [decide, inlineRuntime], fileOf: (id) => files.get(id) ?? null }
}
