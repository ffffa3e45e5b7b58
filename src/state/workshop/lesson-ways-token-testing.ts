import type { Ways } from './lesson-page-testing.ts'

const both = { parameters: [{ name: 'client_secret', value: 'practice-secret', on: true }] }
const inBody = { token_endpoint_auth_method: 'client_secret_post' } as const

/** The ways of lessons about the token request, by id. */
export const tokenWays: Readonly<Record<string, Ways>> = {
  'first-token': {
    solve: (page) => page.get(),
    wrong: {
      'a secret with a letter too many': [1, (page) => page.get({ client_secret: 'practice-secrets' })],
      'another client': [
        1,
        async (page) => {
          await page.choose('practice-es256')
          await page.get()
        },
      ],
      'a scope that there is not': [1, (page) => page.get({ scope: 'everything' })],
    },
  },
  'read-the-token': {
    solve: async (page) => {
      await page.get()
      for (const [index, claim] of ['iss', 'aud', 'exp'].entries())
        page.desk.enter(index + 1, page.claim(claim))
    },
    wrong: {
      'iat in place of exp': [
        1,
        async (page) => {
          await page.get()
          for (const [index, claim] of ['iss', 'aud', 'iat'].entries())
            page.desk.enter(index + 1, page.claim(claim))
        },
      ],
      'the names of the claims': [
        3,
        async (page) => {
          await page.get()
          for (const [index, claim] of ['iss', 'aud', 'exp'].entries()) page.desk.enter(index + 1, claim)
        },
      ],
      'the client in place of the issuer, and the lifetime in place of the end': [
        2,
        async (page) => {
          await page.get()
          page.desk.enter(1, page.claim('client_id'))
          page.desk.enter(2, page.claim('aud'))
          page.desk.enter(3, '300')
        },
      ],
    },
  },
  'wrong-secret': {
    solve: async (page) => {
      await page.get({ client_secret: 'practice-secret!' })
      await page.get({ client_id: 'nobody', client_secret: 'practice-secret' })
      await page.get({ client_id: 'practice-client' })
    },
    wrong: {
      'the right secret alone': [3, (page) => page.get()],
      'refused twice and never mended': [
        1,
        async (page) => {
          await page.get({ client_secret: 'practice-secret!' })
          await page.get({ client_id: 'nobody' })
        },
      ],
      'a scope that is refused, in place of a client': [
        3,
        async (page) => {
          await page.get({ scope: 'admin' })
          await page.get({ client_id: 'nobody' })
          await page.get({ client_id: 'practice-client', scope: 'read' })
        },
      ],
    },
  },
  'scope-granted': {
    solve: async (page) => {
      await page.get({ scope: '' })
      await page.get({ scope: 'read write' })
      await page.get({ scope: 'admin' })
    },
    wrong: {
      'read asked for by name': [
        3,
        async (page) => {
          await page.get({ scope: 'read' })
          await page.get({ scope: 'read write' })
          await page.get({ scope: 'admin' })
        },
      ],
      'two scopes with a comma, which are one unknown scope': [
        2,
        async (page) => {
          await page.get({ scope: '' })
          await page.get({ scope: 'read,write' })
          await page.get({ scope: 'admin' })
        },
      ],
      'nothing unknown': [
        1,
        async (page) => {
          await page.get({ scope: '' })
          await page.get({ scope: 'write read' })
          await page.get({ scope: 'write' })
        },
      ],
    },
  },
  'header-or-body': {
    solve: async (page) => {
      await page.get()
      await page.get(inBody)
      await page.get({ token_endpoint_auth_method: 'client_secret_basic', ...both })
    },
    wrong: {
      'header and body, and never both': [
        1,
        async (page) => {
          await page.get()
          await page.get(inBody)
          await page.get({ token_endpoint_auth_method: 'client_secret_basic' })
        },
      ],
      'the client ID next to the header, which is allowed': [
        1,
        async (page) => {
          await page.get()
          await page.get(inBody)
          await page.get({
            token_endpoint_auth_method: 'client_secret_basic',
            parameters: [{ name: 'client_id', value: 'practice-client', on: true }],
          })
        },
      ],
      'a parameter that is switched off': [
        1,
        async (page) => {
          await page.get()
          await page.get(inBody)
          await page.get({
            token_endpoint_auth_method: 'client_secret_basic',
            parameters: [{ name: 'client_secret', value: 'practice-secret', on: false }],
          })
        },
      ],
    },
  },
  'encoded-secret': {
    solve: async (page) => {
      await page.get()
      await page.get({ basic_encoding: 'form' })
    },
    wrong: {
      'the body, in which nothing has to be chosen': [
        1,
        async (page) => {
          await page.get()
          await page.get(inBody)
        },
      ],
      'a wrong secret, form-encoded, and then the right one': [
        2,
        async (page) => {
          await page.get({ basic_encoding: 'form', client_secret: 'p%C3 s+cr:t' })
          await page.get({ client_secret: 'p%C3 s+cr:t ü' })
        },
      ],
      'encoded by hand and by the page, which is once too often': [
        1,
        async (page) => {
          await page.get()
          await page.get({ basic_encoding: 'form', client_secret: 'p%25C3+s%2Bcr%3At+%C3%BC' })
        },
      ],
    },
  },
}
