import { describe, expect, it } from 'vitest'
import { derivedFields } from './browser-fields.ts'
import type { HttpRequest } from './message.ts'

const browser = { origin: 'http://localhost:4290', userAgent: 'UA/1', languages: ['en'] }
const added = (request: Partial<HttpRequest>) =>
  new Map(
    derivedFields(
      { method: 'GET', url: 'https://api.example/', headers: [], body: null, ...request },
      browser,
    ).map(({ name, value }) => [name, value]),
  )

describe('derivedFields', () => {
  it('asks for anything, unless the page asks for something', () => {
    expect(added({}).get('Accept')).toBe('*/*')
    expect(added({ headers: [['accept', 'text/csv']] }).has('Accept')).toBe(false)
  })

  it('counts the body; none is counted if one is expected', () => {
    expect(added({ method: 'POST', body: 'ü' }).get('Content-Length')).toBe('2')
    expect(added({ method: 'POST' }).get('Content-Length')).toBe('0')
    expect(added({ method: 'DELETE' }).has('Content-Length')).toBe(false)
  })

  it('names the origin to another origin, and to its own if something may change', () => {
    const own = `${browser.origin}/api`
    expect(added({}).get('Origin')).toBe(browser.origin)
    expect(added({ url: own }).has('Origin')).toBe(false)
    expect(added({ url: own, method: 'POST' }).get('Origin')).toBe(browser.origin)
  })
})
