import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faults, injections, startFaultServer, unsignedToken, type FaultServer } from './fault-server.ts'

let server: FaultServer
beforeAll(async () => {
  server = await startFaultServer()
})
afterAll(() => server.close())

const post = (path: string, init: RequestInit = {}) =>
  fetch(server.url(path), {
    method: 'POST',
    body: 'grant_type=client_credentials',
    redirect: 'manual',
    signal: AbortSignal.timeout(path === '/never' ? 200 : 5000),
    ...init,
  })

test.each(Object.keys(faults))('%s', async (path) => {
  if (path === '/never' || path === '/reset') {
    await expect(post(path)).rejects.toThrow()
  } else if (path === '/truncated') {
    await expect((await post(path)).text()).rejects.toThrow()
  } else {
    const response = await post(`${path}?ms=10`)
    const body = await response.arrayBuffer()
    expect(response.status).toBeLessThan(500)
    if (path.startsWith('/big') && path !== '/big-integers') expect(body.byteLength).toBe(10_000_000)
    expect(response.headers.get('access-control-allow-origin')).toBe(path === '/no-cors' ? null : '*')
  }
})

test('records requests as they were on the wire', async () => {
  await post('/echo?a=b', { headers: { 'X-Test': '1' } })
  const request = server.requests.at(-1)
  expect(request).toMatchObject({ method: 'POST', url: '/echo?a=b' })
  expect(request?.body.toString()).toBe('grant_type=client_credentials')
  expect(request?.headers.map(([name]) => name.toLowerCase())).toContain('x-test')
})

test('does not let a redirect go unseen', async () => {
  for (const status of [302, 307]) {
    expect((await post(`/redirect?status=${status}`)).headers.get('location')).toBe(
      `${server.elsewhere.origin}/token`,
    )
  }
  expect(server.elsewhere.requests).toHaveLength(0)
  await post('/redirect?status=307', { redirect: 'follow' })
  expect(server.elsewhere.requests.map(({ body }) => body.toString())).toEqual([
    'grant_type=client_credentials',
  ])
})

test('can be programmed', async () => {
  const token = unsignedToken('{"sub":"tea"}')
  const url = server.answer('/custom', ({ body }) => ({ status: 418, body }), { cors: false })
  const response = await fetch(url, { method: 'POST', body: token })
  expect(response.status).toBe(418)
  expect(decodeJwt(await response.text())).toEqual({ sub: 'tea' })
  expect(response.headers.get('access-control-allow-origin')).toBeNull()
})

test('puts every injection into the token and next to it', async () => {
  const body = (await (await post('/inject')).json()) as { access_token: string }
  const { access_token: token, ...beside } = body
  const everything = JSON.stringify([decodeProtectedHeader(token), decodeJwt(token), beside])
  for (const injection of injections) expect(everything).toContain(JSON.stringify(injection))
})
