import { asString, member, type JsonValue } from '../../json/value.ts'
import { quoted } from '../../text/quoted.ts'

/** Texts that are no key, by how they begin, and what to do instead. */
const others: readonly (readonly [begins: RegExp, message: string])[] = [
  [/^$/, 'There is nothing here. Paste the server’s JWK Set, a JWK, or a public key or certificate as PEM.'],
  [/^https?:\/\//i, 'This is a URL. Paste what is found there.'],
  [/^eyJ[\w-]*\.[\w-]*\./, 'This is a JWT or another token, not a key.'],
  [
    /^(?:ssh-|ecdsa-sha2-)/,
    'This is a public key of OpenSSH. Paste what “ssh-keygen -e -m PKCS8 -f key.pub” prints.',
  ],
  [
    /^---- BEGIN SSH2/,
    'This is a public key of OpenSSH. Paste what “ssh-keygen -i -f key.pub -m RFC4716 | ssh-keygen -e -m PKCS8 -f /dev/stdin” prints.',
  ],
  [
    /^PuTTY-User-Key-File/,
    'This key is in the format of PuTTY. “puttygen key.ppk -L” prints its public half for OpenSSH.',
  ],
  [
    /^<(?:\?xml|RSAKeyValue)/i,
    'This is XML. In .NET, ExportSubjectPublicKeyInfoPem() gives the public key as PEM.',
  ],
  [/^(?:\.{0,2}\/|~\/|[A-Za-z]:\\)\S+$/, 'This is the name of a file. Paste what is in it.'],
]

/** Why a text that is neither JSON nor PEM holds no key. */
export function whyNoPublicKey(text: string): string {
  return (
    others.find(([begins]) => begins.test(text))?.[1] ??
    'This is no key in a form that is read here: a JWK Set, a JWK, or PEM with BEGIN PUBLIC KEY, BEGIN RSA PUBLIC KEY or BEGIN CERTIFICATE. A shared secret is entered as a secret.'
  )
}

/** Why JSON holds no key: metadata only names where the keys are. @see RFC 8414 section 2 */
export function whyNoJwk(value: JsonValue): string {
  const jwksUri = asString(member(value, 'jwks_uri'))
  return jwksUri === undefined
    ? 'This JSON holds no JWK: nothing in it has a “kty”.'
    : `This is the server’s metadata. Its keys are at ${quoted(jwksUri)}: paste what is found there.`
}
