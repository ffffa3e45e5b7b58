import type { Lesson } from '../lesson.ts'

const reports = 'https://practice.example/reports'

/** What APIs make of tokens. */
export const apiLessons: readonly Lesson[] = [
  {
    id: 'call-the-api',
    title: 'Call the API: 200, 401, 403',
    goal: 'See what an API sends for a good token, for none, for a broken one, and for too little scope.',
    text: [
      'The client sends the token to the API in the Authorization header, as Bearer.',
      '401 says that no valid token came; 403 says that the token is valid, and not enough.',
      'Get a token. Then work in “Use the token”, with “Present the token” and “Call API”.',
    ],
    start: { server: 'practice', client: 'practice-client', config: {}, call: {} },
    prediction: {
      question: 'A call comes without any token. The status is 401. Which error does the API name?',
      choices: ['invalid_token', 'invalid_request', 'None at all'],
      right: 2,
      step: 1,
      because:
        'No token was sent, so that none can be wrong. The API SHOULD NOT name an error then; its challenge says how to authenticate.',
    },
    steps: [
      {
        what: 'The greeting API accepts the token',
        exchange: { about: 'api', status: 200, path: '/api/greeting', presented: 'Bearer', altered: false },
      },
      {
        what: 'The greeting API refuses a call without a token',
        exchange: { about: 'api', status: 401, path: '/api/greeting', presented: 'none', error: '' },
      },
      {
        what: 'The greeting API refuses a token with a broken signature',
        exchange: {
          about: 'api',
          status: 401,
          path: '/api/greeting',
          error: 'invalid_token',
          altered: true,
        },
      },
      {
        what: 'The echo API refuses a token without the scope write',
        exchange: {
          about: 'api',
          status: 403,
          path: '/api/echo',
          error: 'insufficient_scope',
          altered: false,
        },
      },
    ],
    hints: [
      '“Present the token” has all three: Bearer token, Not at all, With its signature broken.',
      'The echo API is behind “More ways to use the token”: press echo in “Ready to call”, then “Call API”.',
      'Present the token to the echo API as Bearer token: if the signature is broken, the scope does not matter.',
    ],
    closing:
      'After 401, get a token, or another one. After 403 with insufficient_scope, the same token request helps nobody: the client has to ask for more, and be allowed to.',
    sections: ['RFC 6750 2.1', 'RFC 6750 3', 'RFC 6750 3.1'],
  },
  {
    id: 'expiry',
    title: 'Expiry, reuse, and no refresh token',
    goal: 'Use one token twice, see it expire, and get the next one.',
    text: [
      'The tokens of practice-brief live for 10 seconds; at most servers it is minutes or hours.',
      'Until then a client uses the same token for every call.',
      'Get a token, and call the API twice, quickly. Wait, call it again, and then get a new token.',
    ],
    start: { server: 'practice', client: 'practice-brief', config: {}, call: {} },
    prediction: {
      question: 'The token has expired. With what does this client get the next one?',
      choices: [
        'With the refresh token of the first response',
        'With the same request as the first time',
        'With the old token, which the server renews',
      ],
      right: 1,
      step: 3,
      because:
        'A refresh token lets a client go on without its user. Here the client has all it needs, so that the response SHOULD NOT include one.',
    },
    steps: [
      {
        what: 'The API accepts the token',
        exchange: { about: 'api', status: 200, client: 'practice-brief', altered: false },
      },
      {
        what: 'The API accepts the same token again',
        exchange: { about: 'api', status: 200, client: 'practice-brief', altered: false, token: 'same' },
      },
      {
        what: 'The API refuses the same token once it has expired',
        exchange: {
          about: 'api',
          status: 401,
          error: 'invalid_token',
          altered: false,
          expired: true,
          token: 'same',
        },
      },
      {
        what: 'The server issues another token to practice-brief',
        exchange: { about: 'token', status: 200, client: 'practice-brief', token: 'other' },
      },
    ],
    hints: [
      'Ten seconds are enough to press “Get token” once and “Call API” twice. If not, get a token and begin again.',
      'Token shows how many seconds are left. After that, press “Call API” with the same token.',
      'Last, press “Get token”.',
    ],
    closing:
      'Keep a token as long as expires_in says, and then send the token request again. With this grant a refresh token SHOULD NOT be included.',
    sections: ['RFC 6749 4.4.3', 'RFC 6749 5.1', 'RFC 6750 3.1'],
  },
  {
    id: 'tamper',
    title: 'Tamper with a token',
    goal: 'Change one character of a token, and see how an API notices.',
    text: [
      'The signature of a JWT is made over every byte of its header and its payload.',
      'Everybody can change a token. Nobody but the server can sign the change.',
      'Get a token, present it with its signature broken, and then present it as it came.',
    ],
    start: { server: 'practice', client: 'practice-es256', config: {}, call: {} },
    prediction: {
      question: 'How does the greeting API notice that a token was changed?',
      choices: [
        'It verifies the signature with a public key',
        'It asks the authorization server about every token',
        'It knows the tokens that were issued',
      ],
      right: 0,
      step: 0,
      because:
        'The API has the server’s public keys, and needs nobody else to judge a JWT. That is why it does not notice a revocation, either.',
    },
    steps: [
      {
        what: 'The API refuses the changed token',
        exchange: {
          about: 'api',
          status: 401,
          error: 'invalid_token',
          client: 'practice-es256',
          presented: 'Bearer',
          altered: true,
        },
      },
      {
        what: 'The API accepts the same token unchanged',
        exchange: { about: 'api', status: 200, presented: 'Bearer', altered: false, token: 'same' },
      },
    ],
    hints: [
      'Get a token. “Present the token” in “Use the token” has a way to break it.',
      'Choose “With its signature broken”, and press “Call API”. “Server’s checks” in Response shows the check that failed.',
      'Then choose “Bearer token”, and press “Call API” again, with the same token.',
    ],
    closing:
      'An API MUST validate the signature of every JWT access token, and MUST reject one whose alg is none. One changed character is enough.',
    sections: ['RFC 7515 5.2', 'RFC 9068 4', 'RFC 7009 3'],
  },
  {
    id: 'audience',
    title: 'Audience and resource',
    goal: 'Get a token that the reports API accepts.',
    text: [
      'This server issues tokens for two APIs. The claim aud says which one a token is for.',
      'The API URL is that of the reports API. Get a token as always, and call it.',
      'Then name the reports API in the token request, with the parameter resource, and call it again.',
    ],
    start: { server: 'practice', client: 'practice-client', config: {}, call: { url: reports } },
    prediction: {
      question:
        'The token is genuine, in time, and has the scope that reports wants. What does reports send?',
      choices: ['200: nothing is missing', '401 invalid_token', '403 insufficient_scope'],
      right: 1,
      step: 0,
      because:
        'aud names the other API. Whoever is not in aud MUST reject the JWT; else every API could use the tokens it receives at all others.',
    },
    steps: [
      {
        what: 'The reports API refuses a token for the other API',
        exchange: {
          about: 'api',
          status: 401,
          error: 'invalid_token',
          path: '/reports',
          altered: false,
          claims: { aud: 'https://practice.example/api' },
        },
      },
      {
        what: 'The server issues a token for the reports API',
        exchange: { about: 'token', status: 200, sent: { resource: reports }, claims: { aud: reports } },
      },
      {
        what: 'The reports API accepts that token',
        exchange: { about: 'api', status: 200, path: '/reports', altered: false, token: 'same' },
      },
    ],
    hints: [
      'Press “Get token”, then “Call API”, and look at aud in Token.',
      'Resource is in Connection, under “Resource, audience, RAR, more”.',
      'Type https://practice.example/reports as Resource. Press “Get token”, then “Call API”.',
    ],
    closing:
      'resource names an API by an absolute URI, and aud of a JWT access token SHOULD have the same value. An API MUST validate that aud names it.',
    sections: ['RFC 8707 2', 'RFC 9068 3', 'RFC 9068 4', 'RFC 7519 4.1.3'],
  },
]
