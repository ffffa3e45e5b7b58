import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { dpopKey } from '../config/derived-values.ts'
import { bindToKey } from '../dpop/dpop-refused.ts'
import { sentScheme, wantedSchemes, wordsOf } from './refused-call.ts'
import { type Look, newToken } from './suspect.ts'
import { boundKey } from '../response/token-facts.ts'

const boundAsBearer: Look = (refused) =>
  sentScheme(refused) === 'Bearer' && boundKey(refused.token.claims) !== null
    ? {
        weight: 'seen',
        cause: 'The token is bound to a key (cnf.jkt), and was sent as a Bearer token, without a proof.',
        fixes: [{ text: 'Send the token under DPoP, with a proof', call: { presentation: 'dpop' } }],
        spec: rfc(9449, '7.2'),
      }
    : null

const unbound: Look = (refused) => {
  const { token, config, known } = refused
  if (sentScheme(refused) !== 'DPoP' || token.claims === null || boundKey(token.claims) !== null) return null
  return {
    weight: 'seen',
    cause: 'The token is bound to no key, and was sent under DPoP.',
    fixes: [
      ...(known.takesBearer
        ? [{ text: 'Send it as a Bearer token', call: { presentation: 'bearer' } } as const]
        : []),
      config.dpop.on ? newToken : { ...bindToKey, text: `${bindToKey.text}, and get a new one` },
    ],
    spec: rfc(9449, '7.1'),
  }
}

const otherKey: Look = (refused) => {
  const jkt = boundKey(refused.token.claims)
  const told = /binding|thumbprint|\bjkt\b|\bcnf\b/i.test(wordsOf(refused))
  const other = sentScheme(refused) === 'DPoP' && jkt !== null && jkt !== dpopKey(refused.config)
  if (!told && !other) return null
  return {
    weight: told ? 'told' : 'seen',
    cause: other
      ? `The proof was signed with another key than the one the token is bound to, ${quoted(jkt)}.`
      : 'The key of the proof is not the one the token is bound to.',
    fixes: ['Choose that key for the proof, or get a token bound to the one chosen now.'],
    spec: rfc(9449, '6.1'),
  }
}

const otherScheme: Look = (refused) => {
  const wanted = wantedSchemes(refused)
  if (sentScheme(refused) !== 'DPoP' || wanted.includes('dpop') || !wanted.includes('bearer')) return null
  if (refused.known.challengeIsGeneric) return null
  return {
    weight: 'seen',
    cause: 'The API asks for Bearer tokens alone: it may not know DPoP.',
    fixes: [{ text: 'Send the token as a Bearer token', call: { presentation: 'bearer' } }],
    spec: rfc(9449, '7.2'),
  }
}

/** That scheme, token and key do not belong together. @see RFC 9449 sections 7.1 and 7.2 */
export const bindingLooks: readonly Look[] = [boundAsBearer, unbound, otherKey, otherScheme]
