import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { guessSecret } from './guess-secret.ts'
import { fail, pass, skipped, warn } from '../../check.ts'
import { algOf, type LintContext, type Rule } from './rule.ts'

const shared: Rule = {
  what: 'Who verifies it cannot write it',
  group: 'safety',
  spec: rfc(7518, '3.2'),
  needs: 'header',
  look(subject) {
    const alg = algOf(subject)
    if (alg === '' || subject.decoded.kind !== 'jws' || subject.decoded.unsecured)
      return skipped('It is not signed.')
    if (isHmac(alg))
      return warn(
        `${alg} has one secret for all: every API that verifies tokens could issue them. No jwks_uri serves it: each API is given the secret itself.`,
      )
    return /^(?:RS|PS|ES|Ed|ML-DSA)/.test(alg)
      ? pass('Signing needs the private key, verifying the public one.')
      : skipped(`The algorithm “${quoted(alg)}” is not known here.`)
  },
}

const isHmac = (alg: string): boolean => /^HS(?:256|384|512)$/.test(alg)

const guess: Rule = {
  what: 'Its secret cannot be guessed',
  group: 'safety',
  spec: rfc(8725, '3.5'),
  needs: 'header',
  async look(subject) {
    const { token, decoded, context } = subject
    const alg = algOf(subject)
    const bytes = decoded.kind === 'jws' ? decoded.signature.bytes : null
    if (!isHmac(alg) || bytes === null) return skipped('It is not made with a shared secret.')
    const result = await guessSecret(token, alg, bytes, ownGuesses(context))
    switch (result.kind) {
      case 'guessed':
        return result.secret === context.client_secret && !result.common
          ? pass(
              'The client’s own secret made it, and that is not a common one. Whoever has it can forge tokens.',
            )
          : fail(
              `It was made with ${nameOf(result.secret, context)}: anyone who guesses that can forge tokens.`,
            )
      case 'not-guessed':
        return pass('Neither the client’s secret nor a common one made it. That is no proof of a good one.')
      case 'not-tried':
        return skipped('The token is too long to try secrets on, or this page may not compute HMACs.')
      default:
        return result satisfies never
    }
  },
}

const ownGuesses = ({ client_secret, client_id, issuer }: LintContext): readonly string[] => [
  ...(client_secret === '' ? [] : [client_secret]),
  client_id,
  ...(issuer === null ? [] : [issuer]),
]

/** What was typed as a secret is not repeated. */
function nameOf(secret: string, { client_secret, client_id }: LintContext): string {
  if (secret === '') return 'an empty secret'
  if (secret === client_secret) return 'this client’s own secret'
  return secret === client_id ? 'the client ID as its secret' : `the secret “${quoted(secret)}”`
}

/** What comes of a secret that is shared. */
export const secretRules: readonly Rule[] = [shared, guess]
