import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { build as viteBuild } from 'vite'
import { root } from './checks/command.ts'
import { writeHosting } from './hosting.ts'
import { writeHashes } from './inventory.ts'

/** What a package has besides `dist`: its program, where `dist` is, and the page that knows the relay. */
const pack = join(root, 'pack')

/** `npm run build [-- site]`: the page as a folder and as one file in `dist`; unless only that is asked for, `pack`, too. */
export default async function build([only]: string[]): Promise<void> {
  await viteBuild({ root, logLevel: 'warn' })
  await viteBuild({ root, logLevel: 'warn', mode: 'one-file' })
  writeHosting()
  writeHashes(join(root, 'dist'))
  if (only === 'site') return
  await buildProgram()
  await viteBuild({ root, logLevel: 'warn', mode: 'relay', build: { outDir: join(pack, 'relay') } })
}

/** The program in one file, with all that it needs of others, and the module that says where the static files are. */
async function buildProgram(): Promise<void> {
  await viteBuild({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: join(root, 'scripts/package/serve.ts'),
      target: 'node20',
      outDir: pack,
      emptyOutDir: true,
      rolldownOptions: {
        output: { entryFileNames: 'serve.js', codeSplitting: false, banner: '#!/usr/bin/env node' },
      },
    },
  })
  const source = readFileSync(join(root, 'scripts/package/directory.ts'), 'utf8')
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    isolatedDeclarations: true,
  }
  const options = { compilerOptions, fileName: 'directory.ts' }
  writeFileSync(join(pack, 'directory.js'), ts.transpileModule(source, options).outputText)
  writeFileSync(join(pack, 'directory.d.ts'), ts.transpileDeclaration(source, options).outputText)
}
