import type { ServerKey } from '../server-key.ts'

/** A token that was issued, and what it says; `null` claims are those of a refresh token. */
interface Kept {
  readonly claims: { readonly client_id: string } | null
  readonly exp: number
}

/** The tokens issued. Two of one second are equal, and are kept twice. */
interface IssuedTokens {
  keep(token: string, kept: Kept): void
  find(token: string): Kept | undefined
  forget(token: string): void
}

/** What its endpoints share. */
export interface Issuing {
  readonly key: ServerKey
  readonly issuedTokens: IssuedTokens
  readonly now: () => number
}

const mostTokens = 1000

/** Tokens live as long as the server; beyond a thousand the oldest is forgotten. */
export function createIssuedTokens(): IssuedTokens {
  const tokens: (Kept & { readonly token: string })[] = []
  return {
    keep: (token, kept) => {
      tokens.push({ token, ...kept })
      if (tokens.length > mostTokens) tokens.shift()
    },
    find: (token) => tokens.find((one) => one.token === token),
    forget: (token) => {
      const index = tokens.findIndex((one) => one.token === token)
      if (index >= 0) tokens.splice(index, 1)
    },
  }
}
