import type { Ways } from './lesson-page-testing.ts'

const bearer = { presentation: 'bearer' } as const

/** The ways of lessons about keys, and about what only a server knows, by id. */
export const keyWays: Readonly<Record<string, Ways>> = {
  'private-key-jwt': {
    solve: async (page) => {
      await page.bringKey()
      await page.get()
      await page.again()
    },
    wrong: {
      'signed anew for the second request': [
        1,
        async (page) => {
          await page.bringKey()
          await page.get()
          await page.get()
        },
      ],
      'a secret in place of the key': [
        2,
        async (page) => {
          await page.bringKey()
          await page.choose('practice-client')
          await page.get()
          await page.again()
        },
      ],
      'the client of nobody, refused twice': [
        2,
        async (page) => {
          await page.bringKey()
          await page.get({ client_id: 'practice-key-999' })
          await page.again()
        },
      ],
    },
  },
  'stolen-token': {
    solve: async (page) => {
      await page.get()
      await page.call()
      await page.choose('practice-dpop')
      await page.get()
      await page.call(bearer)
      await page.call({ presentation: 'dpop', proof: 'key' })
      await page.call({ proof: 'none' })
    },
    wrong: {
      'the owner alone': [
        3,
        async (page) => {
          await page.get()
          await page.call()
          await page.choose('practice-dpop')
          await page.get()
          await page.call()
        },
      ],
      'a proof for another URL, in place of another key, and no owner': [
        2,
        async (page) => {
          await page.get()
          await page.call()
          await page.choose('practice-dpop')
          await page.get()
          await page.call(bearer)
          await page.call({ presentation: 'dpop', proof: 'htu' })
          await page.call({ proof: 'none' })
        },
      ],
      'the thief alone': [
        1,
        async (page) => {
          await page.get()
          await page.call()
          await page.choose('practice-dpop')
          await page.get()
          await page.call(bearer)
          await page.call({ presentation: 'dpop', proof: 'key' })
        },
      ],
    },
  },
  'opaque-token': {
    solve: async (page) => {
      await page.get()
      await page.call()
      await page.ask('introspection')
      await page.ask('revocation')
      await page.ask('introspection')
    },
    wrong: {
      'expired, and not revoked': [
        2,
        async (page) => {
          await page.get()
          await page.call()
          await page.ask('introspection')
          page.wait(300)
          await page.ask('introspection')
        },
      ],
      'revoked, and never asked about again': [
        1,
        async (page) => {
          await page.get()
          await page.call()
          await page.ask('introspection')
          await page.ask('revocation')
          await page.call()
        },
      ],
      'a JWT': [
        5,
        async (page) => {
          await page.choose('practice-client')
          await page.get()
          await page.call()
          await page.ask('introspection')
          await page.ask('revocation')
          await page.ask('introspection')
        },
      ],
    },
  },
  'key-rotation': {
    solve: async (page) => {
      await page.get()
      await page.call()
      await page.get()
      await page.get()
      await page.openToken(3)
      await page.call()
      await page.fetchKeys()
    },
    wrong: {
      'the second token, whose key is still there': [
        2,
        async (page) => {
          await page.get()
          await page.call()
          await page.get()
          await page.get()
          await page.openToken(2)
          await page.call()
          await page.fetchKeys()
        },
      ],
      'the first token once it has expired': [
        2,
        async (page) => {
          await page.get()
          await page.call()
          await page.get()
          await page.get()
          page.wait(300)
          await page.openToken(3)
          await page.call()
          await page.fetchKeys()
        },
      ],
      'the keys looked at too early': [
        1,
        async (page) => {
          await page.get()
          await page.call()
          await page.get()
          await page.get()
          await page.fetchKeys()
          await page.openToken(3)
          await page.call()
        },
      ],
    },
  },
}
