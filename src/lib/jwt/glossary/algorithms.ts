import { rfc } from '../../spec.ts'
import { type Meanings, specified } from './meaning.ts'

type Spec = Parameters<typeof specified>[2]

/** One row for each size: `HS256`, `HS384`, `HS512`. */
function sizes(prefix: string, meaning: string, spec: Spec): Meanings {
  const row = (bits: number) =>
    [`${prefix}${bits}`, specified(`${meaning} with SHA-${bits}`, described[prefix] ?? '', spec)] as const
  return Object.fromEntries([256, 384, 512].map(row))
}

const byPublicKey = 'Signed with a private key; anyone verifies it with the public key from the JWK Set.'
const described: Readonly<Record<string, string>> = {
  HS: 'Signed with a secret that issuer and resource server share: whoever verifies it could also have written it.',
  RS: byPublicKey,
  PS: byPublicKey,
  ES: byPublicKey,
}

/** Algorithms of a JWS (RFC 7518 section 3.1 and later registrations), by the value of `alg`. */
const signature: Meanings = {
  ...sizes('HS', 'HMAC', rfc(7518, '3.2')),
  ...sizes('RS', 'RSASSA-PKCS1-v1_5', rfc(7518, '3.3')),
  ...sizes('PS', 'RSASSA-PSS', rfc(7518, '3.5')),
  ...sizes('ES', 'ECDSA', rfc(7518, '3.4')),
  ES256K: specified('ECDSA with secp256k1 and SHA-256', `${byPublicKey} Browsers cannot.`, rfc(8812, '3.2')),
  EdDSA: specified('Edwards-curve signature', `${byPublicKey} The key tells which curve.`, rfc(8037, '3.1')),
  Ed25519: specified('Edwards-curve signature, Ed25519', byPublicKey, rfc(9864, '2.2')),
  Ed448: specified('Edwards-curve signature, Ed448', `${byPublicKey} Browsers cannot.`, rfc(9864, '2.2')),
  none: specified(
    'No signature',
    'Nothing protects the token: anyone can have written it.',
    rfc(7518, '3.6'),
  ),
}

const wrapped = 'The content key is encrypted for the recipient.'

/** Key management of a JWE (RFC 7518 section 4.1), by the value of `alg`. */
const keyManagement: Meanings = {
  RSA1_5: specified('RSAES-PKCS1-v1_5', `${wrapped} Outdated: prone to padding oracles.`, rfc(7518, '4.2')),
  'RSA-OAEP': specified('RSAES-OAEP', wrapped, rfc(7518, '4.3')),
  'RSA-OAEP-256': specified('RSAES-OAEP with SHA-256', wrapped, rfc(7518, '4.3')),
  dir: specified('Direct encryption', 'The content is encrypted with a shared key itself.', rfc(7518, '4.5')),
  'ECDH-ES': specified(
    'Elliptic-curve key agreement',
    'The content key is agreed with the recipient’s key.',
    rfc(7518, '4.6'),
  ),
  ...widths('A', 'KW', 'AES key wrap', rfc(7518, '4.4')),
  ...widths('ECDH-ES+A', 'KW', 'Elliptic-curve key agreement and AES key wrap', rfc(7518, '4.6')),
  ...widths('A', 'GCMKW', 'AES GCM key encryption', rfc(7518, '4.7')),
  'PBES2-HS256+A128KW': specified('Password-based key wrap', wrapped, rfc(7518, '4.8')),
  'PBES2-HS384+A192KW': specified('Password-based key wrap', wrapped, rfc(7518, '4.8')),
  'PBES2-HS512+A256KW': specified('Password-based key wrap', wrapped, rfc(7518, '4.8')),
}

function widths(before: string, after: string, title: string, spec: Spec, meaning = wrapped): Meanings {
  const row = (bits: number) =>
    [`${before}${bits}${after}`, specified(`${title}, ${bits} bits`, meaning, spec)] as const
  return Object.fromEntries([128, 192, 256].map(row))
}

/** Values of `alg`. */
export const algorithms: Meanings = { ...keyManagement, ...signature }

const encrypted = 'The content is encrypted, and a change to it or to the header would be noticed.'

/** Values of `enc` (RFC 7518 section 5.1). */
export const encryptions: Meanings = {
  ...widths('A', 'GCM', 'AES GCM', rfc(7518, '5.3'), encrypted),
  'A128CBC-HS256': specified('AES CBC with HMAC SHA-256', encrypted, rfc(7518, '5.2')),
  'A192CBC-HS384': specified('AES CBC with HMAC SHA-384', encrypted, rfc(7518, '5.2')),
  'A256CBC-HS512': specified('AES CBC with HMAC SHA-512', encrypted, rfc(7518, '5.2')),
}
