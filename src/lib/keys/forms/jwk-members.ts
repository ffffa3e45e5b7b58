interface JwkMembers {
  readonly public: readonly string[]
  readonly private: readonly string[]
}

/**
 * What a JWK of each type is made of. The public members are those of its thumbprint, in the order people write
 * them; `alg` of an `AKP` key is one of them, because the rest does not show the algorithm.
 * @see RFC 7638 section 3.2, RFC 8037 section 2, RFC 7518 section 6
 */
const jwkMembers: ReadonlyMap<unknown, JwkMembers> = new Map([
  ['RSA', { public: ['kty', 'n', 'e'], private: ['d', 'p', 'q', 'dp', 'dq', 'qi'] }],
  ['EC', { public: ['kty', 'crv', 'x', 'y'], private: ['d'] }],
  ['OKP', { public: ['kty', 'crv', 'x'], private: ['d'] }],
  ['AKP', { public: ['kty', 'alg', 'pub'], private: ['priv'] }],
])

/** The members of a key of this type; `undefined` for shared secrets and types that are not known. */
export function membersOf(kty: unknown): JwkMembers | undefined {
  return jwkMembers.get(kty)
}

/** Those of the named members that are there and text, in the order of the names. */
export function pick(
  jwk: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of names) {
    const value = jwk[name]
    if (typeof value === 'string') found[name] = value
  }
  return found
}
