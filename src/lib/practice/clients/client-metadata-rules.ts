import { rfc } from '../../spec.ts'
import type { Rule } from '../base/check-log.ts'
import { practiceClients } from './clients.ts'
import { grantNames } from '../base/server-state.ts'
import type { JsonObject } from '../base/json-object.ts'
import { fail, note, pass } from '../../check.ts'
import type { Judgement } from '../base/verdict.ts'
import { listNames, quote, show } from '../base/wording.ts'

/** The scopes a client may register for. */
export const knownScopes: readonly string[] = [
  ...new Set(practiceClients.flatMap(({ scope }) => scope.split(' '))),
]

/** Members of client metadata that mean something here. */
const understood = [
  'token_endpoint_auth_method',
  'grant_types',
  'scope',
  'dpop_bound_access_tokens',
  'client_name',
  'redirect_uris',
  'jwks',
  'jwks_uri',
]

/** The one rule with an error code of its own. */
export const redirectUris: Rule = {
  what: 'redirect_uris are absolute URIs without a fragment',
  spec: rfc(7591, '2'),
}

/** What the members other than the keys must be, in order. @see RFC 7591 section 2 */
export const metadataRules: readonly Judgement<JsonObject>[] = [
  {
    rule: { what: 'Metadata that is not understood is ignored', spec: rfc(7591, '2') },
    judge: (metadata) => {
      const unknown = Object.keys(metadata).filter((name) => !understood.includes(name))
      return unknown.length > 0 ? note(listNames(unknown)) : null
    },
  },
  {
    rule: redirectUris,
    judge: ({ redirect_uris: uris }) => {
      if (uris === undefined) return null
      if (Array.isArray(uris) && uris.every(isRedirectUri)) return note('Not kept: nothing here redirects')
      return fail(`redirect_uris is ${show(uris)}`)
    },
  },
  {
    rule: { what: 'token_endpoint_auth_method is private_key_jwt', spec: rfc(7591, '2') },
    judge: ({ token_endpoint_auth_method: method }) => {
      if (method === 'private_key_jwt') return pass(method)
      const found =
        method === undefined ? 'There is none, which means client_secret_basic' : `It is ${show(method)}`
      return fail(`${found}; this server registers clients for private_key_jwt`)
    },
  },
  {
    rule: { what: 'grant_types has client_credentials', spec: rfc(7591, '2') },
    judge: ({ grant_types: asked }) => {
      const known: readonly string[] = grantNames
      if (asked === undefined) {
        return note(
          `There is none, which means authorization_code; ${known.join(', ')} is registered instead`,
        )
      }
      if (!Array.isArray(asked) || !known.some((name) => asked.includes(name))) {
        return fail(`grant_types is ${show(asked)}; this server knows ${known.join(', ')}`)
      }
      const kept = `${known.join(', ')} is registered`
      return asked.every((name) => known.includes(name as string))
        ? pass(known.join(', '))
        : note(`Of ${show(asked)}, ${kept}`)
    },
  },
  {
    rule: { what: 'scope is known', spec: rfc(7591, '2') },
    judge: ({ scope }) => {
      if (scope === undefined) return note(`There is none; ${knownScopes.join(' ')} is registered`)
      const known =
        typeof scope === 'string' && scope.split(' ').every((token) => knownScopes.includes(token))
      return known
        ? pass(scope)
        : fail(`scope is ${show(scope)}; this server knows ${knownScopes.join(', ')}`)
    },
  },
  {
    rule: { what: 'dpop_bound_access_tokens is true or false', spec: rfc(9449, '5.2') },
    judge: ({ dpop_bound_access_tokens: bound }) => {
      if (bound === undefined) return null
      return typeof bound === 'boolean' ? pass(String(bound)) : fail(`It is ${show(bound)}`)
    },
  },
  {
    rule: { what: 'client_name is a text', spec: rfc(7591, '2') },
    judge: ({ client_name: name }) => {
      if (name === undefined) return null
      return typeof name === 'string' && name.length <= 200
        ? pass(quote(name))
        : fail(`client_name is ${show(name)}; a text of up to 200 characters is wanted`)
    },
  },
]

function isRedirectUri(uri: unknown): boolean {
  return typeof uri === 'string' && URL.canParse(uri) && !uri.includes('#')
}
