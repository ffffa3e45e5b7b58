import { rfc } from '../../spec.ts'
import { type Meanings, specified } from './meaning.ts'

const iat = (spec: ReturnType<typeof rfc>) => specified('Issued at', 'When the client signed it.', spec)

/** What claims mean in a JWT that a client signs to authenticate: there the client is the issuer. */
export const assertionClaims: Meanings = {
  iss: specified('Issuer', 'The client itself, by its client ID: it signs this JWT.', rfc(7523, '3')),
  sub: specified('Subject', 'The client that authenticates, by its client ID.', rfc(7523, '3')),
  aud: specified('Audience', 'The authorization server. Any other server must reject it.', rfc(7523, '3')),
  exp: specified('Expiration time', 'The server must reject the assertion from then on.', rfc(7523, '3')),
  nbf: specified('Not before', 'The server must reject the assertion before then.', rfc(7523, '3')),
  iat: iat(rfc(7523, '3')),
  jti: specified('ID', 'Unique for each assertion, so that the server can reject a replay.', rfc(7523, '3')),
}

/** What claims mean in the proof of a key that goes with one request. */
export const proofClaims: Meanings = {
  jti: specified('ID', 'Unique for each proof, so that the server can reject a replay.', rfc(9449, '4.2')),
  htm: specified('HTTP method', 'The method of the request that the proof is for.', rfc(9449, '4.2')),
  htu: specified('HTTP URI', 'The URL of that request, without query and fragment.', rfc(9449, '4.2')),
  iat: iat(rfc(9449, '4.2')),
  exp: specified(
    'Expiration time',
    'Not a claim of a proof by the standard; some servers want it.',
    rfc(9449, '4.2'),
  ),
  ath: specified('Access token hash', 'The SHA-256 hash of the access token it goes with.', rfc(9449, '4.2')),
  nonce: specified('Nonce', 'The value that the server asked the client to sign.', rfc(9449, '8')),
}
