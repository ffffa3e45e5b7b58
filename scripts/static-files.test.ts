import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listenOnLoopback, type Listener } from '../tests/servers/loopback.ts'
import { startSite } from './site.ts'
import { staticFiles } from './static-files.ts'

const outer = mkdtempSync(join(tmpdir(), 'playground-files-'))
const folder = join(outer, 'site')
let host: Listener

/** As it is: `fetch` would resolve the dots of a path before it sends it. */
const ask = (path: string, method = 'GET') =>
  new Promise<{ status: number; type: string; cache: string; body: string }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: host.port, path, method }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      response.on('end', () => {
        const { 'content-type': type = '', 'cache-control': cache = '' } = response.headers
        resolve({ status: response.statusCode ?? 0, type, cache, body })
      })
    })
    sent.on('error', reject).end()
  })

beforeAll(async () => {
  for (const path of [folder, join(folder, 'assets'), `${folder}-not`]) mkdirSync(path)
  writeFileSync(join(folder, 'index.html'), 'page')
  writeFileSync(join(folder, 'assets/a-1.js'), 'script')
  writeFileSync(join(folder, 'notes.txt'), 'no kind of file that a page has')
  writeFileSync(join(outer, 'secret.html'), 'secret')
  writeFileSync(join(`${folder}-not`, 'secret.html'), 'secret')
  host = await listenOnLoopback()
  host.serve(staticFiles(folder))
})

afterAll(async () => {
  await host.close()
  rmSync(outer, { recursive: true })
})

describe('the files of a folder', () => {
  it.each(['/', '/index.html', '/?x=1', '/index%2Ehtml'])(
    '%s is the page, asked for anew each time',
    async (path) => {
      expect(await ask(path)).toEqual({
        status: 200,
        type: 'text/html; charset=utf-8',
        cache: 'no-cache',
        body: 'page',
      })
    },
  )

  it('have their kind; what has its hash in its name is kept for ever', async () => {
    expect(await ask('/assets/a-1.js')).toMatchObject({
      status: 200,
      type: 'text/javascript; charset=utf-8',
      cache: 'public, max-age=31536000, immutable',
    })
  })

  it.each([
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/..%2Fsecret.html',
    '/assets/../../secret.html',
    '/../site-not/secret.html',
    '/..%5csecret.html',
    '/index.html%00',
    '/%',
    '/assets',
    '/assets/',
    '/notes.txt',
    '/none.html',
  ])('%s is none of them', async (path) => {
    expect(await ask(path)).toMatchObject({ status: 404, body: '' })
  })

  it('are read, and not written', async () => {
    expect((await ask('/', 'POST')).status).toBe(405)
    expect(await ask('/', 'HEAD')).toMatchObject({ status: 200, body: '' })
  })
})

it('a site without its build is not served', async () => {
  const relayed = { folder: join(outer, 'none'), origins: [], onRefusal: () => undefined }
  await expect(startSite(0, undefined, relayed)).rejects.toThrow('npm run build')
})
