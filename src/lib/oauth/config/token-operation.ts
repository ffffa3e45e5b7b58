/** What goes along with a token that is introspected or revoked. */
export interface TokenOperation {
  /** `token_type_hint`: `true` for `access_token`, a text for another value; else it is left out. */
  readonly hint?: boolean | string
  /** Whether to ask for the response as a JWT; for introspection only. @see RFC 9701 section 4 */
  readonly jwt?: boolean
  /** Whether to leave the client out, for an endpoint that others than clients are kept from, as a port is. */
  readonly anonymous?: boolean
}

/**
 * The parameters in the order of the examples: the library sets `token` in its place.
 * @see RFC 7662 section 2.1, RFC 7009 section 2.1
 */
export function tokenParameters(token: string, { hint = false }: TokenOperation): URLSearchParams {
  const value = hint === true ? 'access_token' : hint
  return new URLSearchParams([['token', token], ...(value ? [['token_type_hint', value]] : [])])
}
