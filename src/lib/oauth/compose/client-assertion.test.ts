import { beforeAll, describe, expect, it } from 'vitest'
import { certificateThumbprint, selfSignedCertificate } from '../../keys/certificate.ts'
import { generateKey } from '../../keys/generate-key.ts'
import type { Key } from '../../keys/key.ts'
import { emptyConfig, type TokenRequestConfig } from '../config/config.ts'
import { composeTokenRequest } from '../token/token-request.ts'

const now = 1_700_000_000_000

let bare: Key
let certified: Key & { readonly certificate: string }
beforeAll(async () => {
  bare = await generateKey('ES256', {})
  certified = { ...bare, certificate: await selfSignedCertificate(bare, { subject: 'x', days: 1, now }) }
})

/** The header of the assertion that goes out, as it is on the wire. */
async function sentHeader(key: Key, x5t: boolean): Promise<unknown> {
  const config: TokenRequestConfig = {
    ...emptyConfig,
    discovery: 'https://as.example',
    token_endpoint: 'https://as.example/token',
    client_id: 'c',
    token_endpoint_auth_method: 'private_key_jwt',
    assertion: { ...emptyConfig.assertion, key: key.thumbprint, x5t },
  }
  const { body } = await composeTokenRequest(config, { findKey: () => key, now: () => now, nonce: null })
  const [header = ''] = new URLSearchParams(body ?? '').get('client_assertion')?.split('.') ?? []
  return JSON.parse(Buffer.from(header, 'base64url').toString())
}

describe('RFC 7515 section 4.1.8: x5t#S256', () => {
  const without = () => ({ alg: 'ES256', typ: 'client-authentication+jwt', kid: bare.thumbprint })

  it('is left out while it is switched off, although the key has a certificate', async () => {
    expect(await sentHeader(certified, false)).toEqual(without())
  })

  it('is left out if the key has no certificate, although it is switched on', async () => {
    expect(await sentHeader(bare, true)).toEqual(without())
  })

  it('goes out, and nothing else with it, if it is switched on and there is one', async () => {
    const x5t = await certificateThumbprint(certified.certificate)
    expect(await sentHeader(certified, true)).toEqual({ ...without(), 'x5t#S256': x5t })
  })
})
