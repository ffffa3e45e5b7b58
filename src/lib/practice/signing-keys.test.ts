import { afterEach, expect, test, vi } from 'vitest'
import { practiceOrigin } from './origin.ts'
import { createPracticeServer } from './server.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('without WebCrypto, outside a secure context, the server says so instead of breaking', async () => {
  vi.stubGlobal('crypto', {})
  const server = createPracticeServer({ now: () => 0 })
  for (let round = 0; round < 2; round++) {
    const response = await server.fetch(new Request(`${practiceOrigin}/jwks`))
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('WebCrypto needs a page on https')
    expect(server.checksOf(response).at(-1)).toMatchObject({
      what: 'The server has a key to sign with',
      result: 'fail',
    })
  }
})
