import type { Lesson } from '../lesson.ts'

/** How a client sends the secret that it shares with the server. */
export const credentialLessons: readonly Lesson[] = [
  {
    id: 'header-or-body',
    title: 'Credentials in header or body',
    goal: 'Send client ID and secret in the header, in the body, and in both at once.',
    text: [
      'client_secret_basic sends the secret in the Authorization header, client_secret_post in the form.',
      'In a page the header costs one request more: the browser first asks the server with OPTIONS.',
      'Get a token in each of the two ways. Then send the secret in both at once.',
    ],
    start: { server: 'practice', client: 'practice-client', config: {}, call: {} },
    prediction: {
      question: 'One request has the right secret in the header and in the body. What does this server send?',
      choices: [
        'invalid_request: one of them is too many',
        'A token: both secrets are right',
        'A token: the header counts, the body is ignored',
      ],
      right: 0,
      step: 2,
      because:
        'A client MUST NOT use more than one authentication method in a request. The error for a request that does is invalid_request.',
    },
    steps: [
      {
        what: 'The server accepts the secret in the header',
        exchange: { about: 'token', status: 200, client: 'practice-client', auth: 'header' },
      },
      {
        what: 'The server accepts the secret in the body',
        exchange: { about: 'token', status: 200, client: 'practice-client', auth: 'body' },
      },
      {
        what: 'The server refuses a request that has the secret in both',
        exchange: {
          about: 'token',
          status: 400,
          error: 'invalid_request',
          client: 'practice-client',
          auth: 'both',
        },
      },
    ],
    hints: [
      'Client authentication has the two ways: Basic header, and Request body.',
      'For both, choose Basic header, open “Resource, audience, RAR, more”, and press “Add a parameter”.',
      'Name of the parameter: client_secret. Value: practice-secret. Then press “Get token”.',
    ],
    closing:
      'Use one method in a request. A server MUST support the Basic header for clients that have a password; credentials in the body are NOT RECOMMENDED.',
    sections: ['RFC 6749 2.3', 'RFC 6749 2.3.1', 'RFC 6749 5.2'],
  },
  {
    id: 'encoded-secret',
    title: 'The secret with % and :',
    goal: 'Find out why a server refuses a right secret, and get a token with it.',
    text: [
      'The secret of practice-encoding has a percent sign, a plus, a colon, spaces and an ü.',
      'The Basic header joins ID and secret with a colon, and encodes the pair in base64.',
      'Get a token, with the secret as it is. Then open “Basic encoding”, and do as RFC 6749 says.',
    ],
    start: {
      server: 'practice',
      client: 'practice-encoding',
      config: { basic_encoding: 'raw' },
      call: {},
    },
    prediction: {
      question: 'The secret is right, and base64 carries every byte of it. What does the server send?',
      choices: [
        'A token: in base64 every character is safe',
        'invalid_client: to the server it is another secret',
        'invalid_request: the header is malformed',
      ],
      right: 1,
      step: 0,
      because:
        'The server form-decodes what was in base64: a plus becomes a space, and %C3 a byte. What comes of that is another secret.',
    },
    steps: [
      {
        what: 'The server refuses the secret that was not encoded',
        exchange: {
          about: 'token',
          status: 401,
          error: 'invalid_client',
          client: 'practice-encoding',
          auth: 'header',
          encoded: false,
        },
      },
      {
        what: 'The server accepts the same secret, form-encoded',
        exchange: {
          about: 'token',
          status: 200,
          client: 'practice-encoding',
          auth: 'header',
          encoded: true,
        },
      },
    ],
    hints: [
      '“Basic encoding” is in Connection, below Scope. “How the header is built” shows the steps.',
      'In “Encoding in the header” choose “Form-encoded (RFC 6749)”, and press “Get token”.',
      'If the secret was changed, “Start again” fills it in anew.',
    ],
    closing:
      'ID and secret are each form-encoded, then joined, then encoded in base64. Many servers and clients leave out the first step, which nobody notices until a secret has such characters.',
    sections: ['RFC 6749 2.3.1', 'RFC 6749 B'],
  },
]
