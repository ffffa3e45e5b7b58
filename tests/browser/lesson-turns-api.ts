import { get, pressed, typed, type Turns, type Way } from './lesson-ways.ts'

const reports = 'https://practice.example/reports'

const threeCalls: Way = async (page) => {
  await page.press('Call API')
  await page.callWith('Not at all')
  await page.callWith('With its signature broken')
}

const withResource: Way = async (page) => {
  await page.press('Get token', 'Call API')
  await page.unfold('Resource, audience, RAR, more')
  await page.fill('Resource', reports)
  await get(page)
}

/** The ways of lessons about calls of an API, by id. */
export const apiTurns: Readonly<Record<string, Turns>> = {
  'call-the-api': {
    solve: async (page) => {
      await get(page)
      await threeCalls(page)
      await page.ready('echo')
      await page.press('Call API')
    },
    wrong: {
      'the broken token at the echo, too': [
        1,
        async (page) => {
          await get(page)
          await threeCalls(page)
          await page.ready('echo')
          await page.callWith('With its signature broken')
        },
      ],
      'a token with the scope write': [
        1,
        async (page) => {
          await typed(['Scope', 'read write'])(page)
          await threeCalls(page)
          await page.ready('echo')
          await page.press('Call API')
        },
      ],
      'no call without a token': [
        3,
        async (page) => {
          await page.press('Get token', 'Call API')
          await page.callWith('With its signature broken')
          await page.ready('echo')
          await page.press('Call API')
        },
      ],
    },
  },
  expiry: {
    solve: async (page) => {
      await page.press('Get token', 'Call API', 'Call API')
      await page.wait(10)
      await page.press('Call API', 'Get token')
    },
    wrong: {
      'too late for the second call': [
        3,
        async (page) => {
          await page.press('Get token', 'Call API')
          await page.wait(10)
          await page.press('Call API', 'Get token')
        },
      ],
      'a new token for each call': [3, pressed('Get token', 'Call API', 'Get token', 'Call API')],
      'no token after the expired one': [
        1,
        async (page) => {
          await page.press('Get token', 'Call API', 'Call API')
          await page.wait(10)
          await page.press('Call API')
        },
      ],
    },
  },
  tamper: {
    solve: async (page) => {
      await get(page)
      await page.callWith('With its signature broken')
      await page.callWith('Bearer token')
    },
    wrong: {
      'the broken token alone': [
        1,
        async (page) => {
          await get(page)
          await page.callWith('With its signature broken')
        },
      ],
      'another token unchanged': [
        1,
        async (page) => {
          await get(page)
          await page.callWith('With its signature broken')
          await get(page)
          await page.callWith('Bearer token')
        },
      ],
      'no token': [
        2,
        async (page) => {
          await get(page)
          await page.callWith('Not at all')
          await page.callWith('Bearer token')
        },
      ],
    },
  },
  audience: {
    solve: async (page) => {
      await withResource(page)
      await page.press('Call API')
    },
    wrong: {
      'the old token again': [
        1,
        async (page) => {
          await withResource(page)
          await page.lookAt((await page.newest()) - 2)
          await page.press('Call API')
        },
      ],
      'audience in place of resource': [
        2,
        async (page) => {
          await page.press('Get token', 'Call API')
          await page.unfold('Resource, audience, RAR, more')
          await page.fill('Audience', reports)
          await page.press('Get token', 'Call API')
        },
      ],
      'the token for reports at the other API': [
        1,
        async (page) => {
          await withResource(page)
          await page.ready('greeting')
          await page.press('Call API')
        },
      ],
    },
  },
}
