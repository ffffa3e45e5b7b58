import type { Lesson } from '../lesson.ts'

/** What a client proves with a key of its own. */
export const keyLessons: readonly Lesson[] = [
  {
    id: 'private-key-jwt',
    title: 'No shared secret: private_key_jwt',
    goal: 'Authenticate with a key that only the client has, and see a recorded request refused.',
    text: [
      'With private_key_jwt the server has the public half of a key, and no secret that it could lose.',
      'The client signs a JWT for each request, the assertion: short-lived, and with a jti of its own.',
      'Make a key, register its public half, and get a token. Then send the very same bytes again.',
    ],
    start: {
      server: 'practice',
      client: null,
      config: { client_id: '', token_endpoint_auth_method: 'private_key_jwt' },
      call: {},
    },
    prediction: {
      question:
        'Somebody records the request, and sends the same bytes a second later. What does this server send?',
      choices: [
        'invalid_client: the assertion was used',
        'Another token: the signature is right',
        'The same token as before',
      ],
      right: 0,
      step: 2,
      because:
        'This server keeps each jti until its assertion expires. RFC 7523 says that a server MAY do so: not every server does.',
    },
    steps: [
      {
        what: 'The server registers a client with a public key',
        exchange: { about: 'registration', status: 201 },
      },
      {
        what: 'The server issues a token for a signed assertion',
        exchange: { about: 'token', status: 200, auth: 'assertion', replay: false },
      },
      {
        what: 'The server refuses the very same bytes',
        exchange: { about: 'token', status: 401, error: 'invalid_client', auth: 'assertion', replay: true },
      },
    ],
    hints: [
      'Press “Generate” below Signing key, then “Register this key”: it fills in the Client ID. Then “Get token”.',
      'Quicker: “a client with your own key” in “Clients to try here” does all this but “Get token”.',
      'The button “Send this one again” is in Request, once the token has come.',
    ],
    closing:
      'The private half never leaves the client. An assertion MUST have iss, sub, aud and exp, and sub MUST be the client ID.',
    sections: ['RFC 7523 2.2', 'RFC 7523 3', 'RFC 7591 3.1'],
  },
  {
    id: 'stolen-token',
    title: 'The stolen token: Bearer and DPoP',
    goal: 'Compare what a thief can do with a bearer token and with a token that is bound to a key.',
    text: [
      'A bearer token works for whoever has it.',
      'A DPoP-bound token names a key, and every call needs a proof that is signed with it.',
      'Use a bearer token. Then get a bound one, use it as a thief would, and last as its owner.',
    ],
    start: { server: 'practice', client: 'practice-es256', config: {}, call: {} },
    prediction: {
      question:
        'A thief sends the bound token as Bearer, to an API that accepts Bearer as well. What comes back?',
      choices: ['200: the token is genuine and in time', '401 invalid_token', '400: a proof is missing'],
      right: 1,
      step: 2,
      because:
        'cnf in the token says that it is bound. An API that supports both schemes MUST reject such a token as Bearer; else the binding is worth nothing.',
    },
    steps: [
      {
        what: 'The API accepts a bearer token, without knowing who sends it',
        exchange: {
          about: 'api',
          status: 200,
          presented: 'Bearer',
          altered: false,
          claims: { cnf: false },
        },
      },
      {
        what: 'The server issues a bound token, for a proof with its nonce',
        exchange: { about: 'token', status: 200, claims: { cnf: true }, proof: { nonce: true } },
      },
      {
        what: 'The API refuses the bound token as Bearer',
        exchange: {
          about: 'api',
          status: 401,
          error: 'invalid_token',
          presented: 'Bearer',
          altered: false,
          token: 'same',
        },
      },
      {
        what: 'The API refuses the bound token with a proof by another key',
        exchange: {
          about: 'api',
          status: 401,
          error: 'invalid_token',
          presented: 'DPoP',
          altered: false,
          token: 'same',
        },
      },
      {
        what: 'The API accepts the bound token with a proof by its key',
        exchange: {
          about: 'api',
          status: 200,
          presented: 'DPoP',
          altered: false,
          proof: { ath: true },
          token: 'same',
        },
      },
    ],
    hints: [
      'Press “Get token” and “Call API”. Then press practice-dpop in “Clients to try here”, which makes a key, and “Get token”: the nonce comes by itself.',
      'The thief: “Present the token” as Bearer token. Then as “DPoP, with a proof”, with “By another key” in “Proof of the call”, behind “More ways to use the token”.',
      'The owner: “As it should be” in “Proof of the call”, and “Call API”.',
    ],
    closing:
      'Without its key a bound token is worth nothing. The nonce is the server’s, so that nobody can make proofs in advance.',
    sections: ['RFC 6750 1.2', 'RFC 9449 4.3', 'RFC 9449 6.1', 'RFC 9449 7.2', 'RFC 9449 8'],
  },
]
