import type { Proposal } from '../../lib/paste/proposal.ts'

/** What a click does with a proposal, and what it is called among several. */
export const proposalWords: Readonly<Record<Proposal['kind'], readonly [does: string, is: string]>> = {
  connection: ['Fill in the form', 'configuration'],
  call: ['Fill in the API call', 'API call'],
  token: ['Use this token', 'access token'],
  'private-key': ['Import the key', 'private key'],
  'public-keys': ['Verify tokens with it', 'public keys'],
  url: ['Fill in the URL', 'URL to find the server by'],
  metadata: ['Use these metadata', 'metadata'],
  connections: ['Import the connections', 'connections'],
  lessons: ['Open the lessons', 'lessons'],
  exchanges: ['Look at the exchanges', 'exchanges, read-only'],
}
