import type { LessonPage } from './lesson-page.ts'

export type Way = (page: LessonPage) => Promise<void>

/** How a lesson is solved in the page, and three ways that do not solve it, with how many steps are left after each. */
export interface Turns {
  readonly solve: Way
  readonly wrong: Readonly<Record<string, readonly [left: number, way: Way]>>
}

/** A token request. */
export const get: Way = (page) => page.press('Get token')

/** One button after the other. */
export const pressed =
  (...names: readonly string[]): Way =>
  (page) =>
    page.press(...names)

/** Client authentication, as its options are called. */
export const basicHeader = 'Basic header · client_secret_basic'
export const requestBody = 'Request body · client_secret_post'

/** A token request after each text that is typed into a field. */
export const typed =
  (...values: readonly (readonly [label: string, text: string])[]): Way =>
  async (page) => {
    for (const [label, text] of values) {
      await page.fill(label, text)
      await get(page)
    }
  }

/** The steps at which a claim is entered. */
export const labels = {
  iss: 'You find the issuer of the token',
  aud: 'You find the API that the token is for',
  exp: 'You find the second in which the token ends',
} as const
