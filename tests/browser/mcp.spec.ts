import { expect, test } from './fixtures.ts'
import { violations } from './axe.ts'
import type { PlaygroundPage } from './playground-page.ts'

const section = ({ page }: PlaygroundPage) => page.getByRole('region', { name: 'Call as MCP client' })
const everything = 'authorization, content-type, mcp-method, mcp-name, mcp-protocol-version, mcp-session-id'

/** Gets a token of the practice server, and opens what else belongs to a call of that API. */
async function open(playground: PlaygroundPage, url: string): Promise<void> {
  await playground.getToken.click()
  await expect(playground.token).toContainText('Decoded payload')
  await playground.field('API URL').fill(url)
  await playground.openMore()
}

const run = (playground: PlaygroundPage) =>
  section(playground).getByRole('button', { name: 'Call as MCP client' }).click()

const tool = (playground: PlaygroundPage) =>
  section(playground).getByRole('button', { name: 'Fill in a call of größe' })

test('2026-07-28: two exchanges list the tools; a tool is filled in, edited and called', async ({
  playground,
  startMcp,
}) => {
  const server = await startMcp({ modern: true, allows: everything, exposes: '' })
  await open(playground, server.url)
  await run(playground)
  await expect(section(playground).getByRole('list', { name: 'Tools' })).toContainText('says <b>it</b> again')
  await expect(section(playground)).toContainText('Version 2026-07-28: without sessions.')
  expect(server.requests.map(({ message }) => message?.method)).toEqual(['server/discover', 'tools/list'])

  await tool(playground).click()
  await expect(playground.rawRequest).toContainText('Mcp-Name: =?base64?Z3LDtsOfZQ==?=')
  await playground
    .field('Body')
    .fill((await playground.field('Body').inputValue()).replace('"text": ""', '"text": "5"'))
  await playground.page.getByRole('button', { name: 'Call API' }).click()
  await expect(playground.rawResponse).toContainText('größe: 5')
  expect(server.requests.at(-1)?.headers).toMatchObject({
    accept: 'application/json, text/event-stream',
    'content-type': 'application/json',
  })
  expect(await violations(playground.page)).toEqual([])
})

test('2025-11-25, whose CORS allows no mcp-method: initialize passes, and the session goes along until it is over', async ({
  playground,
  startMcp,
  guard,
}) => {
  // The probes of the connection check are without the token.
  guard.allowConsole(/CORS|ERR_FAILED|401|404/)
  const allows = 'authorization, content-type, mcp-protocol-version, mcp-session-id'
  const server = await startMcp({ modern: false, allows, exposes: 'Mcp-Session-Id' })
  await open(playground, server.url)
  await run(playground)
  await expect(section(playground)).toContainText('Version 2025-06-18, in a session.')
  await expect(tool(playground)).toBeVisible()
  const posts = () => server.requests.filter(({ method }) => method === 'POST')
  expect(posts().map(({ message }) => message?.method)).toEqual([
    'initialize',
    'notifications/initialized',
    'tools/list',
  ])
  expect(posts().map(({ headers }) => [headers['mcp-session-id'], headers['mcp-protocol-version']])).toEqual([
    [undefined, undefined],
    ['session-1', '2025-06-18'],
    ['session-1', '2025-06-18'],
  ])

  server.forget()
  await tool(playground).click()
  await playground.page.getByRole('button', { name: 'Call API' }).click()
  await expect(playground.rawResponse).toContainText('Session not found')
  await expect(section(playground)).toContainText('Asks for the version')
  await section(playground).getByRole('button', { name: 'initialize', exact: true }).click()
  await expect(playground.rawRequest).not.toContainText('Mcp-Session-Id')
})

test('a session ID that the server does not expose is said to be missing, and what to expose', async ({
  playground,
  startMcp,
  guard,
}) => {
  guard.expectConsole(/400/)
  const server = await startMcp({ modern: false, allows: everything, exposes: '' })
  await open(playground, server.url)
  await run(playground)
  await expect(section(playground)).toContainText('Access-Control-Expose-Headers: Mcp-Session-Id')
  // Each exchange of its own, up to the first refusal.
  expect(server.requests.map(({ message }) => message?.method)).toEqual([
    'server/discover',
    'initialize',
    'notifications/initialized',
  ])
})

test('an API URL that ends with /mcp has the button at hand: the tools come without anything opened', async ({
  playground,
  startMcp,
}) => {
  const server = await startMcp({ modern: true, allows: everything, exposes: '' })
  const button = playground.page.getByRole('button', { name: 'Call as MCP client' })
  await playground.getToken.click()
  await expect(playground.token).toContainText('Decoded payload')
  await expect(button).toHaveCount(0)
  await playground.field('API URL').fill(server.url)
  await button.click()
  await expect(playground.rawResponse).toContainText('größe')
  await playground.openMore()
  await expect(button).toHaveCount(1)
})

test('before there is a token the challenge of the server ends it; by keyboard alone', async ({
  playground,
  startMcp,
  guard,
}) => {
  guard.expectConsole(/401/)
  const server = await startMcp({ modern: true, allows: everything, exposes: 'WWW-Authenticate' })
  await playground.field('API URL').fill(server.url)
  await playground.field('API URL').focus()
  await expect(playground.page.getByText('No token is at hand: the API is called without one')).toBeVisible()
  await playground.page.getByRole('button', { name: 'More ways to use the token' }).press('Enter')
  await section(playground).getByRole('button', { name: 'Call as MCP client' }).press('Enter')
  await expect(playground.page.getByRole('table', { name: 'Challenges' })).toContainText('resource_metadata')
  await expect(section(playground).getByRole('button', { name: 'Call as MCP client' })).toBeFocused()
  expect(server.requests).toHaveLength(1)
  expect(server.requests[0]?.headers.authorization).toBeUndefined()
})

test('what a client accepts is a choice, and one line of the header fields', async ({
  playground,
  faults,
}) => {
  await open(playground, faults.url('/ok'))
  await playground.field('Method').fill('POST')
  await playground.field('Body').fill('{"a":1}')
  await playground.field('Accept').selectOption('application/json, text/event-stream')
  await expect(playground.field('Value of call header 1')).toHaveValue('application/json, text/event-stream')
  await expect(playground.rawRequest).toContainText('Accept: application/json, text/event-stream')
  await expect(playground.rawRequest).toContainText('content-type: application/json', { ignoreCase: true })
  await playground.field('Value of call header 1').fill('text/turtle')
  await expect(playground.field('Accept')).toHaveValue('text/turtle')
  await playground.field('Accept').selectOption('')
  await expect(playground.field('Value of call header 1')).toHaveCount(0)
})
