import { expect } from '@playwright/test'
import { get, pressed, type Turns, type Way } from './lesson-ways.ts'

const ownKey: Way = async (page) => {
  await page.registerKey()
  await expect(page.field('Client ID')).toHaveValue(/^practice-key-/)
}

/** A bearer token used, and a bound one at hand. */
const bound: Way = async (page) => {
  await page.press('Get token', 'Call API')
  await page.useClient('practice-dpop')
  await page.getTokenWithNonce()
}

/** The ways of lessons about keys, and about what only a server knows, by id. */
export const keyTurns: Readonly<Record<string, Turns>> = {
  'private-key-jwt': {
    solve: async (page) => {
      await ownKey(page)
      await page.press('Get token', 'Send this one again')
    },
    wrong: {
      'signed anew for the second request': [
        1,
        async (page) => {
          await ownKey(page)
          await page.press('Get token', 'Get token')
        },
      ],
      'a secret in place of the key': [
        2,
        async (page) => {
          await ownKey(page)
          await page.useClient('practice-client')
          await get(page)
        },
      ],
      'the client of nobody, refused twice': [
        2,
        async (page) => {
          await ownKey(page)
          await page.fill('Client ID', 'practice-key-999')
          await page.press('Get token', 'Send this one again')
        },
      ],
    },
  },
  'stolen-token': {
    solve: async (page) => {
      await bound(page)
      await page.callWith('Bearer token')
      await page.callWithProof('By another key')
      await page.callWithProof('As it should be')
    },
    wrong: {
      'the owner alone': [
        3,
        async (page) => {
          await bound(page)
          await page.press('Call API')
        },
      ],
      'a proof for another URL, in place of another key': [
        2,
        async (page) => {
          await bound(page)
          await page.callWith('Bearer token')
          await page.callWithProof('For another URL (htu)')
          await page.callWithProof('As it should be')
        },
      ],
      'the thief alone': [
        1,
        async (page) => {
          await bound(page)
          await page.callWith('Bearer token')
          await page.callWithProof('By another key')
        },
      ],
    },
  },
  'opaque-token': {
    solve: pressed('Get token', 'Call API', 'Introspect', 'Revoke', 'Introspect'),
    wrong: {
      'expired, and not revoked': [
        2,
        async (page) => {
          await page.press('Get token', 'Call API', 'Introspect')
          await page.wait(300)
          await page.press('Introspect')
        },
      ],
      'revoked, and never asked about again': [
        1,
        pressed('Get token', 'Call API', 'Introspect', 'Revoke', 'Call API'),
      ],
      'a JWT': [
        5,
        async (page) => {
          await page.useClient('practice-client')
          await page.press('Get token', 'Call API', 'Introspect', 'Revoke', 'Introspect')
        },
      ],
    },
  },
  'key-rotation': {
    solve: async (page) => {
      await page.press('Get token', 'Call API', 'Get token', 'Get token')
      await page.lookAt((await page.newest()) - 3)
      await page.press('Call API', 'Verify with the server’s keys')
    },
    wrong: {
      'the second token, whose key is still there': [
        2,
        async (page) => {
          await page.press('Get token', 'Call API', 'Get token', 'Get token')
          await page.lookAt((await page.newest()) - 1)
          await page.press('Call API', 'Verify with the server’s keys')
        },
      ],
      'the first token once it has expired': [
        2,
        async (page) => {
          await page.press('Get token', 'Call API', 'Get token', 'Get token')
          await page.lookAt((await page.newest()) - 3)
          await page.wait(300)
          await page.press('Call API')
        },
      ],
      'the keys looked at too early': [
        1,
        async (page) => {
          await page.press('Get token', 'Call API', 'Get token', 'Get token', 'Verify with the server’s keys')
          await page.lookAt((await page.newest()) - 4)
          await page.press('Call API')
        },
      ],
    },
  },
}
