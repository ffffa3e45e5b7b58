import { real, test } from './fixtures.ts'
import { noPart, noStep, testGuide } from './guides.ts'

test.use({ ...real('spring', { run: 'not' }), realOrigins: ['http://localhost:9000'] })

const tokenExchange = 'urn:ietf:params:oauth:grant-type:token-exchange'

testGuide({
  name: 'spring',
  kind: 'spring',
  address: { Issuer: 'http://localhost:9000' },
  // The example secret of the guide, whose hash it has.
  typed: (number) => ({
    id: `job-${number}`,
    secret: 'change-me',
    scope: 'things',
    method: 'client_secret_post',
  }),
  issuer: 'http://localhost:9000',
  sections: ['Make a client', 'Let this page call it (CORS)', 'Start one'],
  notRun: /docker|git clone/,
  starts: 'http://localhost:9000/oauth2/jwks',
  token: { format: 'JWT, RS256', verified: true },
  without: [
    {
      name: 'the CORS bean',
      change: noStep(/corsConfigurationSource/),
      told: {
        cause: /^The server does not let this page read its responses$/,
        stage: 'Response readable (CORS)',
        fix: /How to allow it at Spring/,
      },
    },
    {
      name: 'the prefix of the stored secret',
      change: noPart(/\{bcrypt\}/),
      told: {
        cause: /^The server redirects to its login page$/,
        stage: 'Path right, and no redirect',
        fix: /^Put \{noop\} before a plain secret, or \{bcrypt\} before its hash/,
        not: /https:|slash|Use http:/,
      },
    },
    {
      name: 'the scope of the client',
      change: noPart(/\n +scopes:\n(?: +- .*\n?)+/),
      told: { cause: /^The server refuses the scope$/, fix: /scope/, stage: 'Scope allowed' },
    },
    {
      // With no grant at all Spring does not start.
      name: 'the grant of the client, which has another one',
      change: (step) => ({ ...step, code: step.code.replace('"client_credentials"', `"${tokenExchange}"`) }),
      told: {
        cause: /^The client may not use the client credentials grant$/,
        stage: 'Grant allowed to the client',
        fix: /^Add client_credentials to authorization-grant-types/,
        not: /secret again|public|confidential/i,
      },
    },
  ],
})
