import { decodeBase64, encodeBase64, encodeBase64url } from '../encoding/base64.ts'
import type { Key } from './key.ts'
import { writePem } from '../encoding/pem.ts'
import { webCryptoAlgs } from './web-crypto.ts'

export interface CertificateOptions {
  /** The common name, as it is; of more than 64 characters only the first 64, the most a certificate may have. */
  readonly subject: string
  /** How long it is valid from `now` on; a positive number. */
  readonly days: number
  /** Milliseconds since the epoch. */
  readonly now: number
}

const day = 24 * 60 * 60 * 1000

/** How far a server's clock may be behind. */
const leeway = 5 * 60 * 1000

/**
 * Makes a self-signed certificate of a key, for client authentication, and gives its DER in base64. The library
 * comes on demand; rejects when it cannot be loaded, and with a RangeError for a date that no certificate can have.
 * @see RFC 5280 section 4.1, RFC 8705 section 2.2
 */
export async function selfSignedCertificate(key: Key, options: CertificateOptions): Promise<string> {
  const x509 = await loadX509()
  const { subject, days, now } = options
  const notAfter = new Date(now + days * day)
  if (!(days > 0 && notAfter.getUTCFullYear() < 9999)) {
    throw new RangeError(`No certificate is valid for ${days} days.`)
  }
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    // As data, not as the text of a distinguished name, in which , + = " and # would mean something.
    name: new x509.Name([{ CN: [{ utf8String: Array.from(subject).slice(0, 64).join('') }] }]),
    keys: { privateKey: key.privateKey, publicKey: key.publicKey },
    signingAlgorithm: webCryptoAlgs[key.alg].signature,
    notBefore: new Date(now - leeway),
    notAfter,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
      await x509.SubjectKeyIdentifierExtension.create(key.publicKey),
    ],
  })
  return encodeBase64(new Uint8Array(certificate.rawData))
}

/**
 * The library's container of dependencies refuses to start without the metadata of decorators. Nothing here has any,
 * so reading them as absent is all of reflect-metadata that it needs.
 */
export async function loadX509() {
  const reflect = Reflect as { getMetadata?: unknown; getOwnMetadata?: unknown }
  reflect.getMetadata ??= () => undefined
  reflect.getOwnMetadata ??= () => undefined
  return import('@peculiar/x509')
}

/** The certificate as PEM. @see RFC 7468 section 5 */
export function certificatePem(base64Der: string): string {
  return writePem('CERTIFICATE', base64Der)
}

/** `x5t#S256`: the SHA-256 of the DER, in base64url. @see RFC 7515 section 4.1.8 */
export async function certificateThumbprint(base64Der: string): Promise<string> {
  return encodeBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', decodeBase64(base64Der))))
}
