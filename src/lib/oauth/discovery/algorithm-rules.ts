import { type AuthMethod, authMethods, isAuthMethod } from '../config/auth-methods.ts'
import { rfc } from '../../spec.ts'
import { listed, type MetadataRule } from './metadata-check.ts'
import type { Metadata } from './metadata.ts'

const assertions = {
  member: 'token_endpoint_auth_signing_alg_values_supported',
  spec: rfc(8414, '2'),
} as const

const signingMethods = ({ token_endpoint_auth_methods_supported: supported = [] }: Metadata): AuthMethod[] =>
  supported.filter(isAuthMethod).filter((method) => authMethods[method].sends === 'assertion')

const noAlgorithms: MetadataRule = ({ metadata }) => {
  const methods = signingMethods(metadata)
  if (methods.length === 0 || metadata.token_endpoint_auth_signing_alg_values_supported) return null
  return {
    ...assertions,
    result: 'fail',
    what: 'No algorithms for client assertions',
    found: `The list is required beside ${listed(methods)}. Which algorithms are accepted must be tried.`,
  }
}

const unsignedAssertions: MetadataRule = ({ metadata }) =>
  metadata.token_endpoint_auth_signing_alg_values_supported?.includes('none')
    ? {
        ...assertions,
        result: 'fail',
        what: 'Unsigned client assertions are listed',
        found: '“none” must not be among the algorithms: such an assertion proves nothing.',
      }
    : null

const secretCannotSign: MetadataRule = ({ metadata }) => {
  const { token_endpoint_auth_signing_alg_values_supported: algs } = metadata
  if (!algs || algs.some(isSymmetric)) return null
  const method = signingMethods(metadata).find((one) => authMethods[one].by === 'secret')
  if (!method) return null
  return {
    ...assertions,
    result: 'note',
    what: `${method} without an algorithm for it`,
    found: `A secret signs by HS256, HS384 or HS512, and none of them is in ${listed(algs)}. SimpleIdServer wants the assertion encrypted instead, which this page does not do.`,
  }
}

const proofs: MetadataRule = ({ metadata: { dpop_signing_alg_values_supported: algs } }) => {
  if (!algs) return null
  const point = { member: 'dpop_signing_alg_values_supported' }
  const forbidden = algs.filter((alg) => alg === 'none' || isSymmetric(alg))
  if (forbidden.length === 0) {
    const found = `Proofs may be signed by ${listed(algs)}.`
    const what = 'Tokens can be bound to a key (DPoP)'
    return { ...point, result: 'pass', what, found, spec: rfc(9449, '5.1') }
  }
  const found = `${listed(forbidden)}: a proof needs a private key. The others in the list work.`
  const what = 'Algorithms that cannot sign a DPoP proof'
  return { ...point, result: 'fail', what, found, spec: rfc(9449, '4.2') }
}

const isSymmetric = (alg: string): boolean => alg.startsWith('HS')

/** The signature algorithms that the server accepts. @see RFC 9449 section 5.1 */
export const algorithmRules: readonly MetadataRule[] = [
  noAlgorithms,
  unsignedAssertions,
  secretCannotSign,
  proofs,
]
