import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { staticFiles } from '../../scripts/static-files.ts'
import { test as base, expect } from '../browser/fixtures.ts'
import { PlaygroundPage } from '../browser/playground-page.ts'
import { unsignedToken } from '../servers/fault-server.ts'
import { listenOnLoopback } from '../servers/loopback.ts'
import { startWireServer } from '../servers/wire-server.ts'

/** An empty folder in which the package was installed without a network. */
const app = process.env['TEST_PACKAGE'] ?? ''
const installed = join(app, 'node_modules/client-credentials-playground')
const program = join(app, 'node_modules/.bin/client-credentials-playground')

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>
  readonly dependencies?: unknown
}

const test = base.extend<{ start: (...options: string[]) => Promise<string> }>({
  start: async ({ guard }, use) => {
    const stops: (() => Promise<void>)[] = []
    await use(async (...options) => {
      const child = spawn(program, ['--port', '0', ...options], {
        cwd: app,
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const closed = once(child, 'close')
      stops.push(async () => {
        child.kill('SIGTERM')
        await closed
      })
      let said = ''
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
      await expect.poll(() => said).toContain('Ctrl+C stops it.')
      const url = /Page +(\S+)/.exec(said)?.[1] ?? ''
      guard.allowOrigin(url)
      return url
    })
    await Promise.all(stops.map((stop) => stop()))
  },
})

test.use({ isolated: true })

test('the package needs no other, and nothing runs when it is installed', () => {
  expect(readdirSync(join(app, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    'client-credentials-playground',
  ])
  const { scripts, dependencies } = JSON.parse(
    readFileSync(join(installed, 'package.json'), 'utf8'),
  ) as Manifest
  expect(dependencies).toBeUndefined()
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare'])
    expect(scripts).not.toHaveProperty(name)
})

test('`directory` is the absolute path of the static files, and a string to TypeScript', async () => {
  const { directory } = (await import(pathToFileURL(join(installed, 'pack/directory.js')).href)) as {
    directory: string
  }
  expect(directory).toBe(join(installed, 'dist'))
  for (const file of ['index.html', 'playground.html']) expect(existsSync(join(directory, file))).toBe(true)

  const source = join(app, 'use.ts')
  const text = (wrong: string) =>
    `import { directory } from 'client-credentials-playground'\nexport const path: ${wrong} = directory\n`
  const problems = (wanted: string) => {
    ts.sys.writeFile(source, text(wanted))
    const options = {
      module: ts.ModuleKind.NodeNext,
      strict: true,
      noEmit: true,
      types: [],
      skipLibCheck: true,
    }
    const found = ts.getPreEmitDiagnostics(ts.createProgram([source], options))
    return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
  }
  expect(problems('string')).toEqual([])
  expect(problems('number')).toEqual(["Type 'string' is not assignable to type 'number'."])
})

test('the program serves the page: a first token', async ({ page, start }) => {
  await page.goto(await start())
  const playground = new PlaygroundPage(page)
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await expect(playground.token).toContainText('JWT')
})

test('with --relay it serves the page that reads a server without CORS', async ({ page, start, guard }) => {
  guard.allowConsole(/CORS|Failed to load resource|net::ERR_/)
  const body = JSON.stringify({ access_token: unsignedToken('{"sub":"m2m"}'), token_type: 'Bearer' })
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`
  const server = await startWireServer(`${head}\r\n\r\n${body}`)
  guard.allowOrigin(server.origin)
  await page.goto(await start('--relay', server.origin))
  const playground = new PlaygroundPage(page)
  await playground.connectTo(`${server.origin}/token`)
  await page.getByLabel('Send through the relay').check()
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await expect(playground.response.getByText('through the relay', { exact: true })).toBeVisible()
  await server.close()
})

test('another server serves the static files under a path: a first token', async ({ page, guard }) => {
  const host = await listenOnLoopback()
  const files = staticFiles(join(installed, 'dist'))
  host.serve((request, response) => {
    request.url = (request.url ?? '').replace(/^\/tools\/playground/, '')
    return files(request, response)
  })
  guard.allowOrigin(host.origin)
  for (const path of ['/tools/playground/', '/tools/playground/playground.html']) {
    await page.goto(host.origin + path)
    const playground = new PlaygroundPage(page)
    await playground.getToken.click()
    await expect(playground.response).toContainText('200 OK')
  }
  await host.close()
})

test('the program refuses a missing build, and options that it does not have', () => {
  const run = (...options: string[]) => {
    const { status, stderr } = spawnSync(program, options, { cwd: app, encoding: 'utf8' })
    return { status, stderr }
  }
  expect(run('--port', 'x')).toEqual({ status: 2, stderr: '--port wants a number from 0 to 65535, not x.\n' })
  expect(run('--open').status).toBe(2)
  expect(run('--relay', 'https://host.example/token').stderr).toContain('nothing after host and port')
  renameSync(join(installed, 'pack/relay'), join(installed, 'pack/gone'))
  const { status, stderr } = run('--port', '0', '--relay', 'https://host.example')
  renameSync(join(installed, 'pack/gone'), join(installed, 'pack/relay'))
  expect(status).toBe(1)
  expect(stderr).toContain('run `npm run build`')
})
