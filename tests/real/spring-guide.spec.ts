import { real, test } from './fixtures.ts'
import { noPart, noStep, testGuide } from './guides.ts'

test.use({ ...real('spring', { run: 'not' }), realOrigins: ['http://localhost:9000'] })

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
      told: { cause: /CORS|does not let this page read|origin/, fix: /How to allow it at Spring/ },
    },
    {
      name: 'the prefix of the stored secret',
      change: noPart(/\{bcrypt\}/),
      told: { cause: /login page|exception/, fix: /\{(bcrypt|noop)\}/, not: /Change http: to https:/ },
    },
    {
      name: 'the scope of the client',
      change: noPart(/\n +scopes:\n(?: +- .*\n?)+/),
      told: { cause: /^The server refuses the scope$/, fix: /scope/, stage: 'Scope allowed' },
    },
    {
      name: 'the grant of the client',
      change: noPart(/ +- "client_credentials"\n/),
      told: {
        cause: /^The client may not use the client credentials grant$|exception|Nothing/,
        fix: /grant|log|start/i,
      },
    },
  ],
})
