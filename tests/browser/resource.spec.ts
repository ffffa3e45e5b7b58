import { odd, oddDocuments } from '../vectors/resource/metadata.ts'
import { startFaultServer, type FaultServer, type RecordedRequest } from '../servers/fault-server.ts'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import type { PlaygroundPage } from './playground-page.ts'

const wellKnown = '/.well-known/oauth-protected-resource'
const json = { 'Content-Type': 'application/json' }

/** Programs what an API says of itself. */
function describe(faults: FaultServer, path: string, metadata: object): void {
  faults.answer(wellKnown + path, { headers: json, body: JSON.stringify(metadata) })
}

const found = (playground: PlaygroundPage) =>
  playground.connection.getByText(/✓ Metadata of an API (found|pasted)/)
const button = (playground: PlaygroundPage, name: string | RegExp) =>
  playground.connection.getByRole('button', { name })

/** oidc-provider, which knows this resource. */
async function startServerOf(resource: string) {
  const { startAuthorizationServer } = await import('../servers/authorization-server.ts')
  return startAuthorizationServer({ api: resource })
}

test('the URL of an API is all that is needed: its server is confirmed, and the token is for that API', async ({
  playground,
  page,
  faults,
  guard,
}) => {
  const resource = faults.url('/mcp')
  const server = await startServerOf(resource)
  guard.allowOrigin(server.issuer)
  describe(faults, '/mcp', {
    resource,
    authorization_servers: [server.issuer],
    scopes_supported: ['read'],
    resource_name: 'Reports',
  })
  try {
    await playground.choose('own')
    await playground.connect({ id: 'm2m', secret: 'password' })
    await playground.find(resource)
    await expect(found(playground)).toBeVisible()
    await expect(button(playground, `Confirm ${server.issuer}`)).toBeVisible()
    await expect(playground.field('Token endpoint')).toHaveValue('')
    await expect(playground.field('Scope')).toHaveValue('')
    expect(await violations(page)).toEqual([])

    await button(playground, `Confirm ${server.issuer}`).click()
    await expect(playground.field('Token endpoint')).toHaveValue(server.tokenEndpoint)
    await expect(playground.field('Scope')).toHaveValue('read')
    await expect(playground.field('API URL')).toHaveValue(resource)
    await playground.getToken.click()
    await expect(page.getByLabel('Decoded payload as JSON')).toContainText(`"aud": "${resource}"`)

    await button(playground, 'Undo').click()
    await expect(playground.field('Token endpoint')).toHaveValue('')
    await expect(playground.field('Scope')).toHaveValue('')
    await expect(playground.field('API URL')).toHaveValue('')
    await expect(playground.field('Client secret')).toHaveValue('password')
    await expect(page.getByRole('group', { name: 'The server that the API names' })).toBeFocused()
  } finally {
    await server.close()
  }
})

test('no secret goes to a server that was not confirmed, whatever an API says of itself', async ({
  playground,
  page,
  faults,
  guard,
}) => {
  guard.allowConsole(/404|ERR_/)
  const rogue = await startFaultServer()
  guard.allowOrigin(rogue.origin)
  guard.allowOrigin('http://localhost:3914')
  guard.allowOrigin('http://localhost:3915')
  rogue.answer('/.well-known/oauth-authorization-server', {
    headers: json,
    body: JSON.stringify({ issuer: rogue.origin, token_endpoint: rogue.url('/token') }),
  })
  const secret = 'hush-hush'
  const told = ({ url, headers, body }: RecordedRequest) =>
    [secret, Buffer.from(`m2m:${secret}`).toString('base64')].some((text) =>
      `${url}${JSON.stringify(headers)}${body.toString()}`.includes(text),
    )
  try {
    await playground.choose('own')
    await playground.connect({ id: 'm2m', secret })
    for (const [name, { status, type, body }] of Object.entries(oddDocuments)) {
      const query = name === 'query' ? '?tenant=a' : ''
      faults.answer(`${wellKnown}/${name}/mcp`, {
        status: status === 302 ? 404 : status,
        headers: { 'Content-Type': type },
        body: body.replaceAll(odd, faults.origin).replaceAll('http://localhost:3915', rogue.origin),
      })
      await playground.find(faults.url(`/${name}/mcp${query}`))
      await expect(playground.connection.getByText(/^(Asked at|✗ No metadata)/)).toBeVisible()
      await page.keyboard.press('Control+Enter')
      await expect(playground.field('Token endpoint')).toHaveValue('')
    }
    expect([...faults.requests, ...rogue.requests].filter(told)).toEqual([])

    await playground.find(faults.url('/origin/mcp'))
    await button(playground, `Go on with ${rogue.origin}, against RFC 9728`).click()
    await button(playground, `Confirm ${rogue.origin}`).click()
    await expect(playground.field('Client secret')).toHaveValue('')
    await button(playground, 'Undo').click()
    await expect(playground.field('Client secret')).toHaveValue(secret)

    await playground.find(faults.url('/good/mcp'))
    await button(playground, `Confirm ${rogue.origin}`).click()
    await playground.getToken.click()
    await expect(playground.response).toContainText('200 OK')
    expect(rogue.requests.filter(told).map(({ url }) => url)).toEqual(['/token'])
  } finally {
    await rogue.close()
  }
})

test('Start from this, at the challenge of an API: the metadata have to name the URL that was called', async ({
  playground,
  page,
  faults,
  guard,
}) => {
  guard.expectConsole(/401/)
  const resource = faults.url('/mcp')
  const server = await startServerOf(resource)
  guard.allowOrigin(server.issuer)
  describe(faults, '/mcp', { resource, authorization_servers: [server.issuer] })
  const challenge = `Bearer resource_metadata="${faults.url(`${wellKnown}/mcp`)}", scope="read"`
  for (const path of ['/mcp', '/victim']) {
    faults.answer(path, {
      status: 401,
      headers: { 'WWW-Authenticate': challenge, 'Access-Control-Expose-Headers': 'WWW-Authenticate' },
    })
  }
  faults.answer('/odd', {
    status: 401,
    headers: {
      'WWW-Authenticate': 'Bearer resource_metadata="javascript:alert(1)"',
      'Access-Control-Expose-Headers': 'WWW-Authenticate',
    },
  })
  const start = playground.response.getByRole('button', { name: /^Start from this/ })
  const call = async (path: string) => {
    await playground.field('API URL').fill(faults.url(path))
    await page.getByRole('button', { name: 'Call API' }).click()
  }
  const startFrom = async (path: string) => {
    await call(path)
    await start.click()
    await expect(found(playground)).toBeVisible()
  }
  try {
    await playground.getToken.click()
    await expect(playground.response).toContainText('200 OK')
    await call('/odd')
    await expect(playground.response).toContainText('resource_metadata is no http: or https: URL')
    await expect(start).toHaveCount(0)

    await startFrom('/victim')
    await expect(playground.connection).toContainText('The metadata are those of another resource')
    expect(await violations(page)).toEqual([])
    await expect(button(playground, /^Confirm/)).toHaveCount(0)

    await startFrom('/mcp')
    await expect(playground.field('Issuer or discovery URL')).toHaveValue(faults.url(`${wellKnown}/mcp`))
    await button(playground, `Confirm ${server.issuer}`).click()
    await expect(playground.field('Token endpoint')).toHaveValue(server.tokenEndpoint)
    // The practice server's is of another server
    await expect(playground.field('Client secret')).toHaveValue('')
    await expect(playground.field('API URL')).toHaveValue(resource)
  } finally {
    await server.close()
  }
})

test.describe('from one URL to the tools of an MCP server', () => {
  const tools = ({ page }: PlaygroundPage) => page.getByRole('list', { name: 'Tools' }).first()

  async function reach(playground: PlaygroundPage, url: string, issuer: string): Promise<void> {
    await playground.find(url)
    await button(playground, `Confirm ${issuer}`).click()
    await expect(playground.field('Scope')).toHaveValue('mcp:tools')
    await expect(playground.field('API URL')).toHaveValue(url)
    await playground.getToken.click()
    await expect(playground.token).toContainText('Decoded payload')
    await playground.page.getByRole('button', { name: 'Call as MCP client' }).first().click()
    await playground.openMore()
    await expect(tools(playground)).toContainText('greet')
  }

  test('in the page, without a network', async ({ playground, page, guard }) => {
    // The page asks its host whether there is a playground.json.
    guard.allowConsole(/ERR_INTERNET_DISCONNECTED/)
    await page.context().setOffline(true)
    await reach(playground, 'https://practice.example/mcp', 'https://practice.example')
    await page.context().setOffline(false)
  })

  test('of the official SDK', async ({ playground, authorizationServer, api }) => {
    await playground.choose('own')
    await playground.connect({ id: 'm2m', secret: 'password' })
    await reach(playground, `${api.origin}/mcp`, authorizationServer.issuer)
  })
})
