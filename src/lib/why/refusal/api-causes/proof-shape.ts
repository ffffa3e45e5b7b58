import { headerValue } from '../../../http/message.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import { challengeParameter } from '../../../http/challenges.ts'
import { cause } from '../facts/make.ts'
import type { RefusalCause, Sign } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { claim, headerOf } from '../facts/sent.ts'
import * as proof from './seen-proof.ts'
import * as token from './seen-token.ts'
import { sign } from './common.ts'

const likely = (is: boolean, found: string): Sign | null => sign(is, 'likely', found)

const spec = [rfc(9449, '4.3')]
const hasProof = ({ sent }: Facts): boolean => sent.proof !== null

const isMissing = (facts: Facts): boolean => token.isDpop(facts) && !hasProof(facts)

const isMalformed = (facts: Facts): boolean =>
  hasProof(facts) && !proof.isProof(facts) && !proof.hasTwoProofs(facts)

const hasOtherTyp = (facts: Facts): boolean =>
  proof.isProof(facts) && headerOf(facts.sent.proof, 'typ') !== 'dpop+jwt'

const nonceHidden = ({ came: { response } }: Facts): boolean =>
  headerValue(response.headers, 'dpop-nonce') === null

/** The algorithms that the API names in its challenge. @see RFC 9449 section 7.1 */
const algs = ({ came }: Facts): string | null =>
  came.challenges.map((challenge) => challengeParameter(challenge, 'algs')).find((names) => names) ?? null

/** What causes of a proof mean at an API. The token endpoint has them too. */
export const proofAtApi = {
  'proof-missing': cause({
    stage: 'proof-present',
    title: 'No DPoP proof was sent',
    meaning: 'The API wants the token together with a proof, in the header DPoP.',
    fixes: [{ text: 'Send the token under DPoP, with a proof', call: { presentation: 'dpop' } }],
    spec: [rfc(9449, '7.1')],
    applies: (facts) =>
      !hasProof(facts) &&
      (token.isDpop(facts) || /dpop/.test(facts.came.code) || token.wantedSchemes(facts).includes('dpop')),
    sign: (facts) =>
      /dpop/.test(facts.came.code) && !hasProof(facts)
        ? { found: 'The API asks for a proof, and none was sent.', certainty: 'likely' }
        : likely(isMissing(facts), 'The token was sent under DPoP, and without a proof.'),
  }),
  'proof-malformed': cause({
    stage: 'proof-valid',
    title: 'The DPoP header holds no JWT',
    meaning: 'A proof is a JWT of three parts, with a header and claims.',
    fixes: ['Let the page make the proof: send the token under DPoP.'],
    spec,
    applies: isMalformed,
    sign: (facts) => likely(isMalformed(facts), 'The header DPoP holds no JWT that can be read.'),
  }),
  'proof-typ': cause({
    stage: 'proof-valid',
    title: 'The proof has another typ than dpop+jwt',
    meaning: ({ sent }) => `typ of the proof is ${quoted(headerOf(sent.proof, 'typ') ?? 'not there')}.`,
    fixes: ['Give the proof the typ dpop+jwt.'],
    spec,
    applies: hasProof,
    sign: (facts) => likely(hasOtherTyp(facts), 'typ of the proof is not dpop+jwt.'),
  }),
  'proof-algorithm': cause({
    stage: 'proof-valid',
    title: 'The API does not accept the algorithm of the proof',
    meaning: (facts) =>
      `alg of the proof is ${quoted(headerOf(facts.sent.proof, 'alg') ?? 'not there')}.${algs(facts) === null ? '' : ` The API accepts ${quoted(algs(facts) ?? '')}.`}`,
    fixes: ['Choose a key whose alg the API accepts: RS256, PS256 and ES256 are the commonest.'],
    spec,
    applies: hasProof,
    sign: (facts) =>
      likely(
        proof.isProof(facts) &&
          (proof.isSymmetric(facts) ||
            algs(facts)
              ?.split(' ')
              .includes(headerOf(facts.sent.proof, 'alg') ?? '') === false),
        'alg of the proof is none that this API accepts.',
      ),
  }),
  'proof-key-missing': cause({
    stage: 'proof-valid',
    title: 'The proof carries no public key',
    meaning: 'The header of a proof has the public key, as jwk. Without it nobody can verify the proof.',
    fixes: ['Put the public key into the header of the proof, as jwk.'],
    spec: [rfc(9449, '4.2')],
    applies: (facts) => proof.isProof(facts) && facts.measured.proofKey === null,
    sign: (facts) =>
      likely(
        proof.isProof(facts) && facts.measured.proofKey === null,
        'The header of the proof has no jwk with a public key in it.',
      ),
  }),
  'proof-signature': cause({
    stage: 'proof-valid',
    title: 'The signature of the proof does not verify with the key in it',
    meaning: 'The proof was signed with another key than the one that it names, or changed afterwards.',
    fixes: ['Make a new proof, and sign it with the key that its jwk is the public half of.'],
    spec,
    applies: hasProof,
    sign: ({ measured }) =>
      likely(measured.proofVerifies === false, 'The proof does not verify with the key in its header.'),
  }),
  'proof-htm': cause({
    stage: 'proof-valid',
    title: 'The proof is for another HTTP method',
    meaning: ({ sent }) =>
      `htm of the proof is ${quoted(claim(sent.proof, 'htm') ?? 'not there')}, and the method is ${quoted(sent.method)}. Methods are compared with their case.`,
    fixes: ({ sent }) => [`Make a new proof, with htm ${quoted(sent.method)}.`],
    spec,
    applies: hasProof,
    sign: (facts) =>
      likely(
        proof.htmDiffers(facts) || proof.lacksClaim(facts, 'htm'),
        'htm of the proof is not the method of the request.',
      ),
  }),
  'proof-htu': cause({
    stage: 'proof-valid',
    title: 'The proof is for another URL',
    meaning: ({ sent }) =>
      `htu of the proof is ${quoted(claim(sent.proof, 'htu') ?? 'not there')}, and the API knows itself by its own address: scheme, host and path. Behind a proxy that may be another one than the URL that was called.`,
    fixes: ({ sent: { url } }) => [
      `Make a new proof, with htu ${quoted(url.origin + url.pathname)}: scheme, host and path of the URL in that case, without a query and without another slash.`,
      'Compare htu with the URL that the API is reached by, behind proxies too.',
    ],
    spec,
    applies: hasProof,
    sign: (facts) =>
      sign(
        proof.htuDiffers(facts) !== null || proof.lacksClaim(facts, 'htu'),
        proof.htuDiffers(facts) === 'spelling' ? 'possible' : 'likely',
        'htu of the proof is not the URL of the request.',
      ),
  }),
  'nonce-demanded': cause({
    stage: 'proof-valid',
    title: 'The API asks for its nonce in the proof',
    meaning:
      'The API gave out a nonce with this response, and the next proof has it. If that is refused as well, the API does not know its own nonces: it may keep them in one process, and another one responds.',
    fixes: ['Call again: the next proof has the nonce.'],
    spec: [rfc(9449, '9')],
    applies: (facts) => hasProof(facts) && !nonceHidden(facts),
    sign: (facts) =>
      sign(
        facts.came.code === 'use_dpop_nonce' && hasProof(facts) && !nonceHidden(facts),
        'certain',
        'The response has a DPoP-Nonce.',
      ),
  }),
  'nonce-unreadable': cause({
    stage: 'proof-valid',
    title: 'The API asks for a nonce in the proof, and the page cannot read it',
    meaning:
      'The nonce is in the header DPoP-Nonce, which CORS hides from the page, or which the API left out. So no retry can succeed from a page.',
    fixes: ({ sent: { url } }) => [
      'Let the API send, on this response and not on the preflight alone: Access-Control-Expose-Headers: DPoP-Nonce, WWW-Authenticate',
      {
        text: 'Or call it through the relay of npm start, which reads every header field.',
        relay: url.origin,
      },
    ],
    spec: [rfc(9449, '9')],
    applies: (facts) => hasProof(facts) && nonceHidden(facts),
    sign: (facts) =>
      sign(
        facts.came.code === 'use_dpop_nonce' && hasProof(facts) && nonceHidden(facts),
        'certain',
        'No DPoP-Nonce can be read in the response.',
      ),
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
