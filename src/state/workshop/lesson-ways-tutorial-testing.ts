import { emptyConfig } from '../../lib/oauth/config/config.ts'
import type { LessonPage, Ways } from './lesson-page-testing.ts'

const inHeader = { token_endpoint_auth_method: 'client_secret_basic' } as const
const inBody = { token_endpoint_auth_method: 'client_secret_post' } as const
const parent = 'helseid://claims/client/claims/orgnr_parent'

/** Registered, with a token, and the number found. */
async function withToken(page: LessonPage): Promise<void> {
  await page.registerKey()
  await page.get()
  page.desk.enter(2, page.claim(parent))
}

/** The ways of the two tutorials, by id. */
export const tutorialWays: Readonly<Record<string, Ways>> = {
  simpleidserver: {
    solve: async (page) => {
      await page.get(inHeader)
      await page.get(inBody)
      page.desk.enter(2, page.claim('aud'))
      await page.ask('introspection')
    },
    wrong: {
      'the way of the tutorial alone': [
        3,
        async (page) => {
          await page.get()
          page.desk.enter(2, page.claim('aud'))
          await page.ask('introspection')
        },
      ],
      'a wrong secret in the form, in place of the header': [
        3,
        async (page) => {
          await page.get({ client_secret: 'passwords' })
          await page.get({ client_secret: 'password' })
          page.desk.enter(2, page.claim('aud'))
          await page.ask('introspection')
        },
      ],
      'asked about once it is revoked': [
        1,
        async (page) => {
          await page.get(inHeader)
          await page.get(inBody)
          page.desk.enter(2, page.claim('aud'))
          await page.ask('revocation')
          await page.ask('introspection')
        },
      ],
    },
  },
  helseid: {
    solve: async (page) => {
      await withToken(page)
      await page.call()
      await page.call()
    },
    wrong: {
      'a client without an organisation': [
        4,
        async (page) => {
          const { assertion } = page.playground.connection.config
          page.edit({ assertion: { ...assertion, payload: emptyConfig.assertion.payload } })
          await page.registerKey()
          await page.get()
          await page.call()
        },
      ],
      'the bound token as Bearer': [
        2,
        async (page) => {
          await withToken(page)
          await page.call({ presentation: 'bearer' })
        },
      ],
      'one greeting, and a proof for another token': [
        1,
        async (page) => {
          await withToken(page)
          await page.call()
          await page.call({ proof: 'ath' })
        },
      ],
    },
  },
}
