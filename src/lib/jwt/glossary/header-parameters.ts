import { rfc } from '../../spec.ts'
import { type Meanings, specified, vendorRows } from './meaning.ts'

const entra = vendorRows('Microsoft Entra ID')
const replicated = 'A claim repeated in the header, so that it can be read while the claims are encrypted.'

/** Header parameters of JWS, JWE and JWT, by name. */
export const headerParameters: Meanings = {
  alg: specified(
    'Algorithm',
    'How the token is signed, or in a JWE how its key is protected.',
    rfc(7515, '4.1.1'),
  ),
  jku: specified(
    'JWK Set URL',
    'Where the signing key is said to be. Never fetched on the word of the token alone.',
    rfc(7515, '4.1.2'),
  ),
  jwk: specified(
    'Public key',
    'The key that verifies this token; in a DPoP proof, the key being proven.',
    rfc(7515, '4.1.3'),
  ),
  kid: specified(
    'Key ID',
    'Which of the issuer’s keys signed this token; of an encrypted one, which of the recipient’s keys opens it.',
    rfc(7515, '4.1.4'),
  ),
  x5u: specified('X.509 URL', 'Where the certificate of the signing key is said to be.', rfc(7515, '4.1.5')),
  x5c: specified(
    'X.509 certificate chain',
    'The certificate of the signing key, and those that vouch for it.',
    rfc(7515, '4.1.6'),
  ),
  x5t: specified(
    'X.509 SHA-1 thumbprint',
    'The SHA-1 hash of the certificate of the signing key.',
    rfc(7515, '4.1.7'),
  ),
  'x5t#S256': specified(
    'X.509 SHA-256 thumbprint',
    'The SHA-256 hash of the certificate of the signing key.',
    rfc(7515, '4.1.8'),
  ),
  typ: specified('Type', 'What kind of token the whole is.', rfc(7515, '4.1.9')),
  cty: specified('Content type', 'What the payload is; JWT for a token inside a token.', rfc(7515, '4.1.10')),
  crit: specified(
    'Critical',
    'Header parameters a reader must understand, or else refuse the token.',
    rfc(7515, '4.1.11'),
  ),
  b64: specified('Base64url payload', 'false: the payload is in the token as it is.', rfc(7797, '3')),
  enc: specified('Encryption algorithm', 'How the content is encrypted.', rfc(7516, '4.1.2')),
  zip: specified(
    'Compression',
    'DEF: the content was compressed before it was encrypted.',
    rfc(7516, '4.1.3'),
  ),
  epk: specified('Ephemeral public key', 'The key made for this one key agreement.', rfc(7518, '4.6.1.1')),
  apu: specified(
    'Agreement PartyUInfo',
    'About the sender, mixed into the key agreement.',
    rfc(7518, '4.6.1.2'),
  ),
  apv: specified(
    'Agreement PartyVInfo',
    'About the recipient, mixed into the key agreement.',
    rfc(7518, '4.6.1.3'),
  ),
  iv: specified('Initialization vector', 'Of the AES GCM encryption of the key.', rfc(7518, '4.7.1.1')),
  tag: specified('Authentication tag', 'Of the AES GCM encryption of the key.', rfc(7518, '4.7.1.2')),
  p2s: specified('PBES2 salt', 'The salt for making a key from a password.', rfc(7518, '4.8.1.1')),
  p2c: specified('PBES2 count', 'The rounds for making a key from a password.', rfc(7518, '4.8.1.2')),
  iss: specified('Issuer', replicated, rfc(7519, '5.3')),
  sub: specified('Subject', replicated, rfc(7519, '5.3')),
  aud: specified('Audience', replicated, rfc(7519, '5.3')),
  nonce: entra(
    'Nonce',
    'Marks a token for a service of Microsoft, such as Graph: its signature cannot be verified by others.',
  ),
}

/** Values of `typ`, lower case and without `application/`. */
export const tokenTypes: Meanings = {
  jwt: specified(
    'JWT',
    'A JWT that does not say what it is for; an ID token may pass for it.',
    rfc(7519, '5.1'),
  ),
  'at+jwt': specified('JWT access token', 'An access token in the profile of RFC 9068.', rfc(9068, '2.1')),
  'dpop+jwt': specified('DPoP proof', 'Proves possession of a key; not an access token.', rfc(9449, '4.2')),
  'client-authentication+jwt': specified(
    'Client assertion',
    'Authenticates a client to the authorization server; not an access token.',
    rfc(7523, '3'),
  ),
  'token-introspection+jwt': specified(
    'Signed introspection response',
    'Not an access token.',
    rfc(9701, '5'),
  ),
  'secevent+jwt': specified('Security event token', 'Reports events; not an access token.', rfc(8417, '2.2')),
}
