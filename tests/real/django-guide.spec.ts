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
        cause: /^The secret is wrong$/,
        also: /^The server does not know this client$/,
        fix: /^Compare the client ID with that of the application/,
      },
    },
    {
      name: 'CORS',
      change: noStep(/corsheaders/),
      told: {
        cause: /^The server does not let this page read its responses$/,
        fix: /How to allow it at Django/,
      },
    },
    {
      name: 'the paths of the server',
      change: noPart(/, path\("o\/"[^\n]*?\)\)/),
      told: {
        cause: /^The server has nothing at this path$/,
        stage: 'Path found',
        fix: /^Include the URLs in urls.py/,
      },
    },
  ],
})
