import { refused, type Refusal } from './key-material.ts'

/** Commands that make of a key file one that can be read here. */
export const commands = {
  /** For `ENCRYPTED PRIVATE KEY`. */
  decryptPkcs8: 'openssl pkcs8 -in key.pem -out plain.pem',
  /** For `Proc-Type: 4,ENCRYPTED`, which the command above does not accept. */
  decryptTraditional: 'openssl pkcs8 -topk8 -nocrypt -in key.pem -out plain.pem',
  decryptDer: 'openssl pkcs8 -inform DER -in key.der -out plain.pem',
  nameCurve: 'openssl ec -in key.pem -param_enc named_curve -out plain.pem',
  openPkcs12: 'openssl pkcs12 -in key.p12 -nodes -nocerts -out plain.pem',
  fromOpenSsh: 'ssh-keygen -p -m PKCS8 -f key',
  fromPutty: 'puttygen key.ppk -O private-openssh -o plain.pem',
} as const

/** A key behind a passphrase. */
export function encryptedKey(command: string): Refusal {
  return refused(
    'This private key is encrypted with a passphrase, and this page does not decrypt. Decrypt it on your machine and paste plain.pem.',
    command,
  )
}

/** The half of a key that everybody may see. `found` is how the sentence begins: "This is a certificate". */
export function onlyPublic(found: string): Refusal {
  return refused(`${found}: it holds the public half of a key. Signing needs the private half.`)
}

export const dsa = refused('There is no JWS algorithm for DSA. Use an RSA or EC key instead.')
export const pkcs12 = refused(
  'This is a PKCS#12 file (.p12, .pfx). Take the private key out of it and paste plain.pem.',
  commands.openPkcs12,
)
export const pkcs7 = refused(
  'PKCS#7 holds certificates and no private key. The key is in another file; if that is a .p12 or .pfx, take it out and paste plain.pem.',
  commands.openPkcs12,
)
const openSsh =
  'This key is in the format of OpenSSH. Convert a copy of the file, because the command rewrites it (with an empty new passphrase), and paste what it then holds.'
const request = onlyPublic('This is a request for a certificate')

/** PEM blocks that are no private key to be read here, by label. */
export const notAPrivateKey: ReadonlyMap<string, Refusal> = new Map([
  ['PUBLIC KEY', onlyPublic('This is a public key')],
  ['RSA PUBLIC KEY', onlyPublic('This is a public key')],
  ['CERTIFICATE', onlyPublic('This is a certificate')],
  ['X509 CERTIFICATE', onlyPublic('This is a certificate')],
  ['TRUSTED CERTIFICATE', onlyPublic('This is a certificate')],
  ['CERTIFICATE REQUEST', request],
  ['NEW CERTIFICATE REQUEST', request],
  [
    'EC PARAMETERS',
    refused('These are the parameters of a curve. The key is in a block BEGIN EC PRIVATE KEY.'),
  ],
  ['DSA PRIVATE KEY', dsa],
  ['OPENSSH PRIVATE KEY', refused(openSsh, commands.fromOpenSsh)],
  ['ENCRYPTED PRIVATE KEY', encryptedKey(commands.decryptPkcs8)],
  ['PKCS7', pkcs7],
  ['CMS', pkcs7],
  ['PKCS12', pkcs12],
])

/** `ssh-keygen -m PKCS8` leaves these as they are (seen with OpenSSH 9.2). */
export const ed25519OfOpenSsh = refused(
  'This is an Ed25519 key in the format of OpenSSH, which ssh-keygen does not convert. Use another key, or generate one here.',
)

/** Texts that are neither JSON nor PEM nor base64, by how they begin. */
const others: readonly (readonly [begins: RegExp, refusal: Refusal])[] = [
  [/^$/, refused('Paste a private key: a JWK, or PEM.')],
  [/^(?:ssh-|ecdsa-sha2-)/, onlyPublic('This is a public key of OpenSSH')],
  [
    /^PuTTY-User-Key-File/,
    refused('This key is in the format of PuTTY. Convert it and paste plain.pem.', commands.fromPutty),
  ],
  [
    /^<(?:\?xml|RSAKeyValue)/i,
    refused('This is XML. In .NET, ExportPkcs8PrivateKeyPem() gives the key as PEM.'),
  ],
  [/^eyJ[\w-]*\.[\w-]*\./, refused('This is a JWT or another token, not a key.')],
  [/^(?:\.{0,2}\/|~\/|[A-Za-z]:\\)\S+$/, refused('This is the name of a file. Paste what is in it.')],
]

const unrecognised = refused(
  'This is no private key in a form that is read here: a JWK, or PEM with BEGIN PRIVATE KEY, BEGIN RSA PRIVATE KEY or BEGIN EC PRIVATE KEY.',
)

/** Why a text that looks like nothing of ours is no key. */
export function whyNoKey(text: string): Refusal {
  return others.find(([begins]) => begins.test(text))?.[1] ?? unrecognised
}
