import { rfc } from '../../spec.ts'
import { authMethods, isAuthMethod } from '../config/auth-methods.ts'
import { listed, type MetadataRule } from './metadata-finding.ts'

const grants: MetadataRule = ({ metadata: { grant_types_supported: supported } }) => {
  const finding = { member: 'grant_types_supported', spec: rfc(8414, '2') }
  if (!supported) {
    const title = 'The grants are not listed'
    const detail =
      'By the standard that means authorization_code and implicit. Many servers have this grant all the same.'
    return { ...finding, level: 'note', title, detail }
  }
  if (supported.includes('client_credentials')) {
    const detail = 'client_credentials is in the list.'
    return { ...finding, level: 'ok', title: 'This grant is offered', detail }
  }
  const detail = `client_credentials is not in the list: ${listed(supported)}. Expect unsupported_grant_type.`
  return { ...finding, level: 'warning', title: 'This grant is not offered', detail }
}

const methods: MetadataRule = ({ metadata: { token_endpoint_auth_methods_supported: supported } }) => {
  const finding = { member: 'token_endpoint_auth_methods_supported', spec: rfc(8414, '2') }
  if (!supported) {
    return {
      ...finding,
      level: 'note',
      title: 'The methods of client authentication are not listed',
      detail:
        'By the standard that means client_secret_basic alone. Servers that say nothing often take more.',
      fix: { text: 'Use client_secret_basic', change: { token_endpoint_auth_method: 'client_secret_basic' } },
    }
  }
  const usable = supported.filter(isAuthMethod)
  if (usable.length === 0) {
    const title = 'This page has none of the methods of client authentication'
    return { ...finding, level: 'warning', title, detail: `The server lists ${listed(supported)}.` }
  }
  if (usable.every((method) => authMethods[method].sends === 'certificate')) {
    const title = 'Clients authenticate by certificate only'
    const detail = 'No page can choose a certificate: the browser asks the person for one, if it has any.'
    return { ...finding, level: 'warning', title, detail, spec: rfc(8705, '2') }
  }
  const detail = `By ${listed(usable)}. Which of them a client may use, the server does not say here.`
  return { ...finding, level: 'ok', title: 'This page can authenticate', detail }
}

const scopes: MetadataRule = ({ metadata: { scopes_supported: supported = [] } }) => {
  if (supported.length === 0) return null
  const title = supported.length === 1 ? 'One scope is listed' : `${supported.length} scopes are listed`
  const detail = 'A server need not list them all, and a client may not be allowed each of them.'
  return { level: 'ok', member: 'scopes_supported', title, detail, spec: rfc(8414, '2') }
}

/** What the server says it can do, as far as this grant is concerned. */
export const abilityRules: readonly MetadataRule[] = [grants, methods, scopes]
