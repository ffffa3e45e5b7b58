import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { listed, readPlaywright, readVitest, slowest } from './report.ts'

const folder = mkdtempSync(join(tmpdir(), 'playground-report-'))
const file = join(folder, 'report.json')
const written = (report: object) => {
  writeFileSync(file, JSON.stringify(report))
  return file
}
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const vitest = {
  numPassedTests: 2,
  numFailedTests: 0,
  testResults: [{ assertionResults: [{ fullName: 'adds', duration: 1500 }, { fullName: 'is skipped' }] }],
}

const playwright = {
  stats: { expected: 2, unexpected: 0, flaky: 1 },
  suites: [
    {
      title: 'a.spec.ts',
      specs: [{ title: 'opens', tests: [{ results: [{ duration: 200 }] }] }],
      suites: [
        {
          title: 'group',
          specs: [
            {
              title: 'sends',
              tests: [
                { results: [{ duration: 1000, errors: [{ message: 'no response' }] }, { duration: 500 }] },
              ],
            },
          ],
        },
      ],
    },
  ],
}

test('what Vitest counts and how long each test took', () => {
  expect(readVitest(0, written(vitest))).toEqual({
    passed: 2,
    failed: 0,
    tests: [
      { name: 'adds', seconds: 1.5 },
      { name: 'is skipped', seconds: 0 },
    ],
    failures: [],
  })
})

test('what Playwright counts: a test that needed another try has failed', () => {
  expect(readPlaywright(1, written(playwright))).toEqual({
    passed: 2,
    failed: 1,
    tests: [
      { name: 'a.spec.ts › opens', seconds: 0.2 },
      { name: 'a.spec.ts › group › sends', seconds: 1.5 },
    ],
    failures: [{ name: 'a.spec.ts › group › sends', words: 'no response' }],
  })
})

test('what failed is named at the end, with the first lines of why', () => {
  const failing = [
    { name: 'a.test.ts', message: 'no such import', assertionResults: [] },
    { assertionResults: [{ fullName: 'adds', failureMessages: ['expected 2\nto be 3\nat a.test.ts'] }] },
  ]
  const { failures = [] } = readVitest(1, written({ ...vitest, numFailedTests: 2, testResults: failing }))
  expect(listed(failures, 2)).toBe('a.test.ts\n    no such import\nadds\n    expected 2\n    to be 3')
})

test('a runner that fails, runs nothing or reports nothing has failed', () => {
  expect(readVitest(1, written(vitest))).toMatchObject({ passed: 2, failed: 1 })
  expect(readVitest(0, written({ ...vitest, numPassedTests: 0 }))).toMatchObject({ passed: 0, failed: 1 })
  expect(readVitest(0, join(folder, 'nothing.json'))).toEqual({ passed: 0, failed: 1 })
})

test('the slowest come first, and no more than asked for', () => {
  const tests = [1, 12.34, 3].map((seconds) => ({ name: `of ${seconds}`, seconds }))
  expect(slowest(tests, 2)).toBe('  12.3 s  of 12.34\n   3.0 s  of 3')
})
