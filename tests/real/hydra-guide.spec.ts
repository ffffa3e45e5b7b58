import { real, test } from './fixtures.ts'
import { noPart, noStep, testGuide } from './guides.ts'

test.use({
  ...real('hydra', { run: 'not' }),
  realOrigins: ['http://localhost:4444', 'http://localhost:4445'],
})

testGuide({
  name: 'hydra',
  kind: 'hydra',
  address: { 'Public URL': 'http://localhost:4444' },
  typed: (number) => ({
    id: `job-${number}`,
    secret: `of-the-user-${number}`,
    scope: 'things',
    method: 'client_secret_post',
  }),
  issuer: 'http://localhost:4444',
  sections: ['Start one', 'Make a client', 'Let this page call it (CORS)'],
  notRun: /docker/,
  starts: 'http://localhost:4445/health/ready',
  token: { format: 'opaque', verified: false },
  without: [
    {
      name: 'the client',
      change: noStep(/\/admin\/clients/),
      told: {
        cause: /^The server refused: invalid_client$|^The server does not know this client$/,
        fix: /client/,
      },
    },
    {
      name: 'the configuration',
      change: (step) => (step.what.kind === 'file' ? null : step),
      told: { cause: /^Nothing (listens|responds)/, fix: /How to start Ory Hydra|Start the server/ },
    },
    {
      name: 'CORS in the configuration',
      change: noPart(/^ {4}cors:\n(?: {6}.*\n?)+/gm),
      told: { cause: /CORS|does not let this page read|origin/, fix: /How to allow it at Ory Hydra/ },
    },
    {
      name: 'the scope of the client',
      change: noPart(/\n *"scope": "[^"]*",/),
      told: { cause: /^The client may not have this scope$/, fix: /scope/, stage: 'Scope allowed' },
    },
  ],
})
