import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { circles, fileGraph, folderGraph, sourceFiles } from './import-graph.ts'

const files = sourceFiles()
const importers = new Map(
  files.map(({ path }) => [path, files.filter(({ imports }) => imports.includes(path))]),
)

/** What may not import what, with the reason that is read when it does. */
const walls: readonly (readonly [from: RegExp, to: RegExp, reason: string])[] = [
  [/^src\/lib\//, /^src\/(?!lib\/)/, 'lib knows nothing of the page'],
  [/^src\/state\//, /^src\/(?!lib\/|state\/)/, 'state knows nothing of components'],
  [/^src\/ui\//, /^src\/browser\//, 'effects come in as arguments'],
  [
    /^src\/lib\/practice\//,
    /^src\/lib\/(oauth|jwt|why|mcp)\//,
    'a server built from the client’s code would agree with its mistakes',
  ],
  [/^src\/lib\/why\//, /^src\/lib\/servers\//, 'a server’s record comes in as an argument'],
  [
    /^src\/lib\/oauth\/config\//,
    /^src\/lib\/(oauth\/(?!config)|jwt|explanation)/,
    'types lie below who uses them',
  ],
]

/** Rooms of the page that more than one panel may import. */
const shared = /^src\/ui\/(base|faults|form|meaning|message|sequence|share|why)$/

/** Small files with one importer that are a subject of their own. */
const subjects: readonly RegExp[] = [
  // One effect of the browser each, and what the page does with it
  /^src\/browser\//,
  // One product each, of those on the first screen
  /^src\/lib\/servers\/[\w-]+\.ts$/,
  // What one server, or one log, says when it refuses
  /^src\/lib\/servers\/refusals\/((apis|spring)\/)?[\w-]+\.ts$/,
  // One language or shell each
  /^src\/lib\/snippets\/[\w-]+\.ts$/,
  // What begins a script of its own: what it imports comes late
  /\/(index|check-more|EncodingNote|GuideSection|SavedSection|DiscoverySection|BeforehandCheck|BasicEncoding|TokenSide|UseDraft|RunSequence|PrintHandout|find-keys|recognise|McpButton)\.(ts|svelte)$/,
  // The practice server, next to those with the manners of a product
  /^src\/lib\/practice\/server\.ts$/,
  // A format, a rule, a fact or a look of its own
  /\/(hide-tokens|relay-message|format-relayed|switch-transport|pieces|details-templates|challenge|introspect-access-token|mermaid|signed-claims|source-string|xml-key|known-files|wrong-proof|mark-altered|worked|qr-code|section-link|fill-in|tools)\.ts$/,
  /\/(dpop-nonces|resource|scope|api-endpoints)\.ts$/,
  /\/(ScopeButtons|LateDetails|ExpiresIn|FirstSight|TokenMeaning|TokenOperation|Echo|BodyText|Ladder|FirstScreen|LogLine|NewVersion|Drawers|LinkedLesson|SinceSuccess)\.svelte$/,
  // A chip each, below a request or a response
  /\/(ReadableHeaders|Challenges|ServerSide|PreflightMessage)\.svelte$/,
]

/** Rooms that are begun: their files come one by one, and until there are four they are named here. */
const begun: readonly string[] = [
  // What is done with the exchanges of History
  'src/state/history',
  // The test of a server, and what it is about
  'src/state/server-test',
  // The table of all kinds of pasted texts, above the rooms that read them
  'src/lib/paste/recognise',
  // What is shown to a room, a pane at a time
  'src/ui/projector',
]

describe('files and folders', () => {
  it('form no circle', () => {
    expect(circles(fileGraph(files))).toEqual([])
    expect(circles(folderGraph(files))).toEqual([])
  })

  it.each(walls)('%s imports nothing of %s', (from, to) => {
    const broken = files
      .filter(({ path }) => from.test(path))
      .flatMap(({ path, imports }) =>
        imports.filter((name) => to.test(name)).map((name) => `${path} -> ${name}`),
      )
    expect(broken).toEqual([])
  })

  it('of one panel are not imported by another', () => {
    const panelOf = (path: string) => path.split('/').slice(0, 3).join('/')
    const broken = files
      .filter(({ path }) => /^src\/ui\/\w+\//.test(path))
      .flatMap(({ path, imports }) =>
        imports
          .filter((name) => name.startsWith('src/ui/') && panelOf(name) !== panelOf(path))
          .filter((name) => !shared.test(panelOf(name)))
          .map((name) => `${path} -> ${name}`),
      )
    expect(broken).toEqual([])
  })
})

describe('a room', () => {
  const names = [...new Set(files.map(({ path }) => dirname(path)))]
  const sizes = names.map(
    (room) => [room, files.filter(({ path }) => dirname(path) === room).length] as const,
  )

  it.each(sizes.filter(([room]) => !/^src(\/(lib|ui))?$/.test(room)))(
    '%s holds 4 to 20 files: %i',
    (room, size) => {
      if (!begun.includes(room)) expect(size).toBeGreaterThanOrEqual(4)
      expect(size).toBeLessThanOrEqual(20)
    },
  )

  it('that is begun has fewer, and is there', () => {
    const small = sizes.filter(([, size]) => size < 4).map(([room]) => room)
    expect(small).toEqual(expect.arrayContaining([...begun]))
  })
})

describe('a file', () => {
  it('has 250 lines at most', () => {
    expect(files.filter(({ lines }) => lines > 250).map(({ path }) => path)).toEqual([])
  })

  it('of less than 40 lines has more than one importer, or is a subject of its own', () => {
    const small = files
      .filter(({ path, lines }) => lines < 40 && importers.get(path)?.length === 1)
      .map(({ path }) => path)
    expect(small.filter((path) => !subjects.some((subject) => subject.test(path))).join('\n')).toBe('')
  })
})
