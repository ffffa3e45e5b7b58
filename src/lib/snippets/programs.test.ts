import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { record, type RecordedRequest } from '../../../tests/servers/fault-server.ts'
import { type Listener, listenOnLoopback } from '../../../tests/servers/loopback.ts'
import { type Case, cases, environment, requestTo, secretTexts } from './cases-testing.ts'
import { missing, programs, run } from './programs-testing.ts'
import { renderers } from './renderers.ts'

/** Go compiles its standard library once a machine. */
const slowest = 120_000

let listener: Listener
let directory: string
const arrived: RecordedRequest[] = []

beforeAll(async () => {
  listener = await listenOnLoopback()
  listener.serve(async (incoming, response) => {
    arrived.push(await record(incoming))
    response.end()
  })
  directory = await mkdtemp(join(tmpdir(), 'snippets-'))
})

afterAll(async () => {
  await listener.close()
  await rm(directory, { recursive: true })
})

/** Of a message, what the page has set; a repeated field is one of several lines or one with commas. */
function set(names: readonly string[], message: Message): object {
  const { headers, body } = message
  const fields = names.map((name) => {
    const same = headers.filter(([other]) => other.toLowerCase() === name.toLowerCase())
    return `${name}: ${same.length === 0 ? '(none)' : same.map(([, value]) => value).join(', ')}`
  })
  return { ...message, headers: fields, body: body?.toString() ?? '' }
}

interface Message extends Pick<Case, 'method' | 'target' | 'headers'> {
  readonly body: Buffer | string | null
}

const percentEncoded = (text: string) =>
  text.replace(/[^]/g, (unit) => `%${Buffer.from(unit).toString('hex').toUpperCase()}`)

describe.each(Object.entries(programs))('%s', (language, program) => {
  const title = `run by ${program.needs.join(' and ')}: the server receives what was recorded`
  it.concurrent(title, { timeout: slowest }, async ({ expect, skip }) => {
    const absent = await missing(program)
    skip(absent.length > 0, `not run: no ${absent.join(', no ')} on this machine`)
    const { render } = renderers[language as keyof typeof programs]
    const all = (['shown', 'variables'] as const)
      .flatMap((secrets) => cases.map((one) => ({ secrets, one })))
      .map((each, id) => ({ ...each, id, prefix: `/${language}/${id}` }))
    const snippets = all.map(({ secrets, one, id, prefix }) => {
      const request = requestTo(listener.origin + prefix, one)
      expect(new URL(request.url).href).toBe(request.url)
      const code = render({ request }, secrets)
      if (secrets === 'variables') for (const secret of secretTexts) expect(code).not.toContain(secret)
      return { id, code }
    })
    await run(program, snippets, await mkdtemp(join(directory, `${language}-`)), environment)
    for (const { secrets, one, prefix } of all) {
      const names = one.headers.map(([name]) => name)
      const received = arrived
        .filter(({ url }) => url.startsWith(`${prefix}/`))
        .map(({ url, ...message }) => set(names, { ...message, target: url.slice(prefix.length) }))
      const target = one.target.replace(program.encodes ?? /$^/, percentEncoded)
      const { method, headers, body } = one
      expect(received, `${one.name}, secrets ${secrets}`).toEqual([
        set(names, { method, target, headers, body }),
      ])
    }
  })
})
