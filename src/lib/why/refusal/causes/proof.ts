import type { Fix } from '../../../explanation/explanation.ts'
import { member } from '../../../json/value.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import type { RefusalCause, Sign } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { claim, headerOf } from '../facts/sent.ts'
import { isHmac, isUnsigned, likely, possible } from './assertion-facts.ts'
import { cause } from '../facts/make.ts'
import { nonce } from './nonce.ts'
import { proofTime } from './proof-time.ts'

const wasSent = ({ sent: { proof } }: Facts): boolean => proof !== null
const isReadable = ({ sent: { proof } }: Facts): boolean => (proof?.claims ?? null) !== null
const has = ({ sent: { proof } }: Facts, name: string): boolean => member(proof?.claims, name) !== undefined

/** What the user's own members replaced can be undone by one click. */
const ownMembers = ({ config: { dpop } }: Facts): readonly Fix[] =>
  dpop.payload === ''
    ? []
    : [{ text: 'Leave your own members out of the proof', change: { dpop: { payload: '' } } }]

/** The URL without query and fragment, which is what a proof names. @see RFC 9449 section 4.2 */
const target = ({ sent: { url } }: Facts): string => url.origin + url.pathname

/** Whether `htu` is the same URL in other letters: servers may compare it as one or as text. @see RFC 9449 section 4.3 */
export const isSpelledOtherwise = (facts: Facts): boolean => {
  const htu = claim(facts.sent.proof, 'htu') ?? ''
  return htu !== target(facts) && URL.canParse(htu) && new URL(htu).href === target(facts)
}

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']
const jwkOf = ({ sent: { proof } }: Facts) => member(proof?.header, 'jwk')
const hasPrivate = (facts: Facts): boolean =>
  privateMembers.some((name) => member(jwkOf(facts), name) !== undefined)

const required = ['htm', 'htu', 'jti', 'iat'] as const
const missing = (facts: Facts): readonly string[] =>
  isReadable(facts) ? required.filter((name) => !has(facts, name)) : []

/** That the token is bound to a key, or the server asked for a proof, and none was sent. */
function missingProof({ came, sent, endpoint }: Facts): Sign | null {
  if (sent.proof) return null
  if (/dpop/i.test(`${came.code} ${came.words}`))
    return likely(true, 'The server speaks of DPoP, and no proof was sent.')
  if (endpoint !== 'api') return null
  const bound = member(member(sent.token?.claims, 'cnf'), 'jkt')
  return (
    likely(bound !== undefined, 'The token is bound to a key (cnf.jkt), and no proof was sent.') ??
    likely(/^dpop$/i.test(sent.authorization?.scheme ?? ''), 'The scheme is DPoP, and no proof was sent.')
  )
}

const syntax = rfc(9449, '4.2')
const checks = rfc(9449, '4.3')

/** What a server may reject in a proof, or miss. @see RFC 9449 section 4.3 */
export const proof = {
  'proof-missing': cause({
    stage: 'binding',
    apiStage: 'proof-present',
    title: 'No DPoP proof was sent',
    meaning: ({ endpoint }) =>
      endpoint === 'api'
        ? 'The token is bound to a key. Each call has to prove that the caller has it, with a proof in the DPoP header.'
        : 'The server gives this client tokens that are bound to a key. The request has to prove that the client has it, with a proof in the DPoP header.',
    fixes: ({ endpoint, config }) =>
      endpoint === 'api'
        ? [
            { text: 'Send the token as DPoP, with a proof', call: { presentation: 'dpop' } },
            { text: 'Bind the token to a key (DPoP)', change: { dpop: { on: true } } },
            'Send a DPoP proof with the token.',
          ]
        : [
            { text: 'Bind the token to a key (DPoP)', change: { dpop: { on: true } } },
            ...(config.dpop.on ? ['Choose the key that makes the DPoP proof.'] : []),
          ],
    spec: [rfc(9449, '5'), rfc(9449, '7.1')],
    applies: (facts) => !wasSent(facts),
    sign: missingProof,
  }),
  'proof-header-name': cause({
    stage: 'binding',
    apiStage: 'proof-present',
    title: 'The proof was sent, and the server did not find it',
    meaning:
      'The request has a DPoP header. HTTP/2 writes every name in lower case, and a server that looks for DPoP letter by letter does not find dpop; a proxy may drop the header too.',
    fixes: ({ sent: { url } }) => [
      'Let the server speak HTTP/1.1 only, which keeps the name as it was written: in ASP.NET Core, Protocols = HttpProtocols.Http1.',
      { text: 'Ask through the relay, over HTTP/1.1', relay: url.origin },
      ...(url.protocol === 'https:'
        ? ['Use the server’s http: port, if it has one: browsers speak HTTP/1.1 there.']
        : []),
    ],
    spec: [rfc(9449, '4.1'), rfc(9110, '5.1')],
    applies: wasSent,
  }),
  'proof-malformed': cause({
    stage: 'binding',
    apiStage: 'proof-valid',
    title: 'The DPoP header is no JWT that the server can read',
    meaning: 'A proof is one signed JWT in its compact form: header, claims and signature, joined by dots.',
    fixes: (facts) => [
      ...ownMembers(facts),
      'Let the page make the DPoP proof, and remove a header of that name of your own.',
    ],
    spec: [syntax, rfc(9449, '4.1')],
    applies: wasSent,
    sign: (facts) => likely(wasSent(facts) && !isReadable(facts), 'The DPoP header cannot be read as a JWT.'),
  }),
  'proof-typ': cause({
    stage: 'binding',
    apiStage: 'proof-valid',
    title: 'The proof has another typ than dpop+jwt',
    meaning: 'The header of a proof says typ dpop+jwt, so that no other JWT passes for one.',
    fixes: (facts) => [...ownMembers(facts), 'Send typ dpop+jwt in the proof, as the page does by itself.'],
    spec: [syntax, checks],
    applies: wasSent,
    sign: ({ sent: { proof } }) =>
      likely(
        (proof?.header ?? null) !== null && headerOf(proof, 'typ') !== 'dpop+jwt',
        `typ of the proof is ${quoted(headerOf(proof, 'typ') ?? 'missing')}.`,
      ),
  }),
  'proof-algorithm': cause({
    stage: 'binding',
    apiStage: 'proof-valid',
    title: 'The server does not accept the algorithm of the proof',
    meaning: ({ sent: { proof } }) =>
      `alg of the proof is ${quoted(headerOf(proof, 'alg') ?? 'missing')}. A proof needs a signature by a private key, with an algorithm that the server lists in dpop_signing_alg_values_supported.`,
    fixes: ['Sign the proof with an ES256 or RS256 key, which every server supports.'],
    spec: [checks, rfc(9449, '5.1')],
    applies: wasSent,
    sign: ({ sent: { proof } }) =>
      likely(
        isUnsigned(proof) || isHmac(proof),
        `alg of the proof is ${quoted(headerOf(proof, 'alg') ?? '')}.`,
      ),
  }),
  'proof-key-missing': cause({
    stage: 'binding',
    apiStage: 'proof-valid',
    title: (facts) =>
      hasPrivate(facts) ? 'The proof carries a private key' : 'The proof carries no public key',
    meaning: (facts) =>
      hasPrivate(facts)
        ? 'jwk in the header of the proof is for the public key. Whoever reads this request has the private one now.'
        : 'The header of a proof carries the public key that verifies it, as jwk.',
    fixes: (facts) =>
      hasPrivate(facts)
        ? ['Use another key from now on, and send the public half as jwk.']
        : ['Send the public key as jwk in the header of the proof, as the page does by itself.'],
    spec: [syntax, checks],
    applies: wasSent,
    sign: (facts) =>
      likely(hasPrivate(facts), 'jwk of the proof has private members.') ??
      likely(
        (facts.sent.proof?.header ?? null) !== null && jwkOf(facts) === undefined,
        'The header of the proof has no jwk.',
      ),
  }),
  'proof-claim-missing': cause({
    stage: 'binding',
    title: (facts) => `The proof has no ${missing(facts).join(', no ') || 'claim that the server demands'}`,
    meaning:
      'A proof says for which method (htm) and URL (htu) it is, when it was made (iat), and has an identifier (jti).',
    fixes: (facts) => [
      ...ownMembers(facts),
      `Send ${missing(facts).join(' and ') || 'htm, htu, iat and jti'} in the proof, as the page does by itself.`,
    ],
    spec: [syntax, checks],
    applies: wasSent,
    sign: (facts) => likely(missing(facts).length > 0, `The proof has no ${missing(facts).join(', no ')}.`),
  }),
  'proof-htm': cause({
    stage: 'binding',
    apiStage: 'proof-valid',
    title: 'The proof is for another HTTP method',
    meaning: ({ sent }) =>
      `htm of the proof is ${quoted(claim(sent.proof, 'htm') ?? 'missing')}, and the request is a ${sent.method}. Names of methods are case-sensitive.`,
    fixes: (facts) => [...ownMembers(facts), `Send htm “${facts.sent.method}” in the proof.`],
    spec: [checks],
    applies: wasSent,
    sign: (facts) =>
      likely(
        has(facts, 'htm') && claim(facts.sent.proof, 'htm') !== facts.sent.method,
        'htm of the proof is not the method of the request.',
      ),
  }),
  'proof-htu': cause({
    stage: 'binding',
    apiStage: 'proof-valid',
    title: 'The proof is for another URL',
    meaning: (facts) =>
      claim(facts.sent.proof, 'htu') === target(facts)
        ? `htu of the proof is the URL that the request went to, ${quoted(target(facts))}. Behind a proxy, or under another host name, a server knows itself by another one.`
        : `htu of the proof is ${quoted(claim(facts.sent.proof, 'htu') ?? 'missing')}, and the request went to ${quoted(target(facts))}. Behind a proxy, or under another host name, a server may know itself by another URL still.`,
    fixes: (facts) => [
      ...ownMembers(facts),
      ...(facts.endpoint === 'api'
        ? ['Call the URL by which the API knows itself: its htu has to be the same, character by character.']
        : ['Compare htu with token_endpoint in the server’s metadata, and use that URL.']),
    ],
    spec: [checks],
    applies: wasSent,
    sign: (facts) =>
      (isSpelledOtherwise(facts) ? possible : likely)(
        has(facts, 'htu') && claim(facts.sent.proof, 'htu') !== target(facts),
        'htu of the proof is not the URL of the request.',
      ),
  }),
  'proof-signature': cause({
    stage: 'binding',
    apiStage: 'proof-valid',
    title: 'The signature of the proof does not verify with the key in it',
    meaning:
      'The proof carries a public key, and another private key signed it, or the proof was changed after it was signed.',
    fixes: ['Let the page sign the proof; a proof that was copied and changed is refused.'],
    spec: [checks, rfc(7515, '5.2')],
    applies: wasSent,
    sign: ({ measured: { proofVerifies } }) =>
      likely(proofVerifies === false, 'The proof does not verify with the key in it.'),
  }),
  ...proofTime,
  ...nonce,
} as const satisfies Readonly<Record<string, RefusalCause>>
