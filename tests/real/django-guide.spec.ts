import { real, test } from './fixtures.ts'
import { noPart, noStep, testGuide } from './guides.ts'

test.use({ ...real('django', { run: 'not' }), realOrigins: ['http://localhost:8000'] })

testGuide({
  name: 'django',
  kind: 'django',
  address: { 'Base URL': 'http://localhost:8000' },
  typed: (number) => ({
    id: `job-${number}`,
    secret: `of-the-user-${number}`,
    scope: 'read',
    method: 'client_secret_post',
  }),
  issuer: 'http://localhost:8000/o',
  sections: ['Start one', 'Make a client', 'Let this page call it (CORS)'],
  notRun: /docker/,
  starts: 'http://localhost:8000/o/',
  token: { format: 'opaque', verified: false },
  without: [
    {
      name: 'the client',
      change: noStep(/createapplication/),
      told: {
        cause: /^The server refused: invalid_client$|^The server does not know this client$/,
        fix: /client ID/,
      },
    },
    {
      name: 'CORS',
      change: noStep(/corsheaders/),
      told: { cause: /CORS|does not let this page read|origin/, fix: /How to allow it at Django/ },
    },
    {
      name: 'the paths of the server',
      change: noPart(/, path\("o\/"[^\n]*?\)\)/),
      told: { cause: /path|page/i, fix: /path|URL/ },
    },
  ],
})
