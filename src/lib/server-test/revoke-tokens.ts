import { readRevocation } from '../oauth/operations/revocation.ts'
import { operationAttempt } from './base/attempts.ts'
import type { Seen, Sent } from './base/row.ts'
import { issued } from './base/sent.ts'
import type { ClientName } from './base/subject.ts'
import { isCached } from './rows/token/again.ts'

/** What became of the tokens of a test. */
export interface Revoked {
  readonly issued: number
  readonly revoked: number
  /** Why the others live until they expire; `null` if there are none. */
  readonly why: string | null
}

/** A token of the test, and whose it is. */
interface Owned {
  readonly token: string
  readonly client: ClientName
}

/** The tokens that were issued, each once, refresh tokens too; not those that the test has revoked. */
function tokensOf(sent: readonly Sent[]): readonly Owned[] {
  const owned = new Map<string, ClientName>()
  for (const one of sent) {
    const token = issued(one)
    if (token) owned.set(token.accessToken, one.attempt.client)
  }
  return [...owned].map(([token, client]) => ({ token, client }))
}

/**
 * Revokes the tokens of a test, one at a time, for each client until the server does not. A token that the server gives to
 * whoever asks is left alone, as others may be using it.
 * @see RFC 7009 section 2.1
 */
export async function revokeTokens(
  seen: Seen,
  send: (attempt: ReturnType<typeof operationAttempt>) => Promise<Sent | null>,
): Promise<Revoked> {
  const tokens = tokensOf(seen.all)
  const count = { issued: tokens.length, revoked: 0 }
  if (tokens.length === 0) return { ...count, why: null }
  if (seen.subject.revocation_endpoint === null)
    return { ...count, why: 'No revocation endpoint is configured.' }
  if (isCached(seen))
    return {
      ...count,
      why: 'The server gives the same token to all who use this client, so it was not revoked.',
    }
  const refusing = new Set<ClientName>()
  for (const { token, client } of tokens) {
    if (refusing.has(client)) continue
    const says = 'A token of this test is revoked.'
    const sent = await send(operationAttempt({ target: 'revocation', says, client, token: () => token }))
    const read = sent && readRevocation(sent.exchange.outcome)
    if (sent === null) return { ...count, why: 'The test was stopped.' }
    if (read?.kind === 'accepted') count.revoked += 1
    else refusing.add(client)
  }
  if (refusing.size === 0) return { ...count, why: null }
  return {
    ...count,
    why: count.revoked === 0 ? 'The server does not revoke them.' : 'The server did not revoke the others.',
  }
}
