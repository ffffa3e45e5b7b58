import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import testServer from '../../../scripts/test-server.ts'
import { nodeEffects } from '../../../scripts/server-test/node-effects.ts'
import { compareReports, readReport } from '../../../src/lib/server-test/report/compare.ts'
import { type Group, groups } from '../../../src/lib/server-test/base/row.ts'
import { planTest } from '../../../src/lib/server-test/plan.ts'
import { junitOf } from '../../../src/lib/server-test/report/junit.ts'
import { markdownOf } from '../../../src/lib/server-test/report/markdown.ts'
import { type Report, reportFile, summaryOf } from '../../../src/lib/server-test/report/report.ts'
import { issued } from '../../../src/lib/server-test/base/sent.ts'
import { rowIds } from '../../../src/lib/server-test/table.ts'
import { type CompleteServer, startCompleteServer } from '../complete-server.ts'
import { subjectOf, testThrough } from './interposed.ts'

const network = nodeEffects({ pauses: false })
let server: CompleteServer
let done: Awaited<ReturnType<typeof testThrough>>
let report: Report

beforeAll(async () => {
  server = await startCompleteServer()
  done = await testThrough(server.file, (request, forward) => forward(request), network)
  report = done.report
})
afterAll(async () => {
  network.close()
  await server.close()
})

/** What is said of oidc-provider 9.13 as it is; of each other row that it is as it should be. */
const others = {
  // A challenge comes only if the credentials were in the header.
  challenge: 'deviates',
  // invalid_request for an assertion about another subject.
  'assertion-error': 'deviates',
  pragma: 'note',
  'assertion-aud-two': 'note',
  'assertion-aud-endpoint': 'note',
  'assertion-long': 'note',
  // With its nonce the time of a proof is of no account.
  'dpop-old-iat': 'note',
  'dpop-future-iat': 'note',
  // Its issuer has no path.
  'well-known-path': 'skipped',
}

describe('oidc-provider, as it is', () => {
  it('has each verdict', () => {
    expect(done.verdicts).toEqual({ ...Object.fromEntries(rowIds.map((id) => [id, 'ok'])), ...others })
    expect(summaryOf(report)).toBe('2 must and 0 should deviate, 6 notes, 133 as they should be, 1 skipped')
  })

  it('is sent what the plan says, no more failed authentications, and no more tokens than it says', async () => {
    const environment = { kind: 'node', origin: 'http://localhost:4290' } as const
    const plan = planTest(await subjectOf(server.file), environment, Object.keys(groups) as Group[])
    const { sent } = done.run
    const tried = sent.filter(({ row }) => row !== 'revoke-issued')
    // Some are sent again, with the nonce that the server asks for.
    expect(tried.length - plan.requests).toBeGreaterThanOrEqual(0)
    expect(tried.length - plan.requests).toBeLessThan(5)
    const failed = tried.filter(
      ({ reading }) => reading.kind === 'refused' && reading.error.error === 'invalid_client',
    )
    expect(failed.length).toBeGreaterThan(10)
    expect(failed.filter(({ attempt }) => attempt.fails !== true)).toEqual([])
    expect(failed.length).toBeLessThanOrEqual(plan.failing)
    expect(tried.filter((one) => issued(one)).length).toBeLessThanOrEqual(plan.tokens)
  })

  it('gets the tokens revoked that it can revoke', () => {
    expect(done.run.revoked?.revoked).toBeGreaterThan(0)
    expect(done.run.revoked?.why).toContain('did not revoke the others')
  })

  it('is not sent a secret in a URL or in JSON, but a throwaway one in one row', () => {
    const { client } = server.file
    const secret = String(client.client_secret)
    const leaking = done.run.sent.filter(({ exchange: { request } }) => {
      const isForm = request.headers.some(([, value]) =>
        value.startsWith('application/x-www-form-urlencoded'),
      )
      return request.url.includes(secret) || (!isForm && (request.body ?? '').includes(secret))
    })
    expect([...new Set(leaking.map(({ row }) => row))]).toEqual(['query-credentials'])
  })
})

describe('a report', () => {
  it('has no secret, no token and no key in any format', () => {
    const texts = [JSON.stringify(reportFile(report)), markdownOf(report), junitOf(report)]
    const { client, operations, dpop, encoding } = server.file
    const secret = [client, operations, dpop, encoding].flatMap((one) => one?.client_secret ?? [])
    const tokens = done.run.sent.flatMap((sent) => issued(sent)?.accessToken ?? [])
    expect(tokens.length).toBeGreaterThan(30)
    for (const hidden of [...secret, ...tokens, String(server.clientKey.d)])
      for (const text of texts) expect(text.includes(hidden)).toBe(false)
  })

  it('has for each deviation its section and its command', () => {
    const text = markdownOf(report)
    expect(text).toContain('### A challenge with each 401 (`challenge`, must)')
    expect(text).toContain('https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2')
    expect(text).toContain('curl -isS')
  })

  it('is text, whatever a server says', () => {
    const hostile = '`]]></x>\u202E<img src=x onerror=alert(1)> | [a](javascript:b)\u0000'
    const checks = report.checks.map((check) => ({ ...check, found: hostile }))
    const markdown = markdownOf({ ...report, checks, server: hostile })
    expect(markdown).not.toMatch(/(?<!\\)<img|(?<!\\)\[a\]|\u202E|\0/)
    const xml = junitOf({ ...report, checks, server: hostile })
    expect(xml).not.toMatch(/<img|\0|\]\]>/)
    expect(xml.match(/<testcase/g)).toHaveLength(report.checks.length)
    expect(xml.match(/<failure/g)).toHaveLength(2)
  })

  it('is compared with an earlier one', () => {
    const after = reportFile(report)
    const read = readReport(JSON.stringify(after))
    expect(read).toEqual({ ok: true, report: after })
    expect(compareReports(after, after)).toEqual([])
    const before = {
      ...after,
      checks: after.checks
        .filter(({ id }) => id !== 'pragma')
        .map((check) => (check.id === 'challenge' ? { ...check, verdict: 'ok' as const } : check))
        .map((check) => (check.id === 'get' ? { ...check, verdict: 'deviates' as const } : check)),
    }
    expect(compareReports(before, after).map(({ id, change }) => [id, change])).toEqual([
      ['pragma', 'new'],
      ['get', 'better'],
      ['challenge', 'worse'],
    ])
    for (const text of [
      '',
      '[]',
      '{"checks":[]}',
      '{"product":"","version":"","server":"","started":"","checks":[{}]}',
    ])
      expect(readReport(text).ok).toBe(false)
  })
})

describe('npm run test:server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'server-test-'))
  const at = (name: string) => join(folder, name)
  afterAll(() => {
    rmSync(folder, { recursive: true })
    process.exitCode = undefined
  })

  async function exitOf(options: string[]): Promise<number | string | undefined> {
    vi.spyOn(console, 'log').mockReturnValue()
    vi.spyOn(console, 'error').mockReturnValue()
    await testServer(options)
    const { exitCode } = process
    process.exitCode = undefined
    return exitCode ?? undefined
  }

  it('writes the report, and exits with 1 if a must is broken', async () => {
    writeFileSync(at('config.json'), JSON.stringify(server.file))
    const files = ['json', 'junit', 'markdown'].map((format) => `--${format}=${at(format)}`)
    expect(await exitOf([at('config.json'), ...files])).toBe(1)
    const written = JSON.parse(readFileSync(at('json'), 'utf8')) as ReturnType<typeof reportFile>
    expect(written).toMatchObject({ product: 'Client Credentials Playground', server: 'oidc-provider' })
    expect(written.checks.map(({ id }) => id).sort()).toEqual([...rowIds].sort())
    expect(readFileSync(at('junit'), 'utf8')).toContain('<testsuites name="oidc-provider"')
  })

  it.each<[why: string, options: () => string[]]>([
    ['there is no file', () => [at('none.json')]],
    ['an option is unknown', () => [at('config.json'), '--xml=x']],
    ['no file is named', () => []],
    [
      'a variable is not set',
      () => {
        writeFileSync(at('variable.json'), JSON.stringify({ ...server.file, name: '${NO_SUCH_VARIABLE}' }))
        return [at('variable.json')]
      },
    ],
    [
      'the working request brings no token',
      () => {
        const client = { ...server.file.client, client_secret: 'wrong' }
        writeFileSync(at('wrong.json'), JSON.stringify({ ...server.file, client }))
        return [at('wrong.json')]
      },
    ],
  ])('exits with 2 if %s', async (_why, options) => {
    expect(await exitOf(options())).toBe(2)
  })

  it('is a command', () => {
    const run = spawnSync('node', ['scripts/run.mjs', 'test-server'], { encoding: 'utf8' })
    expect(run.status).toBe(2)
    expect(run.stderr).toContain('usage: npm run test:server')
  })
})
