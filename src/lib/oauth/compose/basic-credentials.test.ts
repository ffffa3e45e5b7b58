import { describe, expect, it } from 'vitest'
import { basicCredentials, encodingMatters } from './basic-credentials.ts'

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8')

describe('basicCredentials', () => {
  it('encodes as RFC 6749 appendix B says, with its example', () => {
    expect(basicCredentials('form', ' %&+£€', '').encodedId).toBe('+%25%26%2B%C2%A3%E2%82%AC')
  })

  it('has three ways for an id with a hyphen, as GUIDs have', () => {
    const id = 'svc-reporting_1.0'
    expect(basicCredentials('form', id, 's').joined).toBe('svc-reporting_1.0:s')
    expect(basicCredentials('strict', id, 's').joined).toBe('svc%2Dreporting%5F1%2E0:s')
    expect(basicCredentials('raw', id, 's').joined).toBe('svc-reporting_1.0:s')
  })

  it('uses UTF-8 as RFC 7617 leaves the charset open', () => {
    const { joined, base64 } = basicCredentials('raw', 'bjørn', 'p€: 1')
    expect(joined).toBe('bjørn:p€: 1')
    expect(decoded(base64)).toBe('bjørn:p€: 1')
  })

  it('keeps the colon that separates if the secret is empty', () => {
    expect(decoded(basicCredentials('strict', 'id', '').base64)).toBe('id:')
  })

  it('survives a secret of a megabyte', () => {
    expect(basicCredentials('raw', 'id', 'x'.repeat(1_000_000)).base64).toHaveLength(1_333_340)
  })
})

describe('encodingMatters', () => {
  it.each([
    ['form', 'm2m', 'password', false],
    ['form', 'practice-client', 'practice-secret', false],
    ['strict', 'practice-client', 'practice-secret', true],
    ['form', 'm2m', 'p%+: ', true],
    ['raw', 'm2m', 'p%+: ', true],
    ['raw', 'm2m', 'password', false],
  ] as const)('for %s of %s and %s: %s', (encoding, id, secret, matters) => {
    expect(encodingMatters(encoding, id, secret)).toBe(matters)
  })
})
