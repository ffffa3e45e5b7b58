import { get, basicHeader, requestBody, typed, type Turns, type Way, labels } from './lesson-ways.ts'

const headerThenBody: Way = async (page) => {
  await get(page)
  await page.select('Client authentication', requestBody)
  await get(page)
  await page.select('Client authentication', basicHeader)
}

/** Enters, for each claim, the value of another or the same. */
const found =
  (values: Readonly<Record<keyof typeof labels, string>>): Way =>
  async (page) => {
    await get(page)
    for (const claim of ['iss', 'aud', 'exp'] as const)
      await page.enter(labels[claim], await page.claim(values[claim]))
  }

/** The ways of lessons about the token request, by id. */
export const tokenTurns: Readonly<Record<string, Turns>> = {
  'first-token': {
    solve: get,
    wrong: {
      'a secret with a letter too many': [1, typed(['Client secret', 'practice-secrets'])],
      'another client': [
        1,
        async (page) => {
          await page.useClient('practice-es256')
          await get(page)
        },
      ],
      'a scope that there is not': [1, typed(['Scope', 'everything'])],
    },
  },
  'read-the-token': {
    solve: found({ iss: 'iss', aud: 'aud', exp: 'exp' }),
    wrong: {
      'iat in place of exp': [1, found({ iss: 'iss', aud: 'aud', exp: 'iat' })],
      'the client in place of the issuer': [1, found({ iss: 'client_id', aud: 'aud', exp: 'exp' })],
      'issuer and API the other way round': [2, found({ iss: 'aud', aud: 'iss', exp: 'exp' })],
    },
  },
  'wrong-secret': {
    solve: async (page) => {
      await typed(['Client secret', 'practice-secret!'])(page)
      await page.fill('Client secret', 'practice-secret')
      await typed(['Client ID', 'nobody'], ['Client ID', 'practice-client'])(page)
    },
    wrong: {
      'the right secret alone': [3, get],
      'refused twice and never mended': [
        1,
        typed(['Client secret', 'practice-secret!'], ['Client ID', 'nobody']),
      ],
      'a scope that is refused, in place of a client': [
        3,
        typed(['Scope', 'admin'], ['Client ID', 'nobody']),
      ],
    },
  },
  'scope-granted': {
    solve: typed(['Scope', ''], ['Scope', 'read write'], ['Scope', 'admin']),
    wrong: {
      'read asked for by name': [3, typed(['Scope', 'read'], ['Scope', 'read write'], ['Scope', 'admin'])],
      'two scopes with a comma': [2, typed(['Scope', ''], ['Scope', 'read,write'])],
      'nothing unknown': [1, typed(['Scope', ''], ['Scope', 'write read'], ['Scope', 'write'])],
    },
  },
  'header-or-body': {
    solve: async (page) => {
      await headerThenBody(page)
      await page.addParameter('client_secret', 'practice-secret')
      await get(page)
    },
    wrong: {
      'the header once more': [
        1,
        async (page) => {
          await headerThenBody(page)
          await get(page)
        },
      ],
      'the client ID next to the header': [
        1,
        async (page) => {
          await headerThenBody(page)
          await page.addParameter('client_id', 'practice-client')
          await get(page)
        },
      ],
      'the body alone': [
        3,
        async (page) => {
          await page.select('Client authentication', requestBody)
          await get(page)
        },
      ],
    },
  },
  'encoded-secret': {
    solve: async (page) => {
      await get(page)
      await page.select('Encoding in the header', 'Form-encoded (RFC 6749)')
      await get(page)
    },
    wrong: {
      'the body': [
        1,
        async (page) => {
          await get(page)
          await page.select('Client authentication', requestBody)
          await get(page)
        },
      ],
      'form-encoded from the beginning': [
        2,
        async (page) => {
          await page.select('Encoding in the header', 'Form-encoded (RFC 6749)')
          await get(page)
        },
      ],
      'encoded by hand and by the page': [
        1,
        async (page) => {
          await get(page)
          await page.select('Encoding in the header', 'Form-encoded (RFC 6749)')
          await typed(['Client secret', 'p%25C3+s%2Bcr%3At+%C3%BC'])(page)
        },
      ],
    },
  },
}
