import { spawn, spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { record, type RecordedRequest } from '../../../../tests/servers/fault-server.ts'
import { type Listener, listenOnLoopback } from '../../../../tests/servers/loopback.ts'
import { curlRequests } from './curl-request.ts'

let listener: Listener
let arrived: RecordedRequest[] = []

beforeAll(async () => {
  listener = await listenOnLoopback()
  listener.serve(async (incoming, response) => {
    arrived.push(await record(incoming))
    response.end()
  })
})

afterAll(() => listener.close())

const hasCurl = spawnSync('curl', ['--version']).status === 0

function run(words: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const curl = spawn('curl', ['-sS', '--max-time', '5', ...words], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    curl.on('error', reject)
    curl.on('close', () => resolve())
  })
}

/** Words after `curl`, in which `URL` is that of the server. */
const commands: readonly (readonly string[])[] = [
  ['URL/'],
  ['URL'],
  ['URL/a%2Fb/c?d=e&f'],
  ['URL/', '-d', 'a=b', '-d', 'c d'],
  ['URL/', '-da=b', '--data-raw', '@x', '--data-binary', 'é\n&'],
  ['URL/', '--data-urlencode', "a b&c=é!*()'~_.-"],
  ['URL/', '--data-urlencode', '=a b=c'],
  ['URL/', '--data-urlencode', 'n=a b@c'],
  ['URL/', '--data-urlencode', 'a b'],
  ['URL/', '-G', '-d', 'a=b', '--data-urlencode', 'c=d e'],
  ['URL/?x', '-Gd', 'a=b'],
  ['URL/?x#f', '-Gda=b'],
  ['URL/', '--url-query', 'a=b c', '--url-query', '+d=%20'],
  ['URL/', '--json', '{"a":1}'],
  ['URL/', '--json', '{"a"', '--json', ':1}'],
  ['URL/', '--json', '{}', '-H', 'Content-Type: application/vnd.api+json'],
  ['URL/', '-X', 'PUT', '-d', 'a'],
  ['URL/', '-XPATCH'],
  ['URL/', '-sSkXPOST'],
  ['URL/', '--request', 'PURGE'],
  ['URL/', '-I'],
  ['URL/', '-H', 'a: b', '-H', 'a:c', '-Hd:  e  '],
  ['URL/', '-H', 'a;', '-H', 'b:', '-H', 'c'],
  ['URL/', '-d', 'a', '-H', 'content-type: text/plain'],
  ['URL/', '-d', 'a', '-H', 'Content-Type:'],
  ['URL/', '-d', 'a', '-H', 'Content-Type;'],
  ['URL/', '-u', 'm2m:p:w é'],
  ['URL/', '-u', ':x'],
  ['URL/', '-u', 'a:b', '-H', 'authorization: Bearer x'],
  ['URL/', '--oauth2-bearer', 'abc'],
  ['URL/', '-b', 'a=b; c=d'],
  ['URL/', '-o', '/dev/null', '-w', '%{http_code}', '--max-redirs', '3', '--compressed'],
  ['URL/', '--no-keepalive', '--no-progress-meter', '-L'],
  ['URL/', '--insec', '-d', 'a'],
  ['-g', 'URL/[1-9]{a,b}'],
  ['URL/\\[a\\]'],
  ['--url', 'URL/u', '-d', 'a', '--next', 'URL/n', '-:', '-I', 'URL/h'],
]

/** Those that curl sends in any case, and those of the connection. */
const ofCurl = /^(?:host|user-agent|content-length|connection|accept-encoding)$/i

const comparable = (headers: readonly (readonly [string, string])[]) =>
  headers
    .filter(([name, value]) => !ofCurl.test(name) && !(/^accept$/i.test(name) && value === '*/*'))
    .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
    .sort()

describe.skipIf(!hasCurl)('the requests are those that curl itself sends', () => {
  it.each(commands.map((words) => [words.join(' '), words] as const))('%s', async (_title, words) => {
    const here = words.map((word) => word.replace('URL', listener.origin))
    arrived = []
    await run(here)
    const found = curlRequests({ words: here, stdin: null }).map((one) => {
      if ('refusal' in one) throw new Error(one.refusal)
      const { url, method, headers, body } = one.request
      const { pathname, search } = new URL(url)
      return { method, target: pathname + search, headers: comparable(headers), body: body ?? '' }
    })
    expect(found).toEqual(
      arrived.map(({ method, url, headers, body }) => ({
        method,
        // As a browser writes it.
        target: new URL(url, 'http://x.example').href.slice('http://x.example'.length),
        headers: comparable(headers),
        body: body.toString(),
      })),
    )
    expect(found.length).toBeGreaterThan(0)
  })
})
