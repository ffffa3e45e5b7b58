import { refused, type Refusal } from './key-material.ts'
import { age, commands, keystore, onlyPublic, otherFormat, pgp, sshPublic } from './not-a-key.ts'

const cng = refused(
  'This is a key blob of Windows (CNG). In .NET, ExportPkcs8PrivateKeyPem() gives the key as PEM.',
)

/** Files by the bytes that they begin with, in hexadecimal: keystores, other formats of keys, and what is no key at all. */
const files: readonly (readonly [begins: RegExp, refusal: Refusal])[] = [
  // JKS and JCEKS
  [/^(?:feedfeed|cececece)/, keystore],
  // BKS of Bouncy Castle: the version, and a salt of 20 bytes
  [/^000000(?:01|02)00000014/, keystore],
  [/^1ef1b5b0/, otherFormat('a private key file of Microsoft (.pvk)', commands.fromPvk)],
  // A PRIVATEKEYBLOB of any algorithm, then "RSA2"
  [/^07020000.{8}52534132/, otherFormat('a key blob of Microsoft (PRIVATEKEYBLOB, .snk)', commands.fromBlob)],
  [/^06020000.{8}52534131/, onlyPublic('This is a public key blob of Microsoft')],
  // "RSA1", "ECS1", "ECS3", "ECS5", and the private ones: "RSA2", "RSA3", "ECS2", "ECS4", "ECS6"
  [/^(?:52534131|4543533[135])/, onlyPublic('This is a public key blob of Windows (CNG)')],
  [/^(?:5253413[23]|4543533[246])/, cng],
  // The length of "ssh-rsa", "ssh-ed25519" or "ecdsa-sha2-nistp256", and that
  [/^000000(?:07|0b|13)(?:7373682d|65636473612d)/, sshPublic],
  // "age-encryption.org"
  [/^6167652d656e6372797074696f6e/, age],
  [
    /^(?:504b0304|1f8b)/,
    refused('This is an archive (zip, gzip). Unpack it, and paste the key that is in it.'),
  ],
  [/^03d9a29a/, refused('This is a database of KeePass. Paste the key that is in it.')],
  // A packet with a key of version 4. @see RFC 4880 section 5.5.2
  [/^(?:9[4-9]|c[56])(?:..){2,4}04/, pgp],
]

/** What bytes are that are neither DER nor text; `undefined` if it is not known. */
export function knownFile(bytes: Uint8Array): Refusal | undefined {
  const start = Array.from(bytes.subarray(0, 24), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return files.find(([begins]) => begins.test(start))?.[1]
}
