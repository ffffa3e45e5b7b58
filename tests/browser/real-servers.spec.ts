import { generateKeyPairSync } from 'node:crypto'
import { token } from '../../src/lib/jwt/verify/jws-testing.ts'
import type { FaultServer } from '../servers/fault-server.ts'
import { expect, test } from './fixtures.ts'

const realm = '/realms/lab'
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const json = (body: object) => ({
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
})

/** Keycloak with KC_HOSTNAME: it is reached at one host, and calls itself, and all its endpoints, by another. */
function startRealm(faults: FaultServer, name: string, more: object = {}) {
  const seconds = Math.floor(Date.now() / 1000)
  const claims = {
    iss: name + realm,
    aud: 'account',
    sub: '0d9e5dcd-8a41-4a4f-9bc4-5a3f4a1f5f7c',
    azp: 'm2m',
    jti: 'trrtcc:1a5fbb2c',
    scope: 'read profile',
    iat: seconds,
    exp: seconds + 300,
    ...more,
  }
  const access_token = token({ alg: 'ES256', typ: 'JWT', kid: 'k1' }, claims, privateKey)
  const at = (path: string) => `${name}${realm}${path}`
  faults.answer(`${realm}/certs`, json({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1' }] }))
  faults.answer(
    `/.well-known/oauth-authorization-server${realm}`,
    json({
      issuer: name + realm,
      token_endpoint: at('/token'),
      jwks_uri: at('/certs'),
      revocation_endpoint: at('/revoke'),
      introspection_endpoint: at('/introspect'),
      grant_types_supported: ['client_credentials'],
    }),
  )
  faults.answer(`${realm}/revoke`, { headers: { 'Content-Type': 'text/html; charset=utf-8' } })
  faults.answer(`${realm}/introspect`, json({ active: true }))
  return faults.answer(`${realm}/token`, json({ access_token, token_type: 'Bearer', expires_in: 300 }))
}

test('a server by two names: iss is warned of, and its keys are found at the host that issued the token', async ({
  playground,
  faults,
}) => {
  const endpoint = startRealm(faults, 'http://keycloak.example:8080')
  await playground.connectTo(endpoint)
  await playground.getToken.click()
  await expect(playground.checks).toContainText(
    `An API set up with “${faults.url(realm)}” refuses the token.`,
  )
  await expect(playground.checks).toContainText('usable at lenient APIs')
  await expect(playground.checks).toContainText('“account” in aud is Keycloak’s own account client')
  await playground.page.getByRole('button', { name: 'Verify with the server’s keys' }).click()
  await expect(playground.token.getByText('signature verified', { exact: true })).toBeVisible()
  expect(faults.requests.map(({ url }) => url)).toContain(`${realm}/certs`)
})

test('metadata of another name, used anyway: the same path at the host that responded is offered', async ({
  playground,
  page,
  faults,
}) => {
  startRealm(faults, 'http://keycloak.example:8080')
  await playground.choose('own')
  await playground.connect({ id: 'm2m', secret: 'password', scope: 'read' })
  await playground.find(faults.url(realm))
  await page.getByRole('button', { name: 'Use it anyway' }).click()
  await page.getByRole('button', { name: 'Use this token endpoint at the host that responded' }).click()
  await expect(playground.field('Token endpoint')).toHaveValue(faults.url(`${realm}/token`))
  await playground.getToken.click()
  await expect(playground.checks).toContainText(`Connection has “${faults.url(realm)}”`)
  await playground.openMore()
  await expect(playground.field('Revocation endpoint')).toHaveValue(faults.url(`${realm}/revoke`))
  await page.getByRole('button', { name: 'Verify with the server’s keys' }).click()
  await expect(playground.token.getByText('signature verified', { exact: true })).toBeVisible()
})

test('another client’s token: said before Revoke is pressed, and its 200 is no success', async ({
  playground,
  page,
  faults,
}) => {
  const endpoint = startRealm(faults, faults.origin)
  await playground.connectTo(endpoint, { issuer: faults.url(realm) })
  await page.getByRole('button', { name: 'Find', exact: true }).click()
  await playground.getToken.click()
  const use = page.getByRole('region', { name: 'Use the token', exact: true })
  await expect(playground.response).toContainText('200 OK')
  await expect(use).not.toContainText('and Revoke asks as')
  await playground.connect({ id: 'def' })
  await expect(use).toContainText('The token was issued to m2m, and Revoke asks as def')
  await page.getByRole('button', { name: 'Revoke', exact: true }).click()
  await expect(playground.heading('The server said 200 about another client’s token')).toBeVisible()
  await expect(playground.response).toContainText('acknowledged, without effect?')
  await page.getByRole('button', { name: 'Ask the server about it' }).click()
  await expect(playground.rawResponse).toContainText('"active":true')
  await playground.lookAt(3)
  await expect(playground.response).toContainText('Introspection called it active afterwards')
  await expect(playground.response).not.toContainText('from now on')
})
