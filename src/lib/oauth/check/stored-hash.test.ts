import { describe, expect, it } from 'vitest'
import { emptyConfig, type TokenRequestConfig } from '../config/config.ts'
import { hashRemark, mayBeHash } from './stored-hash.ts'

describe('a hash as the secret', () => {
  const remark = (client_secret: string, change: Partial<TokenRequestConfig> = {}) =>
    hashRemark({ ...emptyConfig, client_secret, ...change })

  it.each([
    'pbkdf2_sha256$1000000$salt$hash=',
    'argon2$argon2id$v=19$m=102400',
    'bcrypt_sha256$$2b$12$abc',
    '{bcrypt}$2a$10$abc',
    '{noop}change-me',
    '$2y$10$abc',
  ])('%s is named before it is sent', (secret) => {
    expect(remark(secret)).toEqual([
      { text: expect.stringMatching(/^The secret looks like the hash/) as string },
    ])
    expect(remark(secret, { token_endpoint_auth_method: 'private_key_jwt' })).toEqual([])
    expect(mayBeHash(secret)).toBe(true)
  })

  it('is not presumed of random bytes, which may look like a digest: a refusal has to come first', () => {
    for (const secret of ['a'.repeat(64), `${'A'.repeat(43)}=`]) {
      expect(remark(secret)).toEqual([])
      expect(mayBeHash(secret)).toBe(true)
    }
    expect(mayBeHash('change-me')).toBe(false)
  })
})
