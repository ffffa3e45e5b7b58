// `node scripts/run.mjs <name> [option ...]` runs the default export of scripts/<name>.ts on every Node from
// 20.19 on: Vite, which is needed anyway, removes the types. All imports must be static (or happen while the
// module is evaluated), because Vite closes its module runner before the script starts.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const [name, ...options] = process.argv.slice(2)
if (name === undefined || !/^[a-z-]+$/.test(name))
  throw new Error('usage: node scripts/run.mjs <name> [option ...]')

const { NODE_ENV } = process.env
const script = fileURLToPath(new URL(`./${name}.ts`, import.meta.url))
const { module } = await runnerImport(script, { configFile: false, logLevel: 'error' })

// Vite has set it to "development", which a build started by the script would mistake for the caller's wish.
if (NODE_ENV === undefined) delete process.env.NODE_ENV
await module.default(options)
