import type { Lesson } from '../lesson.ts'

/** What only the server can say of a token, and how it can end one early. */
export const serverLessons: readonly Lesson[] = [
  {
    id: 'opaque-token',
    title: 'Opaque token, introspection, revocation',
    goal: 'Use a token that only its server can read, and end it before its time.',
    text: [
      'A token of practice-opaque is a random text. What it means is kept by the server.',
      'An API that receives one asks the server what it is worth: introspection.',
      'Use the token, introspect it, revoke it, and introspect it again.',
    ],
    start: {
      server: 'practice',
      client: 'practice-opaque',
      config: {},
      call: { url: 'https://practice.example/api/introspected' },
    },
    prediction: {
      question: 'The token is revoked. What does introspection send about it now?',
      choices: ['200, with active: false', '401 invalid_token', '404: there is no such token'],
      right: 0,
      step: 4,
      because:
        'Nothing is wrong with the question. The response MUST have active: false, and SHOULD NOT say why: that is for the server to know.',
    },
    steps: [
      {
        what: 'The server issues an opaque token to practice-opaque',
        exchange: { about: 'token', status: 200, client: 'practice-opaque', opaque: true },
      },
      {
        what: 'The API that asks the server accepts the token',
        exchange: { about: 'api', status: 200, path: '/api/introspected', altered: false, token: 'same' },
      },
      {
        what: 'Introspection says that the token is active',
        exchange: { about: 'introspection', active: true, token: 'same' },
      },
      {
        what: 'The server accepts the revocation of the token',
        exchange: { about: 'revocation', status: 200, token: 'same' },
      },
      {
        what: 'Introspection says that the token is not active',
        exchange: { about: 'introspection', active: false, token: 'same' },
      },
    ],
    hints: [
      'Press “Get token”. The API URL is that of the API that asks the server already.',
      'In “Use the token”, press “Call API”, “Introspect”, “Revoke” and “Introspect”, in this order.',
      'If the API refuses the token: “asks the server” in “Ready to call”, behind “More ways to use the token”.',
    ],
    closing:
      'An API that introspects at every call learns of a revocation at once; one that reads JWTs by itself does not. Revoking a token that the server does not know is no error: the status is 200.',
    sections: ['RFC 7662 2.2', 'RFC 7009 2.1', 'RFC 7009 2.2', 'RFC 7009 3'],
  },
  {
    id: 'key-rotation',
    title: 'Key rotation',
    goal: 'See a token end that nobody changed, nobody revoked, and whose time was not over.',
    text: [
      'The server signs every token of practice-rotation with a new key.',
      'APIs find the public keys in its JWK Set, by kid. The set keeps the newest two of them.',
      'Use the first token. Get two more, and then use the first one again.',
    ],
    start: { server: 'practice', client: 'practice-rotation', config: {}, call: {} },
    prediction: {
      question:
        'The first token has minutes to live when the third one is issued. What does the API send for the first?',
      choices: ['200: it is good until its exp', '401 invalid_token', '403 insufficient_scope'],
      right: 1,
      step: 3,
      because:
        'The API finds no key with that kid in the JWK Set any more, and without a key nothing proves who signed the token.',
    },
    steps: [
      {
        what: 'The API accepts the first token',
        exchange: {
          about: 'api',
          status: 200,
          path: '/api/greeting',
          client: 'practice-rotation',
          altered: false,
        },
      },
      {
        what: 'The server issues a second token, with another key',
        exchange: { about: 'token', status: 200, client: 'practice-rotation', token: 'other' },
      },
      {
        what: 'The server issues a third token, with a third key',
        exchange: { about: 'token', status: 200, client: 'practice-rotation', token: 'other' },
      },
      {
        what: 'The API refuses the first token, unchanged and in time',
        exchange: {
          about: 'api',
          status: 401,
          error: 'invalid_token',
          path: '/api/greeting',
          client: 'practice-rotation',
          altered: false,
          expired: false,
          token: 'other',
        },
      },
      {
        what: 'The page fetches the keys, and that of the first token is gone',
        exchange: { about: 'keys', status: 200, path: '/jwks' },
      },
    ],
    hints: [
      'Press “Get token”, “Call API”, “Get token”, “Get token”.',
      'The exchanges are in a row above Request. Press the first token request there, and its token is at hand again. Then press “Call API”.',
      'Last, press “Verify with the server’s keys” in Token, and look for the kid.',
    ],
    closing:
      'A token is worth as much as the key that proves it. Leave an old key in the JWK Set until the last token that it signed has expired.',
    sections: ['RFC 7517 4.5', 'RFC 7517 5', 'RFC 9068 4'],
  },
]
