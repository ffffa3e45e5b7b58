import { real, test } from './fixtures.ts'
import { noPart, noStep, testGuide } from './guides.ts'
import { corsTold } from './suites.ts'

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
        cause: /^The server refused: invalid_client$/,
        causes: [/^The secret is wrong/, /^The server does not know this client/],
        fix: /client ID/,
      },
    },
    {
      name: 'the configuration',
      change: (step) => (step.what.kind === 'file' ? null : step),
      stops: [/hydra\.yml: no such file/, /Failed to connect to localhost port 4445/],
      told: { cause: /^Nothing responds at localhost:4444$/, fix: /How to start Ory Hydra/ },
    },
    {
      name: 'CORS in the configuration',
      change: noPart(/^ {4}cors:\n(?: {6}.*\n?)+/gm),
      told: corsTold('Ory Hydra'),
    },
    {
      name: 'the scope of the client',
      change: noPart(/\n *"scope": "[^"]*",/),
      told: { cause: /^The client may not have this scope$/, fix: /“things”/, stage: 'Scope allowed' },
    },
  ],
})
