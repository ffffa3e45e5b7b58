import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { command, root } from './checks/command.ts'
import { writeHashes } from './inventory.ts'
import testPackage from './test-package.ts'

/** What a release has besides the package, out of `dist`. */
const ofDist = ['playground.html', 'sbom.cdx.json', 'third-party-licences.txt']

/**
 * `npm run release`: builds twice and compares, tries the package as `npm run test:package` does, and puts it into `release`
 * with the page in one file, what both contain, and the hash of each.
 */
export default async function release(): Promise<void> {
  await testPackage()
  if (process.exitCode) return
  const folder = join(root, 'release')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const { code } = await command('npm', ['pack', '--pack-destination', folder], { collect: true })
  if (code !== 0) throw new Error('npm pack failed.')
  for (const file of ofDist) copyFileSync(join(root, 'dist', file), join(folder, file))
  writeHashes(folder)
  console.log(`The release is in ${folder}.`)
}
