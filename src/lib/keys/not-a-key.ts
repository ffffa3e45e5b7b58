import { quoted } from '../text/quoted.ts'
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
  fromOpenSsh: 'ssh-keygen -p -N "" -m PKCS8 -f key',
  fromPutty: 'puttygen key.ppk -O private-openssh -o plain.pem',
  /** A Java keystore holds keys behind its password; openssl reads none, but PKCS#12, which keytool makes of it. */
  fromKeystore:
    'keytool -importkeystore -srckeystore keystore.jks -destkeystore key.p12 -deststoretype PKCS12 && openssl pkcs12 -in key.p12 -nodes -nocerts -out plain.pem',
  fromPvk: 'openssl rsa -inform PVK -in key.pvk -out plain.pem',
  fromBlob: 'openssl rsa -inform MSBLOB -in key.blob -out plain.pem',
  toPkcs8: 'openssl pkcs8 -topk8 -nocrypt -in key.pem -out plain.pem',
  newKey: 'openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out plain.pem',
  inBase64: 'openssl base64 -A -in key.der',
  fromVault: 'ansible-vault decrypt --output plain.pem key.pem',
  fromSops: 'sops decrypt key.yaml',
  fromAge: 'age --decrypt -i identity.txt -o plain.pem key.age',
  fromSealed: 'kubectl get secret NAME -o jsonpath="{.data.tls\\.key}"',
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
  return refused(
    `${found}: it holds the public half of a key. Signing needs the private half, from the file that was made with it (BEGIN PRIVATE KEY).`,
  )
}

export const dsa = refused(
  'There is no JWS algorithm for DSA. Use an RSA or EC key instead; this makes one.',
  commands.newKey,
)
export const pkcs12 = refused(
  'This is a PKCS#12 file (.p12, .pfx). Take the private key out of it and paste plain.pem.',
  commands.openPkcs12,
)
export const pkcs7 = refused(
  'PKCS#7 holds certificates and no private key. The key is in another file; if that is a .p12 or .pfx, take it out and paste plain.pem.',
  commands.openPkcs12,
)
/** @see RFC 7518 section 6.3.2.7 */
export const moreThanTwoPrimes = refused(
  'This RSA key has more than two primes, which no browser imports (RFC 7518 section 6.3.2.7 forbids to use it without them). Use another key; this makes one.',
  commands.newKey,
)
export const openSshEncrypted = refused(
  'This key is in the format of OpenSSH, behind a passphrase, and this page does not decrypt. Decrypt a copy of the file, because the command rewrites it, and paste what it then holds.',
  commands.fromOpenSsh,
)
/** @see RFC 4251 section 5 */
export const openSshDamaged = refused(
  'This key is in the format of OpenSSH, and ends too early. Was the text cut? Paste the whole file.',
)

/** Keys of OpenSSH that sign nothing here: `ssh-dss`, and those in a security key. */
export function openSshOther(type: string): Refusal {
  return refused(
    `This is a key of OpenSSH of the type “${quoted(type)}”, with which browsers cannot sign. Use another key; this makes one.`,
    commands.newKey,
  )
}

const request = onlyPublic('This is a request for a certificate')
const certificate = onlyPublic('This is a certificate')
export const sshPublic = onlyPublic('This is a public key of OpenSSH')
const parameters = (of: string): Refusal =>
  refused(
    `These are parameters of ${of}, and no key. JWS has no use for them. This makes a key.`,
    commands.newKey,
  )
export const pgp = refused(
  'This is a block of PGP (GnuPG). Its keys are in a format of their own, which JWS does not have. Use another key; this makes one.',
  commands.newKey,
)
const putty = refused(
  'This key is in the format of PuTTY. Convert it and paste plain.pem.',
  commands.fromPutty,
)
export const keystore = refused(
  'This is a Java keystore. Its private key is behind the password of the store: keytool makes a PKCS#12 file of it, and openssl prints the key. Paste plain.pem.',
  commands.fromKeystore,
)
/** A private key that another program converts. */
export function otherFormat(what: string, command: string): Refusal {
  return refused(`This is ${what}. Convert it and paste plain.pem.`, command)
}
export const age = refused('This is encrypted with age. Decrypt it and paste plain.pem.', commands.fromAge)

/** PEM blocks that are no private key to be read here, by label. */
export const notAPrivateKey: ReadonlyMap<string, Refusal> = new Map([
  ['PUBLIC KEY', onlyPublic('This is a public key')],
  ['RSA PUBLIC KEY', onlyPublic('This is a public key')],
  ['CERTIFICATE', certificate],
  ['X509 CERTIFICATE', certificate],
  ['TRUSTED CERTIFICATE', certificate],
  ['CERTIFICATE REQUEST', request],
  ['NEW CERTIFICATE REQUEST', request],
  [
    'X509 CRL',
    refused('This is a list of revoked certificates, and no key. The private key is in another file.'),
  ],
  [
    'EC PARAMETERS',
    refused('These are the parameters of a curve. The key is in a block BEGIN EC PRIVATE KEY.'),
  ],
  ['DH PARAMETERS', parameters('Diffie-Hellman, with which keys are agreed on')],
  ['X9.42 DH PARAMETERS', parameters('Diffie-Hellman, with which keys are agreed on')],
  ['DSA PARAMETERS', parameters('DSA')],
  ['DSA PRIVATE KEY', dsa],
  ['ENCRYPTED PRIVATE KEY', encryptedKey(commands.decryptPkcs8)],
  ['SSH2 PUBLIC KEY', sshPublic],
  [
    'SSH2 ENCRYPTED PRIVATE KEY',
    otherFormat('a private key of SSH Tectia (ssh.com)', 'puttygen key -O private-openssh -o plain.pem'),
  ],
  ['PKCS7', pkcs7],
  ['CMS', pkcs7],
  ['PKCS12', pkcs12],
  ['PGP PRIVATE KEY BLOCK', pgp],
  ['PGP PUBLIC KEY BLOCK', pgp],
  ['PGP MESSAGE', pgp],
  ['PGP SIGNATURE', pgp],
  ['AGE ENCRYPTED FILE', age],
])

const binary = refused(
  'This is a file of bytes that was read as text, which loses some of them. Paste it in base64, as this prints it.',
  commands.inBase64,
)

/** Texts that are neither JSON nor PEM nor base64, by what a line of them begins with. */
const others: readonly (readonly [begins: RegExp, refusal: Refusal])[] = [
  [/^$/, refused('Paste a private key: a JWK, or PEM.')],
  // As Latin-1 or as UTF-8 reads the first bytes of a Java keystore
  [/^(?:\u00FE\u00ED\u00FE\u00ED|\u00CE{4}|\uFFFD{4}\0{3})/, keystore],
  [/[\0\uFFFD]/u, binary],
  [/^["'\s]*PuTTY-User-Key-File/m, putty],
  [/(?:^|[\s"'])(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S{1,20}|sk-(?:ssh|ecdsa)\S{1,60}) AAAA/, sshPublic],
  [
    /^\$ANSIBLE_VAULT/m,
    refused('This is encrypted with Ansible Vault. Decrypt it and paste plain.pem.', commands.fromVault),
  ],
  [/ENC\[AES256_GCM/, refused('This is encrypted with SOPS. Paste what this prints.', commands.fromSops)],
  [
    /^AGE-SECRET-KEY-1/m,
    refused(
      'This is an identity of age, which decrypts and does not sign. Use another key; this makes one.',
      commands.newKey,
    ),
  ],
  [
    /kind:\s*SealedSecret/,
    refused(
      'This is a SealedSecret: only its controller in the cluster decrypts it. Read the Secret that it made there, and paste what this prints.',
      commands.fromSealed,
    ),
  ],
  [
    /^[\da-f]{7,8}:? +(?:[\da-f]{2,4} ){4}/im,
    refused('This is a dump of bytes. Paste what this prints.', 'xxd -r key.hex | openssl base64 -A'),
  ],
  [
    /<!doctype html|<html/i,
    refused('This is a page in HTML, perhaps of a login, and no key. Paste the key itself.'),
  ],
  [
    /\bssh-keygen\b|^\s*The key fingerprint is/m,
    refused('This is what ssh-keygen prints, and no key. Paste the file that it made.'),
  ],
  [
    /^\s*(?:RSA |EC )?Private-Key: \(/m,
    refused(
      'This is a key as text, as “openssl -text” prints it. Paste the block that begins with BEGIN, which this prints.',
      'openssl pkey -in key.pem',
    ),
  ],
  [
    /^<(?:\?xml|RSAKeyValue|RSAParameters)/i,
    refused(
      'This is XML without a key that is read here. In .NET, ExportPkcs8PrivateKeyPem() gives the key as PEM.',
    ),
  ],
  [/^eyJ[\w-]*\.[\w-]*\./, refused('This is a JWT or another token, not a key.')],
  [
    /^(?:\$\{?[\w.]+\}?|\{\{[^{}]*\}\}|%\w+%|\$\([^()]*\)|<[\w -]+>|\[[\w -]+\]|process\.env\.\w+)$|\{\{[^{}]{1,80}\}\}/,
    refused('This is a placeholder, or the name of a variable. Paste what is in it.'),
  ],
  [/^[\da-f]{2}(?::[\da-f]{2}){15,63}$/i, refused('This is a fingerprint, and no key. Paste the key.')],
  [
    /^(?:\.{0,2}\/|~\/|[A-Za-z]:\\)[\w./\\ -]{1,200}\.?\w*$/,
    refused('This is the name of a file. Paste what is in it.'),
  ],
]

const unrecognised = refused(
  'This is no private key in a form that is read here: a JWK, or PEM with BEGIN PRIVATE KEY, BEGIN RSA PRIVATE KEY or BEGIN EC PRIVATE KEY.',
)

/** Why a text that looks like nothing of ours is no key. */
export function whyNoKey(text: string): Refusal {
  return others.find(([begins]) => begins.test(text))?.[1] ?? unrecognised
}

/** Whether a text, or what is inside of it, is known to be no key. */
export function isKnown(refusal: Refusal): boolean {
  return refusal !== unrecognised
}
