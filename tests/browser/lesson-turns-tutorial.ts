import { get, pressed, basicHeader, requestBody, typed, labels, type Turns, type Way } from './lesson-ways.ts'

const parent = 'helseid://claims/client/claims/orgnr_parent'

/** The sample up to its first greeting. */
const sample: Way = async (page) => {
  await page.registerKey()
  await page.getTokenWithNonce()
  await page.enter('You find the number of the parent organisation', await page.claim(parent))
  await page.press('Call API')
}

/** The tutorial up to the API that is found. */
const tutorial: Way = async (page) => {
  await page.select('Client authentication', basicHeader)
  await get(page)
  await page.select('Client authentication', requestBody)
  await get(page)
  await page.enter(labels.aud, await page.claim('aud'))
}

/** The ways of lessons that do what a product documents, by id. */
export const tutorialTurns: Readonly<Record<string, Turns>> = {
  simpleidserver: {
    solve: async (page) => {
      await tutorial(page)
      await page.press('Introspect')
    },
    wrong: {
      'the way of the tutorial alone': [4, pressed('Get token', 'Introspect')],
      'a wrong secret in the form, in place of the header': [
        4,
        typed(['Client secret', 'passwords'], ['Client secret', 'password']),
      ],
      'asked about once it is revoked': [
        1,
        async (page) => {
          await tutorial(page)
          await page.press('Revoke', 'Introspect')
        },
      ],
    },
  },
  helseid: {
    solve: async (page) => {
      await sample(page)
      await page.press('Call API')
    },
    wrong: {
      'one greeting': [1, sample],
      'the very same call again': [
        1,
        async (page) => {
          await sample(page)
          await page.press('Send this one again')
        },
      ],
      'a proof for another token': [
        1,
        async (page) => {
          await sample(page)
          await page.callWithProof('For another token (ath)')
        },
      ],
    },
  },
}
