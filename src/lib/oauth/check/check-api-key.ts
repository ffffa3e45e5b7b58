import type { JsonValue } from '../../json/value.ts'
import { ownMembers } from '../../json/own-members.ts'
import type { FindKey } from '../../keys/key.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import type { ApiCall } from '../config/api-call.ts'
import type { ReadToken } from '../response/read-response.ts'
import { boundKey, schemeOf } from '../response/token-facts.ts'
import { missingKey, ownObject } from './check-assertion.ts'
import type { ApiProblem } from './problem.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { dpopKey } from '../config/derived-values.ts'

/**
 * Checks how the token is presented: that it can be sent, that there is a key for the proof, and that token, scheme
 * and key belong together. Without a token only the key is checked.
 * @see RFC 9449 sections 7.1 and 7.2
 */
export function checkApiKey(
  call: ApiCall,
  config: TokenRequestConfig,
  findKey: FindKey,
  token: ReadToken | null,
): ApiProblem[] {
  if (call.presentation === 'none') return []
  const claims = token?.claims ?? null
  const scheme = schemeOf(call, claims, config)
  return [
    ...(token === null ? [] : checkCharacters(token.accessToken)),
    ...(scheme === 'DPoP' ? checkProof(config, findKey) : []),
    ...(claims === null ? [] : checkBinding(claims, scheme, config)),
  ]
}

/** "b64token": what a header field cannot carry cannot be sent at all. @see RFC 6750 section 2.1 */
function checkCharacters(accessToken: string): ApiProblem[] {
  const spec = rfc(6750, '2.1')
  if (accessToken === '') return [problem('missing', 'There is no token yet. Get one first.')]
  if (/[^\x21-\x7E]/.test(accessToken)) {
    return [{ ...problem('error', 'The token has characters that a header field does not accept.'), spec }]
  }
  if (/^[\w\-.~+/]+=*$/.test(accessToken)) return []
  return [{ ...problem('warning', 'The token has characters that a token in a header may not have.'), spec }]
}

/** Members meant for the token request's proof would spoil this one. */
const perRequest = ['htm', 'htu', 'ath', 'jti', 'nonce', 'iat']

function checkProof(config: TokenRequestConfig, findKey: FindKey): ApiProblem[] {
  const thumbprint = dpopKey(config)
  const { payload } = config.dpop
  const missing = findKey(thumbprint) ? null : missingKey('dpop_key', thumbprint)
  const unreadable = ownObject('dpop_payload', payload)
  const own = ownMembers(payload)
  const replaced = own.ok ? perRequest.filter((name) => Object.hasOwn(own.members, name)) : []
  return [
    ...(missing ? [problem(missing.level, missing.message)] : []),
    ...(unreadable ? [problem(unreadable.level, `The members of the proof: ${unreadable.message}`)] : []),
    ...(replaced.length > 0
      ? [problem('warning', `Your own members of the proof replace ${replaced.join(', ')} here too.`)]
      : []),
  ]
}

/** Nothing is said of tokens that cannot be read here. */
function checkBinding(
  claims: JsonValue,
  scheme: 'Bearer' | 'DPoP' | null,
  config: TokenRequestConfig,
): ApiProblem[] {
  const jkt = boundKey(claims)
  if (scheme === 'Bearer' && jkt !== null) {
    const message = 'The token is bound to a key: an API that knows DPoP must refuse it as a Bearer token.'
    return [{ ...problem('warning', message), spec: rfc(9449, '7.2') }]
  }
  if (scheme !== 'DPoP') return []
  if (jkt === null) {
    const message = 'The token is bound to no key: an API must refuse it under DPoP.'
    return [{ ...problem('warning', message), spec: rfc(9449, '7.1') }]
  }
  if (jkt === dpopKey(config)) return []
  const message = `The token is bound to another key than the one that signs the proof: ${quoted(jkt)}.`
  return [{ ...problem('warning', message), spec: rfc(9449, '6.1') }]
}

const problem = (level: ApiProblem['level'], message: string): ApiProblem => ({
  field: 'key',
  level,
  message,
})
