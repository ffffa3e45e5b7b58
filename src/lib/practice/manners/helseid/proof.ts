import { rfc } from '../../../spec.ts'
import { fail, pass, type Result } from '../../../check.ts'
import type { CheckLog, Rule } from '../../base/check-log.ts'
import type { SeenIds } from '../../base/expiring-map.ts'
import type { ProtocolError } from '../../base/protocol-error.ts'
import { hashToken } from '../../base/token-hash.ts'
import { show, when } from '../../base/wording.ts'
import { type Jws, readJws } from '../../signatures/jws.ts'
import { type PublicKey, readPublicKey } from '../../signatures/public-key.ts'
import { algsFor } from '../../signatures/signature-algs.ts'
import { signatureProblem } from '../../signatures/verify-signature.ts'

/** The request a proof should be for, and how its server refuses: `words` are those of its response or of its log. */
export interface ProofUse {
  readonly method: string
  readonly url: string
  /** The token it comes with; `null` if it asks for one. */
  readonly accessToken: string | null
  /** What `jkt` of that token says; `null` if there is none yet. */
  readonly jkt: string | null
  /** Seconds that `iat` may be before and after the server’s clock. */
  readonly window: { readonly before: number; readonly after: number }
  /** What else the server wants of the claims, before it looks for a replay. */
  readonly more?: (claims: Jws['claims']) => void
  /** What it says of a proof that it has seen. */
  readonly replayed: string
  readonly refuse: (words: string, rule: Rule, found: string) => ProtocolError
}

const spec = rfc(9449, '4.3')
const algs = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512']

interface Presented extends Jws {
  readonly use: ProofUse
  readonly key: PublicKey | string
  readonly ath: string | null
  readonly now: number
}

interface ProofRule {
  readonly words: string
  readonly what: string
  readonly judge: (presented: Presented) => Result | null | Promise<Result>
}

const same = (name: string, value: unknown, expected: string): Result =>
  value === expected
    ? pass(`${name} ${show(value)}`)
    : fail(`${name} is ${show(value)}, expected ${show(expected)}`)

/** What Duende’s validator looks at, in its order, and its words for each. HelseID and its Sample API share them. */
const rules: readonly ProofRule[] = [
  {
    words: "Invalid 'typ' value.",
    what: 'typ of the proof is dpop+jwt',
    judge: ({ header: { typ } }) => same('typ', typ, 'dpop+jwt'),
  },
  {
    words: "Invalid 'alg' value.",
    what: 'alg of the proof is RS, PS or ES with 256, 384 or 512',
    judge: ({ alg }) => (algs.includes(alg) ? pass(alg) : fail(`alg is ${show(alg)}`)),
  },
  {
    words: "'jwk' value contains a private key.",
    what: 'jwk holds nothing private',
    judge: ({ key }) =>
      typeof key === 'string' && key.includes('private member') ? fail(key) : pass('Public members only'),
  },
  {
    words: "Invalid 'jwk' value.",
    what: 'jwk is a public key that fits alg',
    judge: ({ key, alg }) => {
      if (typeof key === 'string') return fail(key)
      return algsFor(key.jwk).includes(alg)
        ? pass(`Thumbprint ${key.thumbprint}`)
        : fail(`It does not fit ${alg}`)
    },
  },
  {
    words: "Failed to validate the 'cnf' claim value against the DPoP proof's public key",
    what: 'The token is bound to the key of the proof',
    judge: ({ key, use: { jkt } }) =>
      jkt === null || typeof key === 'string' ? null : same('The thumbprint', key.thumbprint, jkt),
  },
  {
    words: 'Invalid signature on DPoP token.',
    what: 'The key in jwk signed the proof',
    judge: async (presented) => {
      const { key } = presented
      const problem = typeof key === 'string' ? key : await signatureProblem(presented, key.jwk)
      return problem === null ? pass(presented.alg) : fail(problem)
    },
  },
  {
    words: "Invalid 'ath' value.",
    what: 'ath is the hash of the token',
    judge: ({ claims, ath }) => (ath === null ? null : same('ath', claims['ath'], ath)),
  },
  {
    words: "Invalid 'jti' value.",
    what: 'jti names the proof',
    judge: ({ claims: { jti } }) => {
      const found = `jti is ${show(jti)}`
      return typeof jti === 'string' && jti !== '' ? pass(found) : fail(found)
    },
  },
  {
    words: "Invalid 'htm' value.",
    what: 'htm is the method',
    judge: ({ claims, use: { method } }) => same('htm', claims['htm'], method),
  },
  {
    words: "Invalid 'htu' value.",
    what: 'htu is scheme, host and path of the URL',
    judge: ({ claims, use: { url } }) => {
      const { origin, pathname } = new URL(url)
      return same('htu', claims['htu'], origin + pathname)
    },
  },
  {
    words: "Missing 'iat' value.",
    what: 'iat is there',
    judge: ({ claims: { iat } }) => (isTime(iat) ? pass(`iat ${show(iat)}`) : fail(`iat is ${show(iat)}`)),
  },
  {
    words: "Invalid 'iat' value.",
    what: 'iat is near the server’s clock',
    judge: ({ claims: { iat }, use: { window }, now }) => {
      const off = Number(iat) - now
      const found = `iat is ${when(Number(iat), now)}; ${window.before} s before and ${window.after} s after are let pass`
      return (off >= -window.before && off <= window.after ? pass : fail)(found)
    },
  },
]

/** A number, or digits as a text, which .NET reads as one. */
const isTime = (iat: unknown): boolean =>
  typeof iat === 'number' || (typeof iat === 'string' && /^\d+$/.test(iat))

/** Checks the value of a `DPoP` header: gives the thumbprint of the key it proves. @see RFC 9449 section 4.3 */
export async function checkDuendeProof(
  field: string,
  use: ProofUse,
  {
    checks,
    proofIds,
    now,
  }: { readonly checks: CheckLog; readonly proofIds: SeenIds; readonly now: () => number },
): Promise<string> {
  const jws = readJws(field)
  if (typeof jws === 'string') {
    throw use.refuse('Malformed DPoP token.', { what: 'The proof is one JWT', spec }, jws)
  }
  const key = await readPublicKey(jws.header['jwk'])
  const seconds = Math.floor(now() / 1000)
  const ath = use.accessToken === null ? null : await hashToken(use.accessToken)
  const presented: Presented = { ...jws, use, key, ath, now: seconds }
  for (const { what, words, judge } of rules) {
    const verdict = await judge(presented)
    if (verdict?.result === 'fail') throw use.refuse(words, { what, spec }, verdict.found)
    if (verdict) checks.pass({ what, spec }, verdict.found)
  }
  use.more?.(jws.claims)
  const thumbprint = typeof key === 'string' ? '' : key.thumbprint
  const unused: Rule = { what: 'The proof was not used before', spec: rfc(9449, '11.1') }
  const { before, after } = use.window
  const id = JSON.stringify([thumbprint, use.url, jws.claims['jti']])
  const ago = proofIds.use(id, seconds + before + after + 1)
  if (ago !== null) throw use.refuse(use.replayed, unused, `Its jti was used ${ago} s ago`)
  checks.pass(unused, 'Its jti is new')
  return thumbprint
}
