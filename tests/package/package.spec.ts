import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'
import { root } from '../../scripts/checks/command.ts'
import { test as base, expect } from '../browser/fixtures.ts'
import { PlaygroundPage } from '../browser/playground-page.ts'
import { unsignedToken } from '../servers/fault-server.ts'
import { startWireServer } from '../servers/wire-server.ts'

/** An empty folder in which the package was installed without a network. */
const app = process.env['TEST_PACKAGE'] ?? ''
const installed = join(app, 'node_modules/client-credentials-playground')
const program = join(app, 'node_modules/.bin/client-credentials-playground')

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>
  readonly dependencies?: unknown
}

/** What the program of the package says once it serves. */
const serving = /Page +http:\/\/localhost:(\d+)\/[^]*Ctrl\+C stops it\./

interface Fixtures {
  /** Runs a server in that folder until the test ends, and gives its origin once it has printed its port. */
  start: (file: string, args: readonly string[], port: RegExp) => Promise<string>
}

const test = base.extend<Fixtures>({
  start: async ({ guard }, use) => {
    const stops: (() => Promise<void>)[] = []
    await use(async (file, args, port) => {
      const child = spawn(file, args, {
        cwd: app,
        env: { ...process.env, PORT: '0' },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const closed = once(child, 'close')
      stops.push(async () => {
        child.kill('SIGTERM')
        await closed
      })
      const found = await new Promise<RegExpExecArray>((resolve, reject) => {
        let said = ''
        child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
          said += chunk
          const match = port.exec(said)
          if (match) resolve(match)
        })
        child.once('close', () => {
          reject(new Error(`${file} ended, and had said: ${said}`))
        })
      })
      const origin = `http://localhost:${found[1]}`
      guard.allowOrigin(origin)
      return origin
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
  await page.goto(await start(program, ['--port', '0'], serving))
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
  await page.goto(await start(program, ['--port', '0', '--relay', server.origin], serving))
  const playground = new PlaygroundPage(page)
  await playground.connectTo(`${server.origin}/token`)
  await page.getByLabel('Send through the relay').check()
  await playground.getToken.click()
  await expect(playground.response).toContainText('200 OK')
  await expect(playground.response.getByText('through the relay', { exact: true })).toBeVisible()
  await server.close()
})

test('express serves the static files under a path, as README has it: a first token', async ({
  page,
  start,
}) => {
  const [, server = ''] =
    /```js\n(import express [^]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? []
  const modules = join(app, 'server/node_modules')
  mkdirSync(modules, { recursive: true })
  symlinkSync(dirname(fileURLToPath(import.meta.resolve('express'))), join(modules, 'express'))
  writeFileSync(join(app, 'server/server.mjs'), server)
  const origin = await start('node', ['server/server.mjs'], /^http:\/\/localhost:(\d+)\//)

  const mount = `${origin}/tools/playground`
  const addresses = [
    [`${mount}/`, `${mount}/`],
    [mount, `${mount}/`],
    [`${mount}/playground.html`, `${mount}/playground.html`],
  ] as const
  for (const [address, shown] of addresses) {
    await page.goto(address)
    expect(page.url()).toBe(shown)
    const playground = new PlaygroundPage(page)
    await playground.getToken.click()
    await expect(playground.response).toContainText('200 OK')
    await expect(playground.token).toContainText('JWT')
  }
})

test('the program refuses a missing build, and options that it does not have', () => {
  const run = (file: string, ...options: string[]) => {
    const { status, stderr } = spawnSync('node', [file, ...options], { cwd: app, encoding: 'utf8' })
    return { status, stderr }
  }
  expect(run(program, '--port', 'x')).toEqual({
    status: 2,
    stderr: '--port wants a number from 0 to 65535, not x.\n',
  })
  expect(run(program, '--open').status).toBe(2)
  expect(run(program, '--relay', 'https://host.example/token').stderr).toContain(
    'nothing after host and port',
  )
  const copy = join(app, 'without-relay')
  cpSync(installed, copy, { recursive: true, filter: (file) => file !== join(installed, 'pack/relay') })
  const { status, stderr } = run(
    join(copy, 'pack/serve.js'),
    '--port',
    '0',
    '--relay',
    'https://host.example',
  )
  expect(status).toBe(1)
  expect(stderr).toContain('run `npm run build`')
})
