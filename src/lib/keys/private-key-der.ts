import { firstDer, readDer, tags } from '../encoding/der.ts'
import { commands, dsa, encryptedKey, onlyPublic, pkcs12, pkcs7 } from './not-a-key.ts'
import { fromPkcs1, fromPkcs8, fromSec1, type DerKey, type ReadParts } from './pkcs8.ts'
import { refused, type Refusal } from './refusal.ts'

/** What a SEQUENCE is, by the tags of its elements: the label of PEM can be wrong or missing, these cannot. */
const shapes: readonly (readonly [tags: RegExp, read: ReadParts])[] = [
  [/^02 30 04/, fromPkcs8],
  [/^(?:02 ){8}02/, fromPkcs1],
  [/^02 04/, fromSec1],
  [/^30 04$/, () => encryptedKey(commands.decryptDer)],
  [/^30 03$|^02 02$/, () => onlyPublic('This is a public key')],
  [/^30 30 03$/, () => onlyPublic('This is a certificate, or a request for one')],
  [/^02 30(?: 30)?$/, () => pkcs12],
  [/^06 a0$/, () => pkcs7],
  [/^(?:02 ){5}02$/, () => dsa],
]

/** Reads a private key in DER and wraps PKCS#1 and SEC1 into PKCS#8. Bytes after the key are left out. Never throws. */
export function readPrivateKeyDer(bytes: Uint8Array<ArrayBuffer>): DerKey | Refusal {
  const outer = firstDer(bytes)
  const parts = outer?.tag === tags.sequence ? readDer(outer.content) : null
  if (outer === null || parts === null) {
    return refused('The key is damaged or incomplete: its bytes end too early. Was the text cut?')
  }
  const shape = parts.map(({ tag }) => tag.toString(16).padStart(2, '0')).join(' ')
  const read = shapes.find(([seen]) => seen.test(shape))?.[1]
  return read?.(parts, outer.whole) ?? refused('These bytes are DER, and not a private key.')
}
