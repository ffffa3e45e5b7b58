import type { PracticeClient } from '../base/server-state.ts'
import type { Jws } from '../signatures/jws.ts'
import { algsFor } from '../signatures/signature-algs.ts'
import { fail, pass } from '../../check.ts'
import type { Verdict } from '../base/verdict.ts'
import { signatureProblem } from '../signatures/verify-signature.ts'
import { quote, show } from '../base/wording.ts'

type RegisteredKey = NonNullable<PracticeClient['jwks']>['keys'][number]

/** Whether the client's secret made the code. @see RFC 7518 section 3.2 */
export async function signedWithSecret(jws: Jws, { client_secret }: PracticeClient): Promise<Verdict> {
  if (client_secret === null) return fail('The client has no secret')
  const problem = await signatureProblem(jws, new TextEncoder().encode(client_secret))
  return problem === null
    ? pass(`${jws.alg} with its secret`)
    : fail(`${problem} with its secret (${jws.alg})`)
}

/** Whether one of the client's registered keys made the signature. @see RFC 7523 section 3 */
export async function signedWithKey(jws: Jws, { jwks }: Pick<PracticeClient, 'jwks'>): Promise<Verdict> {
  const keys = jwks?.keys ?? []
  const selected = select(jws, keys)
  if (typeof selected === 'string') return fail(selected)
  const { alg } = jws
  const fitting = selected.filter((key) => algsFor(key).includes(alg))
  if (fitting.length === 0) return fail(`No key that it may be fits alg ${alg}; registered: ${list(keys)}`)
  let problem: string | null = null
  for (const key of fitting) {
    problem = await signatureProblem(jws, key)
    if (problem === null) return pass(`${alg} with key ${show(key.kid)}`)
  }
  return fail(`${problem ?? ''} with ${list(fitting)}`)
}

/**
 * The keys a header points at: by `kid`, else by certificate thumbprint if one is registered, else all.
 * @see RFC 7515 sections 4.1.4 and 4.1.8
 */
function select({ header }: Jws, keys: readonly RegisteredKey[]): readonly RegisteredKey[] | string {
  for (const name of ['kid', 'x5t#S256'] as const) {
    const asked = header[name]
    if (asked === undefined || keys.every((key) => key[name] === undefined)) continue
    const selected = keys.filter((key) => key[name] === asked)
    return selected.length > 0
      ? selected
      : `${name} ${show(asked)} is not registered; registered: ${list(keys)}`
  }
  return keys
}

function list(keys: readonly RegisteredKey[]): string {
  return keys.map(({ kid, kty, crv }) => `${quote(kid)} (${[kty, crv].filter(Boolean).join(' ')})`).join(', ')
}
