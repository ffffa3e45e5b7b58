import { randomBytes, webcrypto } from 'node:crypto'
import { loadX509 } from '../../src/lib/keys/certificate.ts'

/** What node requires of a server, as PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

export interface Certificates {
  readonly selfSigned: Certificate
  /** Of an authority that nobody knows, and otherwise right. */
  readonly issued: Certificate
  readonly expired: Certificate
  /** For a name that no server here has. */
  readonly misnamed: Certificate
  /** The certificate of the authority that signed the last three, as PEM. */
  readonly authority: string
}

// While the module is evaluated: scripts run in a module runner that is closed by the time they start.
const x509 = await loadX509()

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const day = 24 * 60 * 60 * 1000

/** Certificates that no browser trusts, in memory only: each has one fault more than its unknown authority. */
export async function makeCertificates(): Promise<Certificates> {
  const names = (dns: readonly string[], ip: readonly string[] = []) =>
    new x509.SubjectAlternativeNameExtension([
      ...dns.map((value) => ({ type: 'dns' as const, value })),
      ...ip.map((value) => ({ type: 'ip' as const, value })),
    ])
  const here = names(['localhost'], ['127.0.0.1', '::1'])
  const now = Date.now()
  const valid = { notBefore: new Date(now - day), notAfter: new Date(now + 30 * day) }
  const past = { notBefore: new Date(now - 60 * day), notAfter: new Date(now - 30 * day) }
  const newKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const common = () => ({ serialNumber: `01${randomBytes(8).toString('hex')}`, signingAlgorithm: algorithm })

  const authorityKeys = await newKeys()
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...common(),
    ...valid,
    name: 'CN=An authority nobody knows',
    keys: authorityKeys,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  })
  const issue = async (period: typeof valid, extension = here): Promise<Certificate> => {
    const keys = await newKeys()
    const certificate = await x509.X509CertificateGenerator.create({
      ...common(),
      ...period,
      subject: 'CN=fault server',
      issuer: authority.subject,
      publicKey: keys.publicKey,
      signingKey: authorityKeys.privateKey,
      extensions: [extension],
    })
    return { key: await pem(keys.privateKey), cert: certificate.toString('pem') }
  }
  const ownKeys = await newKeys()
  const own = await x509.X509CertificateGenerator.createSelfSigned({
    ...common(),
    ...valid,
    name: 'CN=fault server',
    keys: ownKeys,
    extensions: [here],
  })
  return {
    selfSigned: { key: await pem(ownKeys.privateKey), cert: own.toString('pem') },
    issued: await issue(valid),
    expired: await issue(past),
    misnamed: await issue(valid, names(['elsewhere.example'])),
    authority: authority.toString('pem'),
  }
}

async function pem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64')
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`
}
