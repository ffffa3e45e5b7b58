import { describe, expect, it } from 'vitest'
import { engineOf } from './engine.ts'
import { mixedContentOf } from './mixed-content.ts'

describe('the engine of a browser', () => {
  it.each([
    ['firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0'],
    [
      'chromium',
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
    ],
    [
      'chromium',
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0',
    ],
    [
      'webkit',
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/60.5 Safari/605.1.15',
    ],
    [
      'webkit',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
    ],
    [
      'webkit',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/156.0 Mobile/15E148 Safari/604.1',
    ],
    [
      'webkit',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/150.0 Mobile/15E148 Safari/605.1.15',
    ],
    ['other', 'Ladybird/1.0'],
  ] as const)('is %s: %s', (engine, userAgent) => {
    expect(engineOf(userAgent)).toBe(engine)
  })
})

describe('mixed content', () => {
  it.each([
    ['https://page.example', 'webkit', 'http://localhost:4100/token', 'loopback'],
    ['https://localhost:8443', 'webkit', 'http://127.0.0.1:4100/token', 'loopback'],
    ['https://page.example', 'webkit', 'http://[::1]:4100/token', 'loopback'],
    ['https://page.example', 'webkit', 'https://localhost:4100/token', null],
    ['http://localhost:4173', 'webkit', 'http://localhost:4100/token', null],
    ['null', 'webkit', 'http://localhost:4100/token', null],
    ['https://page.example', 'webkit', 'http://192.168.1.7/token', 'blocked'],
    ['https://page.example', 'chromium', 'http://localhost:4100/token', null],
    ['https://page.example', 'firefox', 'http://localhost:4100/token', null],
    ['https://page.example', 'chromium', 'http://192.168.1.7/token', 'exempt'],
    ['https://page.example', 'firefox', 'http://192.168.1.7/token', 'blocked'],
  ] as const)('from %s in %s to %s is %s', (origin, engine, url, mixed) => {
    expect(mixedContentOf(origin, engine, new URL(url))).toBe(mixed)
  })
})
