import type { Lesson } from '../lesson.ts'

/** What two products document, from start to finish; with the real ones it is the same. */
export const tutorialLessons: readonly Lesson[] = [
  {
    id: 'simpleidserver',
    title: 'SimpleIdServer: the tutorial',
    goal: 'Do the machine-to-machine tutorial of SimpleIdServer, and see more than its console shows.',
    text: [
      'Steps 1 and 2 of the tutorial are done: the API shopApi has a scope read, and the client m2m may ask for it.',
      'Step 3 is a program that sends a form with ID, secret and scope. Here, “Get token” sends it.',
      'Before you do as the program does, send ID and secret in the Basic header.',
    ],
    start: {
      server: 'simpleidserver',
      client: null,
      config: {
        discovery: 'https://simpleidserver.practice.example/master',
        token_endpoint: 'https://simpleidserver.practice.example/master/token',
      },
      call: {},
    },
    prediction: {
      question:
        'The right ID and secret come in the Basic header, not in the form. What does SimpleIdServer send?',
      choices: ['A token: both ways are good', '400 invalid_client', '401 invalid_client, with a challenge'],
      right: 1,
      step: 0,
      because:
        'SimpleIdServer allows a client one method, and a machine has client_secret_post. RFC 6749 requires 401 after an Authorization header; this server sends 400.',
    },
    steps: [
      {
        what: 'The server refuses m2m with ID and secret in the Basic header',
        exchange: { about: 'token', status: 400, error: 'invalid_client', client: 'm2m', auth: 'header' },
      },
      {
        what: 'The server issues a token to m2m for the form of the tutorial',
        exchange: {
          about: 'token',
          status: 200,
          client: 'm2m',
          auth: 'body',
          sent: { scope: 'read' },
          granted: 'read',
        },
      },
      { what: 'You find the API that the token is for', find: 'aud' },
      {
        what: 'Introspection says that the token is active',
        exchange: { about: 'introspection', active: true, client: 'm2m', token: 'same' },
      },
    ],
    hints: [
      'Client authentication is Basic header for the first step, and Request body for the second.',
      'aud in the payload is a list with one name. Enter the name, without brackets.',
      'Last, press “Introspect” in “Use the token”.',
    ],
    closing:
      'With a SimpleIdServer of your own, type its Token endpoint: the steps are the same. A refresh token, which it sends as well, SHOULD NOT be included.',
    sections: ['RFC 6749 4.4.2', 'RFC 6749 4.4.3', 'RFC 6749 5.2', 'RFC 7662 2.2'],
  },
  {
    id: 'helseid',
    title: 'HelseID: the sample',
    goal: 'Get a token for an organisation, bound to a key, and a greeting from the Sample API.',
    text: [
      'HelseID accepts no secret: the client signs an assertion, and with the same key a DPoP proof.',
      'The numbers of the organisation are in the assertion, as assertion_details.',
      'Make a key, register it, get a token, and call the Sample API twice.',
    ],
    start: {
      server: 'helseid',
      client: null,
      config: {
        discovery: 'https://helseid.practice.example',
        token_endpoint: 'https://helseid.practice.example/connect/token',
      },
      call: {},
    },
    prediction: {
      question: 'Assertion and proof are signed as they should be. What does the first request bring?',
      choices: ['A token', '400, and a nonce for the next proof', '401, and a challenge for the assertion'],
      right: 1,
      step: 0,
      because:
        'A proof needs a nonce, and only the server can give one: it comes with use_dpop_nonce. The page sends again, with a new proof and a new assertion.',
    },
    steps: [
      {
        what: 'The server demands a nonce in the proof',
        exchange: {
          about: 'token',
          status: 400,
          error: 'use_dpop_nonce',
          auth: 'assertion',
          proof: { nonce: false },
        },
      },
      {
        what: 'The server issues a token for the organisation, bound to the key',
        exchange: {
          about: 'token',
          status: 200,
          auth: 'assertion',
          assertion: { assertion_details: true },
          proof: { nonce: true },
          claims: { cnf: true },
        },
      },
      {
        what: 'You find the number of the parent organisation',
        find: 'helseid://claims/client/claims/orgnr_parent',
      },
      {
        what: 'The Sample API greets the organisation',
        exchange: {
          about: 'api',
          status: 200,
          path: '/machine-clients/greetings',
          presented: 'DPoP',
          altered: false,
          token: 'same',
        },
      },
      {
        what: 'The Sample API greets again, for the same token with a new proof',
        exchange: {
          about: 'api',
          status: 200,
          path: '/machine-clients/greetings',
          presented: 'DPoP',
          replay: false,
          token: 'same',
        },
      },
    ],
    hints: [
      'Below Signing key, press “Generate”, then “Register this key”. For HelseID’s own test environment, import the key of the sample under Keys.',
      '“Get token” sends two requests. If it was one, the page knew a nonce already: press “Forget it” next to Nonce.',
      'Enter the number after helseid://claims/client/claims/orgnr_parent. Then press “Call API” twice.',
    ],
    closing:
      'The token is used until it expires; the proof is new for each call, and its ath is the hash of the token. With HelseID’s test environment the steps are the same.',
    sections: ['RFC 7523 2.2', 'RFC 7523 3', 'RFC 9449 4.2', 'RFC 9449 7.1', 'RFC 9449 8'],
  },
]
