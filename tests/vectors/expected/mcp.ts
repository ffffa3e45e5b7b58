import type { Expectation } from '../expectation.ts'
import { entriesOf, type Entry, said, type TokenCause } from './causes-token.ts'

/**
 * The token endpoint of oidc-provider next to the MCP servers. It knows those resources alone, gives one token for one of
 * them, and says of each fault of a resource which it is.
 */

const at = entriesOf('mcp')

const origin = 'http://localhost:4315'

/** `invalid_target`, and its words name the fault. @see RFC 8707 section 2 */
const target = (cause: TokenCause, ...offered: readonly string[]): Entry => ({
  origin,
  stage: 'resource',
  cause,
  certainty: 'certain',
  passed: ['route', 'client', 'secret'],
  offered,
  notOffered: ['secret', '\\bscope', 'audience'],
  unknownServer: said('resource', cause),
})

export const mcp: readonly Expectation[] = [
  at(2, 'resource that the server does not know', {
    ...target('resource-unknown', 'letter by letter', 'without a resource'),
    passed: ['route'],
  }),
  at(3, 'resource not a URI', { ...target('resource-malformed', 'absolute URI'), passed: ['route'] }),
  at(4, 'resource with a fragment', {
    ...target('resource-malformed', 'resource http://localhost:3900/mcp$'),
    passed: ['route'],
  }),
  at(5, 'two resources', { ...target('resource-single', 'alone'), passed: ['route'] }),
  at(6, 'scope not granted to this client', {
    origin,
    stage: 'scope',
    cause: 'scope-permission-missing',
    certainty: 'likely',
    offered: ['mcp:tools'],
    notOffered: ['secret', 'audience', 'resource'],
    unknownServer: said('scope', 'scope-permission-missing'),
  }),
  // It says so of an unknown ID and of a wrong method too.
  at(7, 'wrong secret', {
    origin,
    stage: 'not known',
    among: ['client', 'method', 'secret'],
    cause: null,
    certainty: 'possible',
    offered: ['secret again'],
    notOffered: ['\\bscope', 'resource'],
  }),
]
