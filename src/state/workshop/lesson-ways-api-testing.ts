import type { Ways } from './lesson-page-testing.ts'

const reports = { resource: ['https://practice.example/reports'] }
const broken = { presentation: 'broken' } as const
const bearer = { presentation: 'bearer' } as const

/** The ways of lessons about calls of an API, by id. */
export const apiWays: Readonly<Record<string, Ways>> = {
  'call-the-api': {
    solve: async (page) => {
      await page.get()
      await page.call()
      await page.call({ presentation: 'none' })
      await page.call(broken)
      page.ready('echo')
      await page.call()
    },
    wrong: {
      'the broken token at the echo, too': [
        1,
        async (page) => {
          await page.get()
          await page.call()
          await page.call({ presentation: 'none' })
          await page.call(broken)
          page.ready('echo')
          await page.call(broken)
        },
      ],
      'a token with the scope write': [
        1,
        async (page) => {
          await page.get({ scope: 'read write' })
          await page.call()
          await page.call({ presentation: 'none' })
          await page.call(broken)
          page.ready('echo')
          await page.call()
        },
      ],
      'no call without a token': [
        3,
        async (page) => {
          await page.get()
          await page.call()
          await page.call(broken)
          page.ready('echo')
          await page.call()
        },
      ],
    },
  },
  expiry: {
    solve: async (page) => {
      await page.get()
      await page.call()
      await page.call()
      page.wait(10)
      await page.call()
      await page.get()
    },
    wrong: {
      'too late for the second call': [
        3,
        async (page) => {
          await page.get()
          await page.call()
          page.wait(10)
          await page.call()
          await page.get()
        },
      ],
      'a new token for each call': [
        3,
        async (page) => {
          await page.get()
          await page.call()
          await page.get()
          await page.call()
          page.wait(10)
          await page.call()
          await page.get()
        },
      ],
      'no token after the expired one': [
        1,
        async (page) => {
          await page.get()
          await page.call()
          await page.call()
          page.wait(10)
          await page.call()
        },
      ],
    },
  },
  tamper: {
    solve: async (page) => {
      await page.get()
      await page.call(broken)
      await page.call(bearer)
    },
    wrong: {
      'the broken token alone': [
        1,
        async (page) => {
          await page.get()
          await page.call(broken)
        },
      ],
      'another token unchanged': [
        1,
        async (page) => {
          await page.get()
          await page.call(broken)
          page.wait(1)
          await page.get()
          await page.call(bearer)
        },
      ],
      'no token, which is refused as well': [
        2,
        async (page) => {
          await page.get()
          await page.call({ presentation: 'none' })
          await page.call(bearer)
        },
      ],
    },
  },
  audience: {
    solve: async (page) => {
      await page.get()
      await page.call()
      await page.get(reports)
      await page.call()
    },
    wrong: {
      'the old token again': [
        1,
        async (page) => {
          await page.get()
          await page.call()
          await page.get(reports)
          await page.openToken(2)
          await page.call()
        },
      ],
      'audience in place of resource, which this server does not know': [
        2,
        async (page) => {
          await page.get()
          await page.call()
          await page.get({ audience: 'https://practice.example/reports' })
          await page.call()
        },
      ],
      'the token for reports at the other API': [
        1,
        async (page) => {
          await page.get()
          await page.call()
          await page.get(reports)
          page.ready('greeting')
          await page.call()
        },
      ],
    },
  },
}
