import type { Fix } from '../../../explanation/explanation.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import { cause } from '../facts/make.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { headerOf } from '../facts/sent.ts'
import * as token from './seen-token.ts'
import { askForResource, newToken, sign } from './common.ts'
import { isKnownResource } from './seen-audience.ts'

const introspect: Fix = 'Introspect the token, to see what the authorization server says of it.'

/** Whether the API asks the authorization server about a token: it says so, or has accepted one that is no JWT. */
const wasIntrospected = ({ came, past }: Facts): boolean =>
  past.acceptedOpaque || /remote authentication server|introspect|n['o’]t active|inactive/i.test(came.words)

const ofSecret = ({ sent }: Facts): string =>
  `${quoted(headerOf(sent.token, 'alg') ?? 'HS256')} signs with a shared secret, which no jwks_uri has.`

const times = (facts: Facts): string => {
  const names = token.timesOfOtherType(facts)
  return names.length === 0 ? 'A time' : names.join(', ')
}

const compareSecret: Fix =
  'Compare the shared secret of the API with the one that the token is signed with, byte by byte; Verify tries one here.'

/** That an API cannot read the token, or does not believe it. @see RFC 9068 section 4 */
export const apiToken = {
  'token-not-jwt': cause({
    stage: 'token',
    title: 'The token is not a JWT of three parts',
    meaning:
      'An API that reads tokens itself needs a JWT: header, claims and signature, joined by dots. This token is not of that form.',
    fixes: ['Send the access token whole, as the response of the token endpoint has it.'],
    spec: [rfc(7515, '7.1'), rfc(9068, '4')],
    applies: (facts) => (token.isOpaque(facts) || token.isInPieces(facts)) && !wasIntrospected(facts),
    sign: (facts) =>
      sign(
        token.isOpaque(facts) || token.isInPieces(facts),
        token.isInPieces(facts) || token.isDpop(facts) ? 'likely' : 'possible',
        'The token is not of three parts, joined by dots.',
      ),
  }),
  'token-encrypted': cause({
    stage: 'token',
    title: 'The token is encrypted, and the API has no key to open it',
    meaning: (facts) =>
      `Five parts make it a JWE, which only the holder of a decryption key can read.${token.isOpenIddictJwe(facts) ? ' RSA-OAEP with A256CBC-HS512 and typ at+jwt is what OpenIddict issues if nothing else is set up.' : ''}`,
    fixes: [
      'Give the API the decryption key that the authorization server encrypts for.',
      'Or let the API ask the authorization server about the token (introspection).',
      'Only if neither can be done, let the authorization server leave tokens unencrypted (OpenIddict: DisableAccessTokenEncryption()).',
    ],
    spec: [rfc(7516, '3.1'), rfc(9068, '4')],
    applies: token.isEncrypted,
    sign: (facts) => sign(token.isEncrypted(facts), 'likely', 'The token is a JWE: it is encrypted.'),
  }),
  'token-reference': cause({
    stage: 'token',
    title: 'The token is a reference, and the API reads JWTs only',
    meaning:
      'A reference says nothing by itself: an API learns what it means from the authorization server, by introspection. An API that reads JWTs only cannot accept it.',
    fixes: (facts) => [
      // Some servers issue a JWT for an API that is named, and a reference otherwise (oidc-provider).
      ...(isKnownResource(facts) ? askForResource(facts) : []),
      'Let the API ask the authorization server about the token (introspection).',
      'Or let the authorization server issue JWTs to this API.',
    ],
    spec: [rfc(7662, '2'), rfc(9068, '4')],
    applies: (facts) => token.isOpaque(facts) && !wasIntrospected(facts),
    sign: (facts) =>
      facts.past.issued
        ? sign(token.isOpaque(facts), 'likely', 'A token endpoint issued this token, and it is not a JWT.')
        : sign(
            token.isOpaque(facts) && token.hasReferenceForm(facts),
            'possible',
            `The token has ${facts.sent.token?.raw.length ?? 0} characters without a dot, as references have.`,
          ),
  }),
  'token-not-active': cause({
    stage: 'token',
    title: 'The authorization server told the API that the token is not active',
    meaning:
      'The API asks by introspection, and gets one word for a token that is unknown, has expired, is not for this API or was withdrawn.',
    fixes: [introspect, newToken],
    spec: [rfc(7662, '2.2')],
  }),
  'token-revoked': cause({
    stage: 'token',
    title: 'The token was revoked',
    meaning: ({ past }) =>
      past.revoked
        ? 'It was revoked in this tab, and the API knows that.'
        : 'Somebody revoked it at the authorization server, and the API knows that.',
    fixes: [newToken],
    spec: [rfc(7009, '2.2'), rfc(7662, '2.2')],
    applies: ({ past, came }) => past.revoked || /\brevoked\b/i.test(came.spoken),
    sign: ({ past }) => sign(past.revoked, 'likely', 'The token was revoked in this tab.'),
  }),
  'token-empty': cause({
    stage: 'token',
    title: 'A scheme was sent, and no token after it',
    meaning: 'The Authorization header ends after the name of the scheme.',
    fixes: ['Put the token after the scheme and one space.'],
    spec: [rfc(6750, '2.1')],
    applies: token.isEmpty,
    sign: (facts) => sign(token.isEmpty(facts), 'likely', 'Nothing follows the scheme.'),
  }),
  'token-characters': cause({
    stage: 'token',
    title: 'The token has a character that no access token may have',
    meaning:
      'Letters, digits and the signs of base64 are allowed. A space or a line break within it was probably copied along.',
    fixes: ['Send the token whole and without a space or a line break in it.'],
    spec: [rfc(6750, '2.1')],
    applies: token.hasOtherCharacters,
    sign: (facts) =>
      sign(
        token.hasOtherCharacters(facts),
        'likely',
        'The token has a character that no access token may have.',
      ),
  }),
  'payload-malformed': cause({
    stage: 'token',
    title: 'The payload of the token is no JSON object',
    meaning: 'The header can be read. What is between the dots after it is cut, or was changed.',
    fixes: ['Send the access token whole, as the response of the token endpoint has it.'],
    spec: [rfc(7519, '7.2')],
    applies: token.hasBrokenPayload,
    sign: (facts) =>
      sign(token.hasBrokenPayload(facts), 'likely', 'The payload of the token is no JSON object.'),
  }),
  'claim-type-wrong': cause({
    stage: 'token',
    title: 'A time in the token is no number',
    meaning: (facts) => `${times(facts)} has to be a number of seconds since 1970, without quotation marks.`,
    fixes: (facts) => [`Let the authorization server write it as a number: ${times(facts)}.`],
    spec: [rfc(7519, '2'), rfc(7519, '4.1.4')],
    applies: (facts) => token.timesOfOtherType(facts).length > 0,
    sign: (facts) =>
      sign(token.timesOfOtherType(facts).length > 0, 'likely', `${times(facts)} is no number.`),
  }),
  'key-unknown': cause({
    stage: 'key',
    title: 'The API has no key that the token could be signed with',
    meaning: (facts) => {
      if (token.isOfSecret(facts)) return ofSecret(facts)
      const kid = headerOf(facts.sent.token, 'kid')
      return `${kid === undefined ? 'The token names no key (kid).' : `The token names the key ${quoted(kid)}.`} The API has the keys of another issuer, old ones, or none.`
    },
    fixes: (facts) =>
      token.isOfSecret(facts)
        ? [compareSecret]
        : [
            'Let the API read the keys at the jwks_uri of the token’s issuer.',
            'If the keys were changed a moment ago, restart the API: it keeps the old ones for a while.',
          ],
    spec: [rfc(7515, '4.1.4'), rfc(8414, '2')],
  }),
  'algorithm-other': cause({
    stage: 'key',
    title: 'The API may expect another algorithm than the one that the token is signed with',
    meaning: (facts) =>
      token.isOfSecret(facts)
        ? `${ofSecret(facts)} An API that verifies with the keys of a key set does not accept it.`
        : `alg of the token is ${quoted(headerOf(facts.sent.token, 'alg') ?? 'not there')}. An API accepts the algorithms that it is set up with, which is RS256 alone at some.`,
    fixes: (facts) => {
      const alg = quoted(headerOf(facts.sent.token, 'alg') ?? 'RS256')
      return token.isOfSecret(facts)
        ? [
            `Let the authorization server sign with a private key (RS256, ES256) instead of ${alg}, or set the API up with the shared secret.`,
          ]
        : [
            `Set the API up for the algorithm ${alg}, or let the authorization server sign with the one that the API expects (mostly RS256).`,
          ]
    },
    spec: [rfc(8725, '3.2'), rfc(7515, '4.1.1')],
    applies: ({ sent }) => headerOf(sent.token, 'alg') !== undefined,
  }),
  'signature-wrong': cause({
    stage: 'signature',
    title: 'The signature of the token does not verify',
    meaning: (facts) =>
      token.isOfSecret(facts)
        ? `${ofSecret(facts)} The API has another secret, or the token was changed or cut.`
        : 'The API has a key for this token, and the signature does not fit it: the token was changed or cut, or the API has another key under this name.',
    fixes: (facts) => [
      'Send the token whole: one character lost or changed breaks the signature.',
      ...(token.isOfSecret(facts)
        ? [compareSecret]
        : [newToken, 'Check that the API has the keys of this token’s issuer.']),
    ],
    spec: [rfc(7515, '5.2')],
  }),
  'alg-none': cause({
    stage: 'signature',
    title: 'The token is not signed',
    meaning: 'alg is none: nothing vouches for the claims, and an API must refuse such a token.',
    fixes: ['Send the token as it was issued: signed.', newToken],
    spec: [rfc(9068, '2.1'), rfc(8725, '3.2')],
    applies: token.isUnsigned,
    sign: (facts) => sign(token.isUnsigned(facts), 'likely', 'alg in the header of the token is none.'),
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
