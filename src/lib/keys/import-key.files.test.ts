import { describe, expect, it, test } from 'vitest'
import { ed25519, expectPair, jwk, label, otherP256, p256, refused, rsa } from './import-testing.ts'
import { commands } from './not-a-key.ts'

/** Base64 of the first bytes of a file, with enough after them. */
const file = (hex: string) => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(60, 1)]).toString('base64')
const secretOf = (name: string, base64: string) => `kind: Secret\ndata:\n  ${name}: ${base64}\n`

const keystore = 'feedfeed0000000200000001'
const pkcs12 = Buffer.from(`\x30\x40\x02\x01\x03\x30\x3b${'\0'.repeat(59)}`, 'latin1').toString('base64')

describe('a file of another format: what it is, and the command that makes PEM of it', () => {
  test.each<[what: string, text: string, message: RegExp, command: string]>([
    ['a Java keystore', file(keystore), /Java keystore.*keytool/, commands.fromKeystore],
    ['in lines', file(keystore).replace(/.{40}/g, '$&\n'), /Java keystore/, commands.fromKeystore],
    ['in hexadecimal', `${keystore}${'01'.repeat(60)}`, /Java keystore/, commands.fromKeystore],
    ['in a Secret', secretOf('keystore.jks', file(keystore)), /Java keystore/, commands.fromKeystore],
    ['in JSON', JSON.stringify({ jks: file(keystore) }), /Java keystore/, commands.fromKeystore],
    ['JCEKS', file('cececece0000000200000001'), /Java keystore/, commands.fromKeystore],
    ['BKS of Bouncy Castle', file('0000000200000014'), /Java keystore/, commands.fromKeystore],
    ['as text', 'þíþí\0\0\0\x02', /Java keystore/, commands.fromKeystore],
    ['PKCS#12', pkcs12, /PKCS#12/, commands.openPkcs12],
    ['PKCS#12 in a Secret', secretOf('keystore.p12', pkcs12), /PKCS#12/, commands.openPkcs12],
    ['PVK of Microsoft', file('1ef1b5b000000000'), /\.pvk/, commands.fromPvk],
    ['a blob of Microsoft', file('0702000000a4000052534132'), /PRIVATEKEYBLOB/, commands.fromBlob],
    ['bytes as text', '0\uFFFD\x04\uFFFD\x02\x01', /read as text/, commands.inBase64],
    [
      'a dump',
      '00000000: 3082 04a3 0201 0002 8201 0100  0...',
      /dump of bytes/,
      'xxd -r key.hex | openssl base64 -A',
    ],
    ['PuTTY', 'PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none', /PuTTY/, commands.fromPutty],
    ['PuTTY after words', 'my key:\nPuTTY-User-Key-File-3: ssh-rsa', /PuTTY/, commands.fromPutty],
    ['PGP', label('PGP PRIVATE KEY BLOCK'), /PGP/, commands.newKey],
    ['a public key of PGP', label('PGP PUBLIC KEY BLOCK'), /PGP/, commands.newKey],
    ['DSA', label('DSA PRIVATE KEY'), /DSA/, commands.newKey],
    ['parameters of DSA', label('DSA PARAMETERS'), /parameters of DSA/, commands.newKey],
    ['parameters of Diffie-Hellman', label('DH PARAMETERS'), /Diffie-Hellman/, commands.newKey],
    ['age', label('AGE ENCRYPTED FILE'), /age/, commands.fromAge],
    ['Ansible Vault', '$ANSIBLE_VAULT;1.1;AES256\n3132', /Ansible Vault/, commands.fromVault],
    ['SOPS', 'key: ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]', /SOPS/, commands.fromSops],
    ['a SealedSecret', 'kind: SealedSecret\nspec: {}', /SealedSecret/, commands.fromSealed],
  ])('%s', async (_, text, message, command) => {
    const refusal = await refused(text)
    expect(refusal.message).toMatch(message)
    expect(refusal.command).toBe(command)
  })

  test.each([
    [
      'a public key of OpenSSH with options',
      'command="x" ssh-rsa AAAAB3NzaC1yc2E me',
      /public key of OpenSSH/,
    ],
    ['in quotes', '"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me"', /public key of OpenSSH/],
    ['of a security key', 'sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaA me', /public key of OpenSSH/],
    [
      'of RFC 4716',
      '---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----',
      /public key of OpenSSH/,
    ],
    ['the base64 of one', file('000000077373682d727361'), /public key of OpenSSH/],
    ['a list of revoked certificates', label('X509 CRL'), /revoked certificates/],
    ['an archive', file('504b030414000000'), /archive/],
    ['a page', '<!doctype html><title>Sign in</title>', /page in HTML/],
    ['a variable', '${PRIVATE_KEY}', /placeholder/],
    ['a template of Helm', 'key: {{ .Values.key | b64enc }}', /placeholder/],
    ['words in a block', label('PRIVATE KEY', '<your private key>'), /in place of the key/],
    ['REDACTED', label('PRIVATE KEY', '[REDACTED]'), /in place of the key/],
    ['x', label('PRIVATE KEY', 'XXXXXXXX'), /in place of the key/],
    ['nothing in a block', label('PRIVATE KEY', ''), /Between BEGIN and END is nothing/],
    [
      'a certificate in a Secret',
      secretOf('tls.crt', Buffer.from(label('CERTIFICATE')).toString('base64')),
      /a certificate: it holds the public half/,
    ],
  ])('%s', async (_, text, message) => {
    const refusal = await refused(text)
    expect(refusal.message).toMatch(message)
    expect(refusal.command).toBeUndefined()
  })
})

describe('OpenSSH: a key without passphrase is read', () => {
  const field = (data: Buffer | string) => {
    const content = Buffer.from(data as string)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(content.length)
    return Buffer.concat([length, content])
  }
  const mpint = (text = '') => {
    const number = Buffer.from(text, 'base64url')
    return field((number[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), number]) : number)
  }
  const raw = (text = '') => Buffer.from(text, 'base64url')
  /** As PROTOCOL.key of OpenSSH has it. */
  const openSsh = (cipher: string, ...members: readonly Buffer[]) => {
    const inner = Buffer.concat([Buffer.alloc(8), ...members, field('me@here')])
    const outer = [field(cipher), field('none'), field(''), Buffer.of(0, 0, 0, 1), field(''), field(inner)]
    const body = Buffer.concat([Buffer.from('openssh-key-v1\0'), ...outer]).toString('base64')
    return label('OPENSSH PRIVATE KEY', body.replace(/.{70}/g, '$&\n'))
  }
  const { n, e, d, qi, p, q } = jwk(rsa.privateKey)
  const ofRsa = [field('ssh-rsa'), mpint(n), mpint(e), mpint(d), mpint(qi), mpint(p), mpint(q)]

  it('RSA', async () => {
    const { key, notes } = await expectPair(openSsh('none', ...ofRsa), rsa.publicKey, 'RS256')
    expect([key.origin, notes]).toEqual(['Imported from PEM (OpenSSH)', []])
  })

  it('Ed25519, which ssh-keygen does not convert', async () => {
    const { x, d: seed } = jwk(ed25519.privateKey)
    const members = [field('ssh-ed25519'), field(raw(x)), field(Buffer.concat([raw(seed), raw(x)]))]
    await expectPair(openSsh('none', ...members), ed25519.publicKey, 'Ed25519')
  })

  test.each([p256, otherP256])('ECDSA', async ({ privateKey, publicKey }) => {
    const own = jwk(privateKey)
    const point = Buffer.concat([Buffer.of(4), raw(own.x), raw(own.y)])
    const members = [field('ecdsa-sha2-nistp256'), field('nistp256'), field(point), mpint(own.d)]
    await expectPair(openSsh('none', ...members), publicKey, 'ES256')
  })

  test.each([
    [
      'behind a passphrase',
      openSsh('aes256-ctr', ...ofRsa),
      /OpenSSH, behind a passphrase/,
      commands.fromOpenSsh,
    ],
    [
      'in a security key',
      openSsh('none', field('sk-ssh-ed25519@openssh.com')),
      /“sk-ssh-ed25519@/,
      commands.newKey,
    ],
    ['that was cut', openSsh('none', ...ofRsa).slice(0, 400), /ends too early/, undefined],
  ])('%s: what to do', async (_, text, message, command) => {
    const refusal = await refused(text)
    expect(refusal.message).toMatch(message)
    expect(refusal.command).toBe(command)
  })
})
