import { serversFor } from '../../servers/servers.ts'
import { readLessons, type ReadLessons } from './read-lessons.ts'

const servers = serversFor('http://localhost:9000').map(({ id }) => id)

/** Reads a file with that in it. The id of one lesson is used already. */
export const read = (file: unknown): ReadLessons => readText(JSON.stringify(file))

export const readText = (text: string): ReadLessons => readLessons(text, servers, ['first-token'])

export const exchange = { about: 'token', status: 200, sent: { scope: 'read', client_secret: true } }
export const good = {
  id: 'own',
  title: 'Own',
  goal: 'Get a token.',
  text: ['One thought.'],
  start: {
    server: 'own',
    client: null,
    config: { token_endpoint: 'https://as.example/token', assertion: { lifetime: 30 } },
    call: { url: 'https://api.example/things', method: 'POST', body: '{"a":1}', presentation: 'bearer' },
  },
  prediction: { question: 'What comes?', choices: ['A', 'B'], right: 1, step: 0, because: 'So it is.' },
  steps: [
    { what: 'The server issues a token', exchange },
    { what: 'You find exp', find: 'exp' },
  ],
  hints: ['Press it.'],
  closing: 'Done.',
  sections: ['RFC 6749 4.4'],
}
