import { rfc } from '../../spec.ts'
import { authMethods, isAuthMethod } from '../config/auth-methods.ts'
import { listed, type MetadataRule } from './metadata-check.ts'

const grants: MetadataRule = ({ metadata: { grant_types_supported: supported } }) => {
  const point = { member: 'grant_types_supported', spec: rfc(8414, '2') }
  if (!supported) {
    const what = 'The grants are not listed'
    const found =
      'By the standard that means authorization_code and implicit. Many servers have this grant all the same.'
    return { ...point, result: 'note', what, found }
  }
  if (supported.includes('client_credentials')) {
    const found = 'client_credentials is in the list.'
    return { ...point, result: 'pass', what: 'This grant is offered', found }
  }
  const found = `client_credentials is not in the list: ${listed(supported)}. Expect unsupported_grant_type.`
  return { ...point, result: 'warn', what: 'This grant is not offered', found }
}

const methods: MetadataRule = ({ metadata: { token_endpoint_auth_methods_supported: supported } }) => {
  const point = { member: 'token_endpoint_auth_methods_supported', spec: rfc(8414, '2') }
  if (!supported) {
    return {
      ...point,
      result: 'note',
      what: 'The methods of client authentication are not listed',
      found:
        'By the standard that means client_secret_basic alone. Servers that say nothing often take more.',
      fix: { text: 'Use client_secret_basic', change: { token_endpoint_auth_method: 'client_secret_basic' } },
    }
  }
  const usable = supported.filter(isAuthMethod)
  if (usable.length === 0) {
    const what = 'This page has none of the methods of client authentication'
    return { ...point, result: 'warn', what, found: `The server lists ${listed(supported)}.` }
  }
  if (usable.every((method) => authMethods[method].sends === 'certificate')) {
    const what = 'Clients authenticate by certificate only'
    const found = 'No page can choose a certificate: the browser asks the user for one, if it has any.'
    return { ...point, result: 'warn', what, found, spec: rfc(8705, '2') }
  }
  const found = `By ${listed(usable)}. Which of them a client may use, the server does not say here.`
  return { ...point, result: 'pass', what: 'This page can authenticate', found }
}

const scopes: MetadataRule = ({ metadata: { scopes_supported: supported = [] } }) => {
  if (supported.length === 0) return null
  const what = supported.length === 1 ? 'One scope is listed' : `${supported.length} scopes are listed`
  const found = 'A server need not list them all, and a client may not be allowed each of them.'
  return { result: 'pass', member: 'scopes_supported', what, found, spec: rfc(8414, '2') }
}

/** What the server says it can do, as far as this grant is concerned. */
export const abilityRules: readonly MetadataRule[] = [grants, methods, scopes]
