import type { Lesson } from '../lesson.ts'

/** From nothing to a token that one can read, and what a server grants or refuses. */
export const firstLessons: readonly Lesson[] = [
  {
    id: 'first-token',
    title: 'The first token',
    goal: 'Get an access token from an authorization server with a client ID and a secret.',
    text: [
      'A client that acts for itself, with no user, uses the client credentials grant.',
      'It sends one request to the token endpoint: who it is, how it proves that, and what it asks for.',
      'Everything is filled in for the practice server, which runs inside this page. Press “Get token”.',
    ],
    start: { server: 'practice', client: 'practice-client', config: {}, call: {} },
    prediction: {
      question: 'What will the server send back?',
      choices: [
        'A redirect to a page where somebody signs in',
        'A code that has to be exchanged for a token',
        'A JSON object with an access token',
      ],
      right: 2,
      step: 0,
      because:
        'Nobody has to sign in: the client itself is authenticated, and the token comes in the response to this one request.',
    },
    steps: [
      {
        what: 'The server issues a token to practice-client',
        exchange: { about: 'token', status: 200, client: 'practice-client' },
      },
    ],
    hints: [
      'The button “Get token” is at the foot of Connection.',
      'If the server refuses, the form was changed: “Start again” fills it in anew.',
    ],
    closing:
      'The client authenticated, named its grant, and got a token that it can use until it expires. There was one request and no user.',
    sections: ['RFC 6749 4.4', 'RFC 6749 4.4.2', 'RFC 6749 5.1'],
  },
  {
    id: 'read-the-token',
    title: 'Read the token',
    goal: 'Find out who issued a token, which API it is for, and when it ends.',
    text: [
      'This server issues JWTs: a header, a payload and a signature, each in base64url, with dots between them.',
      'The payload is a JSON object. Its members are called claims.',
      'Get a token, and copy three of its claims to the fields below.',
    ],
    start: { server: 'practice', client: 'practice-es256', config: {}, call: {} },
    prediction: {
      question: 'A token comes, and you have none of the server’s keys. What of it can you read?',
      choices: [
        'Nothing: it is encrypted',
        'The header alone: the payload is hashed',
        'Header and payload: they are only encoded',
      ],
      right: 2,
      step: 1,
      because: 'A signed JWT is not encrypted. Its signature shows every change, and hides nothing.',
    },
    steps: [
      {
        what: 'The server issues a token to practice-es256',
        exchange: { about: 'token', status: 200, client: 'practice-es256' },
      },
      { what: 'You find the issuer of the token', find: 'iss' },
      { what: 'You find the API that the token is for', find: 'aud' },
      { what: 'You find the second in which the token ends', find: 'exp' },
    ],
    hints: [
      'Press “Get token”. Token shows the payload, claim by claim.',
      'iss is the issuer, aud the audience, and exp the end, in seconds since 1970.',
      'Copy the values as they are: the URL after iss, the URL after aud, the number after exp.',
    ],
    closing:
      'An API reads these claims to decide. A client MUST NOT inspect them: to the client a token is opaque, and its format may change at any time.',
    sections: ['RFC 9068 2.2', 'RFC 9068 6', 'RFC 7519 3'],
  },
  {
    id: 'wrong-secret',
    title: 'The wrong secret',
    goal: 'See how a server refuses a client, and how little it says about the reason.',
    text: [
      'The server has to know who asks before it issues anything.',
      'Change the Client secret, and get a token. Then send the right secret, from the client ID nobody.',
      'Last, put both right again.',
    ],
    start: { server: 'practice', client: 'practice-client', config: {}, call: {} },
    prediction: {
      question: 'Once the secret is wrong, once the client does not exist. How do the two refusals differ?',
      choices: [
        'Not at all: both are 401 invalid_client',
        'The first is 401, the second is 404',
        'One says wrong secret, the other unknown client',
      ],
      right: 0,
      step: 1,
      because:
        'RFC 6749 has one code for both, invalid_client. If a server tells them apart, everybody can find out which client IDs exist.',
    },
    steps: [
      {
        what: 'The server refuses practice-client with invalid_client',
        exchange: { about: 'token', status: 401, error: 'invalid_client', client: 'practice-client' },
      },
      {
        what: 'The server refuses the unknown client nobody with the same code',
        exchange: { about: 'token', status: 401, error: 'invalid_client', client: 'nobody' },
      },
      {
        what: 'The server issues a token to practice-client',
        exchange: { about: 'token', status: 200, client: 'practice-client' },
      },
    ],
    hints: [
      'Add one character to the Client secret, and press “Get token”. “Server’s checks” in Response shows the check that failed.',
      'For the second refusal, the secret is practice-secret and the Client ID is nobody.',
      'Last: Client ID practice-client, Client secret practice-secret, “Get token”.',
    ],
    closing:
      'invalid_client is about who asks, not about what is asked for. If the credentials came in the Authorization header, the status MUST be 401, with a challenge in WWW-Authenticate.',
    sections: ['RFC 6749 5.2', 'RFC 6749 3.2.1'],
  },
  {
    id: 'scope-granted',
    title: 'Scope, asked and granted',
    goal: 'Ask for no scope, for two and for an unknown one, and compare what is granted.',
    text: [
      'The scope says what a token is good for: words with spaces between them.',
      'What a server grants need not be what was asked for.',
      'Empty the Scope, and get a token. Then ask for read write, and last for admin.',
    ],
    start: { server: 'practice', client: 'practice-client', config: {}, call: {} },
    prediction: {
      question: 'The request names no scope. What does this server do?',
      choices: [
        'It refuses: a token has to have a scope',
        'It issues a token that is good for nothing',
        'It grants its default, and names it in the response',
      ],
      right: 2,
      step: 0,
      because:
        'A server MUST either use a default or refuse with invalid_scope. If the scope granted is not the one asked for, the response MUST name it.',
    },
    steps: [
      {
        what: 'The server grants its default, read, to a request without scope',
        exchange: {
          about: 'token',
          status: 200,
          client: 'practice-client',
          sent: { scope: false },
          granted: 'read',
        },
      },
      {
        what: 'The server grants read and write',
        exchange: { about: 'token', status: 200, client: 'practice-client', granted: 'read write' },
      },
      {
        what: 'The server refuses a scope that it does not know',
        exchange: {
          about: 'token',
          status: 400,
          error: 'invalid_scope',
          client: 'practice-client',
          sent: { scope: true },
        },
      },
    ],
    hints: [
      'An empty Scope is left out of the request. Compare scope in the request and in the response.',
      'For the second step type read write, with one space, and press “Get token”.',
      'For the third step type admin, and press “Get token”.',
    ],
    closing:
      'What counts is the scope in the response. This server refuses a request for too much; another one MAY ignore a part of it, and grant the rest.',
    sections: ['RFC 6749 3.3', 'RFC 6749 5.1', 'RFC 6749 5.2'],
  },
]
