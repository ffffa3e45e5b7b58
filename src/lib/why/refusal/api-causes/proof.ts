import type { Fix } from '../../../explanation/explanation.ts'
import { headerValue } from '../../../http/message.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import { cause } from '../facts/make.ts'
import type { RefusalCause, Sign } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { claim } from '../facts/sent.ts'
import * as proof from './seen-proof.ts'
import * as token from './seen-token.ts'
import { sign } from './common.ts'

const likely = (is: boolean, found: string): Sign | null => sign(is, 'likely', found)

const spec = [rfc(9449, '4.3')]
const sent = ({ sent: { proof: one } }: Facts): boolean => one !== null

const again = ({ endpoint }: Facts): Fix =>
  endpoint === 'api'
    ? 'Make a new proof for each call, with iat, jti and ath of its own.'
    : 'Send the request from the form: the page makes a new proof every time.'
const bind: Fix = { text: 'Bind the token to a key, and get a new one', change: { dpop: { on: true } } }

/** How far off `iat` is, in words. */
function off(facts: Facts): string {
  const ahead = proof.secondsAhead(facts)
  if (ahead === null) return 'iat is not a number'
  return `iat is ${Math.abs(ahead)} s ${ahead < 0 ? 'behind' : 'ahead of'} the clock`
}

/** No API accepts an iat that far off; seconds or minutes are usual. @see RFC 9449 section 11.1 */
const minutes = 5

/** By the clock of the API, if that can be read. */
function setSkew(facts: Facts): readonly Fix[] {
  const { came, config } = facts
  const ahead = proof.secondsAhead(facts)
  if (ahead === null || headerValue(came.response.headers, 'date') === null) return []
  const clock_skew = config.clock_skew - ahead
  return [{ text: `Set the clock skew to ${clock_skew} s`, change: { clock_skew } }]
}

const withoutClaim = (name: string) => ({
  stage: 'proof-valid' as const,
  title: `The proof has no ${name}`,
  applies: (facts: Facts) => proof.lacksClaim(facts, name),
  sign: (facts: Facts) => likely(proof.lacksClaim(facts, name), `The proof has no ${name}.`),
})

const boundElsewhere = (facts: Facts): boolean => {
  const jkt = token.boundTo(facts)
  return jkt !== null && facts.measured.proofKey !== null && jkt !== facts.measured.proofKey
}

const isUnbound = (facts: Facts): boolean =>
  token.isDpop(facts) && token.isReadable(facts) && token.boundTo(facts) === null

const hasOtherAth = ({ sent: { proof: one }, measured: { tokenHash } }: Facts): boolean =>
  tokenHash !== null && claim(one, 'ath') !== undefined && claim(one, 'ath') !== tokenHash

/** That the proof of a call is not that of this call. @see RFC 9449 sections 4.3 and 7.1 */
export const apiProof = {
  'proof-twice': cause({
    stage: 'proof-valid',
    title: 'Two DPoP headers were sent',
    meaning: 'A request carries exactly one proof; with two, an API must refuse it.',
    fixes: ['Send one DPoP header only; look among the additional header fields.'],
    spec,
    applies: proof.hasTwoProofs,
    sign: (facts) => likely(proof.hasTwoProofs(facts), 'The header DPoP was sent twice.'),
  }),
  'proof-iat': cause({
    stage: 'binding',
    apiStage: 'proof-valid',
    title: ({ endpoint }) =>
      `The proof is too old for ${endpoint === 'api' ? 'the API' : 'the server'}, or of the future`,
    meaning: (facts) =>
      `${off(facts)}. ${facts.endpoint === 'api' ? 'An API' : 'A server'} accepts an iat of a few seconds around its own time: either a clock is wrong, or the request came late.`,
    fixes: (facts) => [
      ...setSkew(facts),
      facts.config.clock_skew === 0
        ? `Set the clock skew, if the clock of the ${facts.endpoint === 'api' ? 'API' : 'server'} differs from this machine’s.`
        : `Look at the clock skew: ${facts.config.clock_skew} s are added to what is signed.`,
      again(facts),
    ],
    spec: [rfc(9449, '4.3'), rfc(9449, '11.1')],
    applies: (facts) => sent(facts) && !proof.lacksClaim(facts, 'iat'),
    sign: (facts) =>
      sign(
        proof.isBesideClock(facts),
        Math.abs(proof.secondsAhead(facts) ?? 0) > minutes * 60 ? 'likely' : 'possible',
        `In the proof, ${off(facts)}.`,
      ),
  }),
  'proof-iat-missing': cause({
    ...withoutClaim('iat'),
    meaning: 'A proof says when it was made, so that an old one can be told.',
    fixes: ['Put iat into the proof.'],
    spec: [rfc(9449, '4.2')],
  }),
  'proof-ath': cause({
    stage: 'proof-valid',
    title: 'The proof is for another access token',
    meaning: 'ath of the proof is not the hash of the token that was sent with it.',
    fixes: ['Make a new proof, with ath for this token.'],
    spec,
    applies: sent,
    sign: (facts) => likely(hasOtherAth(facts), 'ath of the proof is not the hash of this token.'),
  }),
  'proof-ath-missing': cause({
    ...withoutClaim('ath'),
    meaning:
      'At an API, a proof names the token that it goes with, by its hash. A proof for the token endpoint has none.',
    fixes: ['Put ath into the proof: the hash of the access token.'],
    spec: [rfc(9449, '4.2'), rfc(9449, '7.1')],
  }),
  'proof-jti-missing': cause({
    ...withoutClaim('jti'),
    meaning: 'By jti an API sees whether a proof was used before.',
    fixes: ['Put a jti into the proof, another one for each.'],
    spec: [rfc(9449, '4.2')],
  }),
  'proof-replayed': cause({
    stage: 'binding',
    apiStage: 'proof-valid',
    title: 'The proof was used before',
    meaning: ({ endpoint }) =>
      `A proof serves once: the ${endpoint === 'api' ? 'API' : 'server'} keeps its jti for some seconds, and refuses it then.`,
    fixes: (facts) => [again(facts)],
    spec: [rfc(9449, '11.1')],
    applies: sent,
    sign: (facts) => likely(sent(facts) && facts.past.jtiSeen, 'The proof, or its jti, was sent before.'),
  }),
  'proof-key-private': cause({
    stage: 'proof-valid',
    title: 'The proof carries a private key',
    meaning: 'jwk in the header of the proof must be the public key alone.',
    fixes: ['Leave the private members out of jwk, and make another key: this one is no secret any more.'],
    spec,
    applies: proof.hasPrivateKey,
    sign: (facts) => likely(proof.hasPrivateKey(facts), 'jwk in the proof has members of a private key.'),
  }),
  'cnf-mismatch': cause({
    stage: 'proof-valid',
    title: 'The token is bound to another key than the proof’s',
    meaning: (facts) =>
      `cnf.jkt of the token is ${quoted(token.boundTo(facts) ?? 'not there')}, and the key of the proof is ${quoted(facts.measured.proofKey ?? 'none')}.`,
    fixes: ['Choose the key of the token for the proof, or get a token that is bound to the key chosen now.'],
    spec: [rfc(9449, '6.1'), rfc(9449, '4.3')],
    applies: (facts) => sent(facts) && !isUnbound(facts),
    sign: (facts) => likely(boundElsewhere(facts), 'The proof has another key than the one in cnf.jkt.'),
  }),
  'cnf-missing': cause({
    stage: 'proof-valid',
    title: 'The token is bound to no key',
    meaning: 'The token has no cnf.jkt, so that no proof can be held to it.',
    fixes: ({ config }) => [
      config.dpop.on
        ? 'Get a token that is bound to the key: this one has no cnf.jkt, though a proof was sent for it.'
        : bind,
      { text: 'Or send it as a Bearer token', call: { presentation: 'bearer' } },
    ],
    spec: [rfc(9449, '6.1'), rfc(9449, '7.1')],
    applies: isUnbound,
    sign: (facts) =>
      sign(
        isUnbound(facts),
        // A code about the proof is not about the token.
        facts.came.code === 'invalid_dpop_proof' ? 'possible' : 'likely',
        'The token was sent under DPoP, and has no cnf.jkt.',
      ),
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
