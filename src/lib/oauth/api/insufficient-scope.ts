import type { Explained, Fix } from '../../explanation/explanation.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { scopeTokens } from '../config/config.ts'
import { type RefusedCall, wantedScope } from './refused-call.ts'
import { scopesOf } from '../response/token-facts.ts'

/** @see RFC 6750 section 3.1 */
export function insufficientScope(refused: RefusedCall): Explained {
  return {
    meaning: 'The token is good, and does not allow this.',
    certainty: wantedScope(refused) === null ? 'likely' : 'certain',
    ...scopeCauses(refused),
    spec: [rfc(6750, '3.1'), rfc(6749, '3.3')],
  }
}

/** What the API requires besides what the token has; scopes are compared as whole names, with their case. */
export function scopeCauses(refused: RefusedCall): {
  readonly causes: readonly string[]
  readonly fixes: readonly Fix[]
} {
  const wanted = wantedScope(refused)
  const has = scopesOf(refused.token)
  const held = has === null ? 'which the token has is not known here' : `the token has ${inWords(has)}`
  if (wanted === null) {
    return {
      causes: [`It lacks a scope, and the API does not say which; ${held}.`],
      fixes: ['Look in the API’s documentation for the scope of this path, and ask for it.'],
    }
  }
  const needed = scopeTokens(wanted)
  const missing = needed.filter((name) => has?.includes(name) !== true)
  if (missing.length === 0) {
    return {
      causes: [
        `The API wants ${inWords(needed)}, and the token has it: the API may read scope otherwise, as a text if it is a list, or the reverse.`,
      ],
      fixes: ['Compare how the API reads scope with how it is in the token.'],
    }
  }
  const asked = [...new Set([...scopeTokens(refused.config.scope), ...missing])].join(' ')
  return {
    causes: [`The API wants ${inWords(needed)}; ${held}.`],
    fixes: [
      ...(asked === refused.config.scope
        ? ['It was asked for, and not granted: allow it for this client at the authorization server.']
        : [{ text: `Ask for ${inWords(missing)} too, and get a new token`, change: { scope: asked } }]),
      'Allow the scope for this client at the authorization server.',
    ],
  }
}

const inWords = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : `“${quoted(names.join(' '))}”`
