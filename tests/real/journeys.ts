import type { Locator } from '@playwright/test'
import type { PlaygroundPage } from '../browser/playground-page.ts'
import { expect } from './fixtures.ts'

/** What the user types in Connection, as the page's own tests type it. */
export type Connection = Parameters<PlaygroundPage['connect']>[0]

/** What the first card in Response has to say. */
export interface Told {
  /** Its heading, or the first of its causes. */
  readonly cause: RegExp
  /** Another of its causes, if the server's words do not tell the two apart. */
  readonly also?: RegExp
  /** All causes that it lists, if the response does not decide between them. */
  readonly causes?: readonly RegExp[]
  /** What one of its fixes says. */
  readonly fix?: RegExp
  /** The stage of the ladder at which the request stopped. */
  readonly stage?: string
  /** Advice that the facts exclude: no fix says it. */
  readonly not?: RegExp
}

/** What the page has to show of a token. */
export interface Token {
  /** As Token names it: "JWT, RS256"; or `opaque`. */
  readonly format: string
  /** Whether the server publishes the key. */
  readonly verified: boolean
  /** What Checks has to say, each in one item. */
  readonly checks?: readonly RegExp[]
}

/** A connection with something else in it; a method without a secret has none. */
export function instead(good: Connection, change: Connection): Connection {
  const { secret = '', ...rest } = { ...good, ...change }
  return rest.method?.startsWith('client_secret_') === false ? rest : { ...rest, secret }
}

const button = ({ page }: PlaygroundPage, name: string): Locator =>
  page.getByRole('button', { name, exact: true })

/** Chooses the kind of server and finds it by its issuer. */
export async function findServer(playground: PlaygroundPage, kind: string, issuer: string): Promise<void> {
  await playground.choose(kind)
  await playground.find(issuer)
  await expect(playground.connection.getByText('✓ Metadata found')).toBeVisible()
}

/** Gets a token with what is in Connection, which a strict client accepts. */
export async function getToken(playground: PlaygroundPage): Promise<void> {
  await playground.getToken.click()
  await expect(playground.rawResponse).toContainText(/^HTTP\/1\.1 200\b/)
  await expect(playground.response).toContainText('A strict client (oauth4webapi) accepts this response.')
}

/** What the page makes of the token at hand: its format, its signature by the server’s keys, its checks. */
export async function expectToken(playground: PlaygroundPage, token: Token): Promise<void> {
  await expect(playground.token).toContainText(
    token.format === 'opaque' ? 'This token is opaque to its client.' : token.format,
  )
  if (token.verified) {
    await playground.verification.getByRole('button', { name: /^Verify with the / }).click()
    await expect(playground.verification).toContainText('It verifies with key')
    await expect(playground.token).toContainText('signature verified')
  }
  for (const check of token.checks ?? [])
    await expect(playground.checks.getByRole('listitem').filter({ hasText: check }).first()).toBeAttached()
}

/** The first card in Response says that; or the first one of a part of it. */
export async function expectTold(
  { response }: PlaygroundPage,
  told: Told,
  part: Locator = response,
): Promise<void> {
  const card = part.getByRole('article').first()
  await expect(card).toBeVisible({ timeout: 30_000 })
  const heading = card.getByRole('heading').first()
  const causes = card.getByRole('list', { name: /^(Cause|Likely causes?|Possible causes)\b/ })
  const named = async () => [
    ...(await heading.allTextContents()),
    ...(await causes.getByRole('listitem').allTextContents()).slice(0, 1),
  ]
  await expect.poll(named, 'what is named first').toEqual(some(told.cause))
  if (told.also)
    await expect
      .poll(() => causes.getByRole('listitem').allTextContents(), 'all that it may be')
      .toEqual(some(told.also))
  if (told.causes)
    await expect
      .poll(() => causes.getByRole('listitem').allTextContents(), 'every cause')
      .toEqual(told.causes.map((cause) => expect.stringMatching(cause) as unknown))
  const rungs = card.getByRole('list', { name: 'How far it got' }).getByRole('listitem')
  if (told.stage !== undefined)
    await expect(rungs.filter({ hasText: 'stopped here' }), 'where it stopped').toContainText(told.stage)
  const fixes = card.getByRole('list', { name: 'What to try' }).getByRole('listitem')
  if (told.fix) await expect.poll(() => fixes.allTextContents(), 'what to try').toEqual(some(told.fix))
  if (told.not)
    expect(await fixes.filter({ hasText: told.not }).allTextContents(), 'wrong advice').toEqual([])
}

const some = (pattern: RegExp): unknown => expect.arrayContaining([expect.stringMatching(pattern)])

/** The page may not read the response, and the connection check says that. */
export async function expectUnread(playground: PlaygroundPage, told: Told): Promise<void> {
  await expectTold(playground, told, await checked(playground))
}

/** The connection check, at its end. */
async function checked({ page }: PlaygroundPage): Promise<Locator> {
  const check = page.getByRole('region', { name: 'Connection check', exact: true })
  await expect(check.getByRole('status')).toContainText('Checked', { timeout: 30_000 })
  return check
}

/** Sends what is in Connection; the response is a refusal, or none that the page may read. */
export async function expectRefusal(playground: PlaygroundPage, told: Told): Promise<void> {
  await playground.getToken.click()
  await expect(playground.response).toContainText(/HTTP\/1\.1 (?!200)|No response|Redirect, not followed/)
  await expectTold(playground, told)
}

/** Check connection, before anything is sent. */
export async function expectConnection(playground: PlaygroundPage, told: Told): Promise<void> {
  await button(playground, 'Check connection').click()
  await expectUnread(playground, told)
}

/** Introspects or revokes the token at hand; the endpoint is what the page knows, or is typed. */
export async function ask(
  playground: PlaygroundPage,
  operation: 'Introspect' | 'Revoke',
  endpoint?: string,
): Promise<void> {
  await playground.openMore()
  const field = { Introspect: 'Introspection endpoint', Revoke: 'Revocation endpoint' }[operation]
  if (endpoint !== undefined) await playground.field(field).fill(endpoint)
  await button(playground, operation).click()
}

/** Calls an API with the token at hand. */
export async function call(playground: PlaygroundPage, url: string): Promise<void> {
  await playground.field('API URL').fill(url)
  await button(playground, 'Call API').click()
  await expect(playground.rawRequest).toContainText(new URL(url).pathname)
}
