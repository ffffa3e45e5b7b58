import { ownMembers } from '../../json/own-members.ts'
import { parseJson } from '../../json/parse.ts'
import type { FindKey } from '../../keys/key.ts'
import { rfc } from '../../spec.ts'
import type { SecretAlg, TokenRequestConfig } from '../config/config.ts'
import { issuerOf } from '../config/derived-values.ts'
import { usesAssertion, usesKey, usesSecret } from '../config/auth-methods.ts'
import type { Problem } from './problem.ts'

type Check = (config: TokenRequestConfig, findKey: FindKey) => Problem | null

/** Checks what a client assertion is made of, if one is sent. @see RFC 7523 section 3 */
export function checkAssertion(config: TokenRequestConfig, findKey: FindKey): Problem[] {
  return usesAssertion(config) ? checks.flatMap((check) => check(config, findKey) ?? []) : []
}

const hashBytes: Readonly<Record<SecretAlg, number>> = { HS256: 32, HS384: 48, HS512: 64 }

/** Beyond it most servers refuse an assertion, whatever it says. Seconds. */
const usualLifetime = 300

const secret: Check = (config) => {
  if (!usesSecret(config)) return null
  const { client_secret, assertion } = config
  const field = 'client_secret'
  if (client_secret === '') return { field, level: 'missing', message: 'Enter the secret to sign with.' }
  const bytes = new TextEncoder().encode(client_secret).length
  const wanted = hashBytes[assertion.secret_alg]
  if (bytes >= wanted) return null
  return {
    field,
    level: 'warning',
    message: `${assertion.secret_alg} wants a secret of at least ${wanted} bytes; this one has ${bytes}.`,
    spec: rfc(7518, '3.2'),
  }
}

const key: Check = (config, findKey) => {
  const { key: thumbprint } = config.assertion
  return usesKey(config) && !findKey(thumbprint) ? missingKey('assertion_key', thumbprint) : null
}

const audience: Check = (config) => {
  const { aud, custom_aud } = config.assertion
  if (aud === 'custom') {
    if (custom_aud !== '') return null
    return { field: 'assertion_custom_aud', level: 'missing', message: 'Enter the audience.' }
  }
  if (aud === 'token_endpoint' || issuerOf(config) !== '') return null
  return {
    field: 'assertion_aud',
    level: 'missing',
    message: 'The issuer is not known. Enter it above, or choose another audience.',
    spec: rfc(7523, '3'),
  }
}

const lifetime: Check = ({ assertion }) =>
  assertion.lifetime <= usualLifetime
    ? null
    : {
        field: 'assertion_lifetime',
        level: 'note',
        message: 'Many servers refuse assertions that live longer than a minute or five.',
        spec: rfc(7523, '3'),
      }

const certificate: Check = (config, findKey) => {
  const { assertion } = config
  const found = findKey(assertion.key)
  if (!usesKey(config) || !assertion.x5t || !found || found.certificate !== null) return null
  return {
    field: 'assertion_x5t',
    level: 'warning',
    message: 'This key has no certificate yet, so there is nothing to name. Make one under Keys.',
    spec: rfc(7515, '4.1.8'),
  }
}

const header: Check = ({ assertion }) => ownObject('assertion_header', assertion.header)
const payload: Check = ({ assertion }) => ownObject('assertion_payload', assertion.payload)

const checks: readonly Check[] = [secret, key, audience, lifetime, certificate, header, payload]

/**
 * The user's own members must be a JSON object to be merged with those made here, and are signed as a reader of
 * doubles writes them.
 *
 * @see RFC 8259 section 6
 */
export function ownObject(field: Problem['field'], text: string): Problem | null {
  const read = ownMembers(text)
  if (!read.ok) return { field, level: 'error', message: read.message }
  const parsed = parseJson(text)
  const inexact = parsed.ok && parsed.problems.find(({ kind }) => kind === 'inexact-number')
  if (!inexact) return null
  const message = `${inexact.message} It is sent rounded; as a string it keeps its digits.`
  return { field, level: 'warning', message, spec: rfc(8259, '6') }
}

export function missingKey(field: Problem['field'], thumbprint: string): Problem {
  return {
    field,
    level: 'missing',
    message: thumbprint === '' ? 'Choose the key to sign with.' : 'The key chosen before is not here now.',
  }
}
