import type { CheckContext, TokenChecks } from '../../lib/jwt/lint/lint-token.ts'
import type { Metadata } from '../../lib/oauth/discovery/metadata.ts'
import type { View } from '../../state/sent.ts'

/** What checks are made of, beside the token. */
interface Against {
  /** The exchange that brought the token; `null` for one from elsewhere. */
  readonly issued: View | null
  /** What was found for the server that is chosen now. */
  readonly metadata: Metadata | null
  /** The audience a person expects; `null` for any. */
  readonly audience: string | null
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** The checks of a token, by code that is loaded when there is one; with the token, as others may be asked about meanwhile. */
export async function checksOf(
  token: string,
  { issued, metadata, audience, now }: Against,
): Promise<{ readonly token: string; readonly checks: TokenChecks }> {
  const { checkToken } = await import('../../lib/jwt/lint/lint-token.ts')
  const { contextOfIssued, contextOfPasted } = await import('../../lib/oauth/token/lint-context.ts')
  const context: CheckContext = issued ? await contextOfIssued(now, issued, metadata) : contextOfPasted(now)
  return { token, checks: await checkToken(token, { ...context, audience }) }
}
