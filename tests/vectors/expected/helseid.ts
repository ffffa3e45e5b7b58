import type { Stage } from '../../../src/lib/explanation/stage.ts'
import type { Expectation } from '../expectation.ts'
import { before, noPreflight, relay } from './causes-api.ts'
import type { Outside } from './causes-api.ts'
import { open, said } from './causes-helseid.ts'
import type { HelseIdCause } from './causes-helseid.ts'

/**
 * HelseID's token endpoint, as an imitation of it responds. HelseID's own words are known for the HID codes and, as it is
 * built on Duende's server, for faults of a proof; an `invalid_client` comes without any. What the assertion must be is
 * known from HelseID's guide and library, so that a member that is otherwise is the likely reason, and one that is as
 * demanded is none.
 */

/** Of the first response; each exchange has its own in its Date. */
export const capturedAt = Date.parse('Sat, 28 Nov 2026 19:30:58 GMT')

const page = 'http://localhost:4302'

/** An entry in addition to its line and case: read through the relay, unless it says otherwise. */
type Entry = Omit<
  Expectation,
  'file' | 'line' | 'case' | 'endpoint' | 'origin' | 'cause' | 'offered' | 'notOffered'
> &
  Partial<Pick<Expectation, 'origin' | 'offered' | 'notOffered'>> & { readonly cause: HelseIdCause | null }

/** HelseID demands the issuer as aud, its own typ, private_key_jwt and DPoP: no button undoes one of them. */
const never = ['^aud: token endpoint', '^typ: JWT', 'client[ _-]?secret', 'turn DPoP off|without DPoP']

const entry = (line: number, name: string, it: Entry): Expectation => ({
  file: 'helseid-client-against-an-imitation',
  line,
  case: name,
  endpoint: 'token',
  origin: relay,
  offered: [],
  ...it,
  notOffered: [...never, ...(it.notOffered ?? [])],
})

/** What an `invalid_client` can mean if an assertion was sent. */
const ofClient: readonly Stage[] = ['client', 'assertion', 'enabled']

const unknownClient = open('client', 'method', 'assertion', 'enabled')

const used = 'This assertion was used in this tab before.'

/** The server asks; nothing is wrong. */
const nonceDemanded: Pick<Entry, 'stage' | 'cause' | 'certainty' | 'offered' | 'notOffered'> = {
  stage: 'binding',
  cause: 'nonce-demanded',
  certainty: 'certain',
  offered: ['nonce'],
  notOffered: ['clock', 'scope', 'organi[sz]ation'],
}

export const helseId: readonly Expectation[] = [
  entry(4, 'first leg, no nonce', nonceDemanded),
  entry(7, 'the same assertion (jti) again', {
    known: { before: [used] },
    stage: 'assertion',
    cause: 'assertion-replayed',
    certainty: 'likely',
    offered: ['jti|new assertion|fresh'],
    notOffered: ['scope', 'organi[sz]ation', 'nonce'],
  }),
  entry(7, 'the same assertion (jti) again', {
    stage: 'not known',
    among: ofClient,
    cause: null,
    certainty: 'likely',
    offered: ['client.?ID', 'key|JWK'],
    notOffered: ['scope', 'organi[sz]ation', 'nonce'],
    unknownServer: unknownClient,
  }),
  entry(8, 'aud is the token endpoint', {
    stage: 'assertion',
    cause: 'assertion-audience',
    certainty: 'likely',
    offered: ['aud|issuer'],
    notOffered: ['scope', 'organi[sz]ation', 'nonce'],
    unknownServer: unknownClient,
  }),
  entry(9, 'exp 120 s ahead', {
    stage: 'assertion',
    cause: 'assertion-lifetime',
    certainty: 'likely',
    offered: ['lifetime|exp\\b|60'],
    notOffered: ['scope', 'organi[sz]ation', 'nonce'],
    unknownServer: unknownClient,
  }),
  entry(10, 'typ JWT', {
    stage: 'assertion',
    cause: 'assertion-typ',
    certainty: 'likely',
    offered: ['client-authentication\\+jwt'],
    notOffered: ['scope', 'organi[sz]ation', 'nonce'],
    unknownServer: unknownClient,
  }),
  entry(11, 'client unknown', {
    // The assertion is as HelseID demands it: the client or its key remain.
    stage: 'not known',
    among: ofClient,
    cause: null,
    certainty: 'likely',
    offered: ['client.?ID', 'key|JWK'],
    notOffered: ['scope', 'organi[sz]ation', 'nonce'],
    unknownServer: unknownClient,
  }),
  entry(12, 'no DPoP header', {
    stage: 'binding',
    cause: 'proof-missing',
    certainty: 'certain',
    offered: ['DPoP|Bind the token'],
    notOffered: ['scope', 'organi[sz]ation', 'clock'],
    unknownServer: said('binding', 'proof-missing'),
  }),
  entry(13, 'nonce not known', {
    stage: 'binding',
    cause: 'nonce-old',
    certainty: 'certain',
    offered: ['nonce'],
    notOffered: ['clock', 'scope', 'organi[sz]ation'],
  }),
  entry(14, 'htu of the proof wrong', {
    stage: 'binding',
    cause: 'proof-htu',
    certainty: 'certain',
    offered: ['htu|URL'],
    notOffered: ['clock', 'scope', 'organi[sz]ation', 'nonce'],
    unknownServer: said('binding', 'proof-htu'),
  }),
  entry(15, 'client_secret_post', {
    // The metadata list secrets, and HelseID accepts none. The client is unknown here too, which nothing tells.
    stage: 'method',
    cause: 'method-other',
    certainty: 'likely',
    offered: ['private_key_jwt|private key'],
    notOffered: ['scope', 'organi[sz]ation', 'nonce'],
    unknownServer: open('client', 'method', 'secret', 'enabled'),
  }),
  entry(16, 'scope not allowed', {
    stage: 'scope',
    cause: 'scope-refused',
    certainty: 'certain',
    offered: ['scope'],
    notOffered: ['clock', 'organi[sz]ation', 'nonce', 'typ\\b', '\\baud\\b'],
    unknownServer: said('scope', 'scope-refused'),
  }),
  entry(17, 'no scope', {
    stage: 'scope',
    cause: 'scope-not-sent',
    certainty: 'likely',
    offered: ['scope'],
    notOffered: ['clock', 'organi[sz]ation', 'nonce', 'typ\\b', '\\baud\\b'],
    unknownServer: said('scope', 'scope-not-sent'),
  }),
  entry(18, 'unsupported grant', {
    stage: 'grant-known',
    cause: 'grant-not-enabled',
    certainty: 'certain',
    offered: ['client_credentials|client credentials|grant'],
    notOffered: ['clock', 'organi[sz]ation', 'nonce', 'typ\\b', '\\baud\\b'],
  }),
  entry(19, 'HID-1001', {
    stage: 'policy',
    cause: 'organisation-parent-not-listed',
    certainty: 'certain',
    offered: ['parent', 'NHN|agreement'],
    notOffered: ['clock', 'scope', 'nonce', '\\baud\\b'],
    unknownServer: said('policy', 'organisation-parent-not-listed'),
  }),
  entry(20, 'HID-1002', {
    stage: 'policy',
    cause: 'organisation-child-not-listed',
    certainty: 'certain',
    offered: ['child', 'NHN|agreement'],
    notOffered: ['clock', 'scope', 'nonce', '\\baud\\b'],
    unknownServer: said('policy', 'organisation-child-not-listed'),
  }),
  entry(21, 'HID-1004', {
    stage: 'assertion',
    cause: 'organisation-number-format',
    certainty: 'certain',
    offered: ['nine|organi[sz]ation'],
    notOffered: ['clock', 'scope', 'nonce', '\\baud\\b'],
    unknownServer: said('assertion', 'organisation-number-format'),
  }),
  entry(22, 'HID-1007', {
    stage: 'assertion',
    cause: 'organisation-structure',
    certainty: 'certain',
    offered: ['organi[sz]ation|assertion_details'],
    notOffered: ['clock', 'scope', 'nonce', '\\baud\\b'],
    unknownServer: said('assertion', 'organisation-structure'),
  }),
  entry(25, 'error with Origin, CORS on', { ...nonceDemanded, origin: page }),
  entry(26, 'preflight, no CORS', {
    // What the page sees is that its POST got no response. Whether HelseID itself has CORS is not known.
    origin: page,
    stage: 'not known',
    among: ['reach', 'tls', 'host', 'preflight', 'route', 'gateway', 'origin'],
    cause: null,
    certainty: 'possible',
    offered: ['relay'],
    notOffered: ['scope', 'organi[sz]ation'],
  }),
  entry(26, 'preflight, no CORS', {
    origin: page,
    known: { before: [before.answers] },
    stage: 'preflight',
    cause: 'cors-off',
    certainty: 'likely',
    passed: ['reach', 'tls'],
    offered: ['relay'],
    notOffered: ['scope', 'organi[sz]ation', 'dev-certs'],
    unknownServer: {
      stage: 'not known',
      among: ['host', 'preflight', 'route', 'gateway', 'origin'],
      cause: 'cors-off',
      certainty: 'likely',
    },
  }),
  entry(26, 'preflight, no CORS', {
    origin: page,
    known: { pasted: noPreflight },
    stage: 'preflight',
    cause: 'cors-off',
    certainty: 'likely',
    passed: ['reach', 'tls'],
    offered: ['relay'],
    notOffered: ['scope', 'organi[sz]ation', 'dev-certs'],
  }),
  entry(27, 'real .NET library, multi-tenant, parent only (1)', nonceDemanded),
  entry(28, 'real .NET library, single-tenant, child (1)', nonceDemanded),
  entry(29, 'real .NET library, no organization (1)', nonceDemanded),
  entry(30, 'real .NET library, RSA key of HelseId.JwkGenerator (PS512, with kid) (1)', {
    // A new key, which the client does not have registered; the assertion is as HelseID demands it.
    stage: 'not known',
    among: ofClient,
    cause: null,
    certainty: 'likely',
    offered: ['client.?ID', 'key|JWK'],
    notOffered: ['scope', 'organi[sz]ation', 'nonce', 'kid', 'RS512'],
    unknownServer: unknownClient,
  }),
  entry(31, 'real .NET library, EC key of HelseId.JwkGenerator (ES512, with kid) (1)', {
    stage: 'not known',
    among: ofClient,
    cause: null,
    certainty: 'likely',
    offered: ['client.?ID', 'key|JWK'],
    notOffered: ['scope', 'organi[sz]ation', 'nonce', 'kid', 'RS512'],
    unknownServer: unknownClient,
  }),
  entry(32, 'page, multi-tenant parent and child (2)', { ...nonceDemanded, origin: page }),
  entry(33, 'page through the relay (1)', nonceDemanded),
]

export const outsideHelseId: readonly Outside[] = []
