import { describe, expect, it } from 'vitest'
import { relayOrigins } from './relay-origins.ts'

describe('relayOrigins', () => {
  it('gives origins as the URL Standard writes them, each once', () => {
    expect(
      relayOrigins([
        'https://Host.example:443',
        'https://host.example/',
        'http://[::1]:5081',
        'https://10.0.0.7',
      ]),
    ).toEqual({ origins: ['https://host.example', 'http://[::1]:5081', 'https://10.0.0.7'], problem: null })
    expect(relayOrigins([])).toEqual({ origins: [], problem: null })
  })

  it.each([
    ['host.example', 'not host.example.'],
    ['localhost:5081', 'only http and https'],
    ['ftp://host.example', 'only http and https'],
    ['https://host.example/token', 'nothing after host and port'],
    ['https://host.example?x', 'nothing after host and port'],
    ['https://host.example/#', 'nothing after host and port'],
    ['https://me:secret@host.example', 'no user name or password'],
    ['https://*.example', 'no host name'],
    ['https://a"b.example', 'no host name'],
    ['http://169.254.169.254', 'credentials of its machines'],
    ['http://metadata.google.internal', 'credentials of its machines'],
  ])('refuses %s', (value, words) => {
    const result = relayOrigins(['https://fine.example', value])
    expect(result.problem).toContain('--relay')
    expect(result.problem).toContain(words)
  })
})
