import { real, test } from './fixtures.ts'
import { noPart, noStep, testGuide } from './guides.ts'

test.use({ ...real('fastapi', { run: 'not' }), realOrigins: ['http://localhost:8000'] })

testGuide({
  name: 'fastapi',
  kind: 'fastapi',
  address: { 'Base URL': 'http://localhost:8000' },
  typed: (number) => ({
    id: `job-${number}`,
    secret: `of-the-user-${number}`,
    scope: 'things',
    method: 'client_secret_post',
  }),
  issuer: 'http://localhost:8000',
  sections: ['Start one', 'Make a client', 'Let this page call it (CORS)'],
  notRun: /docker/,
  starts: 'http://localhost:8000/jwks',
  token: { format: 'JWT, RS256', verified: true },
  without: [
    {
      name: 'the client',
      change: noStep(/clients\[client_id\] =/),
      told: {
        cause: /^The secret is wrong$/,
        also: /^The server does not know this client$/,
        fix: /^Compare the client ID/,
      },
    },
    {
      name: 'CORS',
      change: noStep(/CORSMiddleware/),
      told: {
        cause: /^The server does not let this page read its responses$/,
        fix: /How to allow it at FastAPI/,
      },
    },
    {
      name: 'the package that reads forms',
      change: noPart(/ python-multipart/),
      stops: /Form data requires "python-multipart" to be installed/,
      told: {
        cause: /^Nothing responds at localhost:8000$/,
        fix: /How to start FastAPI/,
      },
    },
  ],
})
