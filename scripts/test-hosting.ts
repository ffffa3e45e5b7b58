import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { chromium, type Browser } from '@playwright/test'
import { listenOnLoopback } from '../tests/servers/loopback.ts'
import { ensureBrowsers, launchOf } from './browser.ts'
import build from './build.ts'
import { root } from './checks/command.ts'
import { caching, headersOfAll, policyOf } from './hosting.ts'
import { configurationOf, type Host, hosts } from './hosting/hosts.ts'

/** Below the root of a site: dist/ is there, and once more below a path. */
const paths = ['/', '/a/sub/path/']

/**
 * `npm run test:hosting [nginx caddy apache]`: builds, and serves dist/ by each of these servers that is installed, with
 * its file of hosting/. Every header, type and encoding is looked at, and the first token is fetched in Chromium.
 */
export default async function testHosting(names: string[]): Promise<void> {
  const { light } = ensureBrowsers()
  await build(['site'])
  const www = mkdtempSync(join(tmpdir(), 'playground-hosting-'))
  for (const path of paths) cpSync(join(root, 'dist'), join(www, 'www', path), { recursive: true })
  spawnSync('chmod', ['-R', 'a+rX', www])
  const browser = await chromium.launch(launchOf(light))
  const results: boolean[] = []
  const missing: string[] = []
  for (const [name, host] of Object.entries(hosts)) {
    if (names.length > 0 && !names.includes(name)) continue
    if (spawnSync('which', [host.program]).status !== 0) {
      missing.push(name)
      continue
    }
    results.push(...(await tryHost(name, host, www, browser)))
  }
  await browser.close()
  rmSync(www, { recursive: true })
  for (const name of missing)
    console.log(
      `– ${name} was not run: it is not installed (Debian: apt-get install ${hosts[name]?.debian ?? name})`,
    )
  console.log('– not run: hosts that read _headers, GitHub Pages, the Dockerfile')
  const passed = results.filter(Boolean).length
  console.log(`\n${passed} passed, ${results.length - passed} failed`)
  process.exitCode = passed < results.length || results.length === 0 ? 1 : 0
}

async function tryHost(name: string, host: Host, folder: string, browser: Browser): Promise<boolean[]> {
  const results: boolean[] = []
  const check = (what: string, complaints: readonly string[]): void => {
    console.log(
      `${complaints.length === 0 ? '✓' : '✗'} ${name}: ${what}${complaints.map((one) => `\n    ${one}`).join('')}`,
    )
    results.push(complaints.length === 0)
  }
  const free = await listenOnLoopback()
  const { port } = free
  await free.close()
  const file = join(folder, `${name}.conf`)
  writeFileSync(file, configurationOf(host, { www: join(folder, 'www'), folder, port }))
  const server = spawn(host.program, host.options(file, folder), {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: folder },
  })
  const said: string[] = []
  server.stderr.on('data', (chunk: Buffer) => said.push(String(chunk)))
  try {
    await listening(port, server)
    for (const path of paths) {
      const slashless = path === '/' ? [] : await redirected(port, path)
      check(`${path}: each file with its headers, type and encodings`, [
        ...(await filesAt(port, path)),
        ...slashless,
      ])
      for (const opened of [
        path,
        `${path}index.html`,
        `${path}?x=1#y`,
        ...(path === '/' ? [] : [path.slice(0, -1)]),
      ])
        check(`${opened}: the first token`, await tokenAt(browser, `http://localhost:${port}${opened}`))
    }
  } catch (error) {
    check(`it runs`, [String(error), ...said.slice(-5)])
  } finally {
    await stopped(server)
  }
  return results
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

function ask(port: number, path: string, encoding = 'identity'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(
      { host: '127.0.0.1', port, path, headers: { 'Accept-Encoding': encoding }, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(headers) as Record<string, string>,
            body: Buffer.concat(chunks),
          })
        })
      },
    )
    asking.on('error', reject).end()
  })
}

const types: Readonly<Record<string, RegExp>> = {
  '.html': /^text\/html\b/,
  '.js': /^(text|application)\/javascript\b/,
  '.css': /^text\/css\b/,
  '.svg': /^image\/svg\+xml\b/,
  '.png': /^image\/png\b/,
  '.json': /^application\/json\b/,
  '.webmanifest': /^application\/manifest\+json\b/,
}

/** What is wrong with the files of one copy of the page. */
async function filesAt(port: number, path: string): Promise<string[]> {
  const dist = join(root, 'dist')
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && Object.hasOwn(types, extname(file.name)))
    .map((file) => join(file.parentPath, file.name).slice(dist.length + 1))
  const complaints: string[] = []
  for (const file of ['', ...files]) {
    const own = file === '' ? 'index.html' : file
    const content = readFileSync(join(dist, own))
    const policy = extname(own) === '.html' ? policyOf(content.toString()) : undefined
    const wanted = {
      ...Object.fromEntries(Object.entries(headersOfAll).map(([name, value]) => [name.toLowerCase(), value])),
      'cache-control': own.startsWith('assets/') ? caching.hashed : caching.other,
      'content-security-policy': policy,
    }
    const whole = await ask(port, path + file)
    const say = (what: string) => complaints.push(`${path}${file}: ${what}`)
    if (whole.status !== 200 || !whole.body.equals(content))
      say(`${whole.status}, ${whole.body.length} bytes`)
    if (types[extname(own)]?.test(whole.headers['content-type'] ?? '') !== true)
      say(`Content-Type is ${whole.headers['content-type'] ?? 'missing'}`)
    const packed = await Promise.all(['gzip', 'br, gzip'].map((encoding) => ask(port, path + file, encoding)))
    for (const answer of [whole, ...packed]) {
      for (const [name, value] of Object.entries(wanted))
        if (answer.headers[name] !== value)
          say(`${name} is ${answer.headers[name] ?? 'missing'}, not ${value ?? 'missing'}`)
      if (!unpacked(answer).equals(content))
        say(`${answer.headers['content-encoding'] ?? 'plain'} is not the file`)
    }
    if (
      content.length > 1024 &&
      extname(own) !== '.png' &&
      packed.some(({ headers }) => headers['content-encoding'] === undefined)
    )
      say('is not compressed')
  }
  return complaints
}

function unpacked({ headers, body }: Answer): Buffer {
  const encoding = headers['content-encoding']
  if (encoding === 'br') return brotliDecompressSync(body)
  return encoding === undefined ? body : gunzipSync(body)
}

async function redirected(port: number, path: string): Promise<string[]> {
  const { status, headers } = await ask(port, path.slice(0, -1))
  const isRight = (status === 301 || status === 308) && headers['location']?.endsWith(path) === true
  return isRight ? [] : [`${path.slice(0, -1)}: ${status}, Location ${headers['location'] ?? 'missing'}`]
}

/** What went wrong on the way to a token of the practice server, and to a worker that keeps the page. */
async function tokenAt(browser: Browser, url: string): Promise<string[]> {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  try {
    await page.goto(url)
    await page.getByRole('button', { name: 'Get token' }).click()
    await page.getByText('200 OK').first().waitFor({ timeout: 20_000 })
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 20_000 })
  } catch (error) {
    complaints.push(String(error))
  }
  await page.close()
  return complaints
}

async function listening(port: number, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (server.exitCode !== null) throw new Error(`It ended with ${server.exitCode}.`)
    if (
      await ask(port, '/').then(
        () => true,
        () => false,
      )
    )
      return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('It does not listen.')
}

const stopped = (server: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (server.exitCode !== null) {
      resolve()
      return
    }
    server.once('exit', () => resolve())
    server.kill('SIGTERM')
  })
