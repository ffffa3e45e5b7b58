import { decodeFormValue } from '../base/form-body.ts'

/** Compares every byte whatever the first difference, so that the time taken reveals nothing. */
export function sameSecret(one: string, other: string): boolean {
  const [a, b] = [one, other].map((secret) => new TextEncoder().encode(secret)) as [Uint8Array, Uint8Array]
  let difference = a.length ^ b.length
  for (let i = 0; i < Math.max(a.length, b.length); i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}

export interface SentSecret {
  readonly client_secret: string
  /** As received in a Basic header; `null` in a body, which has no second encoding. */
  readonly undecoded: string | null
}

/** Secrets that are almost right, and the mistake each one is known by. A real server would not say it. */
const nearMisses: readonly { readonly secret: (sent: SentSecret) => string | null; readonly says: string }[] =
  [
    {
      secret: (sent) => sent.undecoded,
      says: 'It would match undecoded: this server form-decodes as RFC 6749 2.3.1 says, and the client sent it raw',
    },
    {
      secret: (sent) => decodeFormValue(sent.client_secret),
      says: 'It would match decoded once more: the client encoded it twice',
    },
    {
      secret: (sent) => sent.client_secret.trim(),
      says: 'It would match without the white space around it',
    },
  ]

/** Why a secret that was refused might have been meant well. */
export function explainMismatch(expected: string, sent: SentSecret): string {
  const miss = nearMisses.find(({ secret }) => {
    const candidate = secret(sent)
    return candidate !== null && sameSecret(candidate, expected)
  })
  return miss?.says ?? 'It is another secret'
}
