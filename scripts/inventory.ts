import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin, Rolldown } from 'vite'
import { root } from './checks/command.ts'

/** A package that the built page has code of. */
interface Component {
  readonly name: string
  readonly version: string
  /** By its SPDX identifier. */
  readonly license: string
  /** The text of its licence, as the package has it, without those of what it bundles itself: none of that is in the page. */
  readonly text: string
}

const installed = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/

/** What the bundler itself puts into a build, by the beginning of its name for it. */
const ofTools = [
  ['\0vite/', 'node_modules/vite'],
  ['\0rolldown', 'node_modules/rolldown'],
] as const

/** The folder of the package that a module is of; `null` for one of our own. */
function folderOf(id: string): string | null {
  const tool = ofTools.find(([prefix]) => id.startsWith(prefix))
  return tool
    ? join(root, tool[1])
    : (installed.exec(id.replaceAll('\\', '/').replace(/^\0/, ''))?.[0] ?? null)
}

function componentIn(folder: string): Component {
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as Component
  const file = readdirSync(folder).find((one) => /^licen[cs]e(\.\w+)?$/i.test(one))
  if (file === undefined) throw new Error(`${name} has no licence in its package.`)
  const [text = ''] = readFileSync(join(folder, file), 'utf8').split(/^# Licenses of bundled dependencies/m)
  return { name, version, license, text: text.trim() }
}

const purl = ({ name, version }: Component): string => `pkg:npm/${name.replace('@', '%40')}@${version}`

/** Without a serial number and a time, so that the same source has the same bill. @see https://cyclonedx.org/docs/1.6/json/ */
const billOf = (components: readonly Component[]) => ({
  $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  components: components.map((component) => ({
    type: 'library',
    'bom-ref': purl(component),
    name: component.name,
    version: component.version,
    licenses: [{ license: { id: component.license } }],
    purl: purl(component),
  })),
})

const licences = (components: readonly Component[]): string =>
  components
    .map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`)
    .join('\n\n')

/** The packages whose code is in a bundle, by name: what was imported and left out is none of them. */
function componentsOf(bundle: Rolldown.OutputBundle): readonly Component[] {
  const ids = Object.values(bundle).flatMap((output) =>
    output.type === 'chunk'
      ? Object.entries(output.modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [id] : []))
      : [],
  )
  const folders = new Set(ids.map(folderOf).filter((folder) => folder !== null))
  return [...folders].map(componentIn).sort((one, other) => (one.name < other.name ? -1 : 1))
}

/** Lists what is in the build of others: `third-party-licences.txt` and `sbom.cdx.json`. */
export function inventory(): Plugin {
  return {
    name: 'inventory',
    apply: 'build',
    generateBundle(_, bundle) {
      const components = componentsOf(bundle)
      this.emitFile({ type: 'asset', fileName: 'third-party-licences.txt', source: licences(components) })
      const bill = `${JSON.stringify(billOf(components), null, 2)}\n`
      this.emitFile({ type: 'asset', fileName: 'sbom.cdx.json', source: bill })
    },
  }
}

const sums = 'sha256sums.txt'

/** Lists the hashes of all files in a folder, as `sha256sum -c` reads them, so that a copy can be compared. */
export function writeHashes(folder: string): void {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((file) => file !== sums)
    .sort()
  const lines = files.map((file) => {
    const hash = createHash('sha256')
      .update(readFileSync(join(folder, file)))
      .digest('hex')
    return `${hash}  ${file}\n`
  })
  writeFileSync(join(folder, sums), lines.join(''))
}
