import { real, test } from './fixtures.ts'
import { noPart, noStep, testGuide } from './guides.ts'

test.use({ ...real('keycloak', { run: 'empty' }), realOrigins: ['http://localhost:8080'] })

testGuide({
  name: 'keycloak',
  kind: 'keycloak',
  address: { 'Base URL': 'http://localhost:8080', Realm: 'guide' },
  typed: (number) => ({
    id: `job-${number}`,
    secret: `of-the-user-${number}`,
    scope: `things-${number}`,
    method: 'client_secret_post',
  }),
  issuer: 'http://localhost:8080/realms/guide',
  sections: ['Make a client', 'Let this page call it (CORS)'],
  notRun: /docker run/,
  starts: null,
  token: { format: 'JWT, RS256', verified: true, checks: [/It says which API it is for.*api\.example/s] },
  without: [
    {
      name: 'the client',
      change: noStep(/kcadm.sh create clients/),
      stops: [/client: is not there/],
      told: { cause: /^The server does not know this client$/, fix: /realm guide/, stage: 'Client known' },
    },
    {
      name: 'the Web origins',
      change: (step) => {
        const left = noStep(/kcadm.sh update "clients\/[^"]*" -r \S+ -s '?webOrigins/)(step)
        return left && noPart(/ -s '?webOrigins=[^\n]*/)(left)
      },
      told: {
        cause: /^The Web origins of this client do not list this page$/,
        fix: /How to allow it at Keycloak/,
        not: /secret again/,
      },
    },
    {
      name: 'the scope',
      change: noStep(/kcadm.sh create client-scopes/),
      told: { cause: /^The server refuses the scope$/, fix: /Add client scope/, stage: 'Scope allowed' },
    },
    {
      name: 'Service account roles',
      change: noPart(/ -s serviceAccountsEnabled=true/),
      told: {
        cause: /^The client may not use the client credentials grant$/,
        fix: /Service account roles/,
        stage: 'Grant allowed to the client',
      },
    },
  ],
})
