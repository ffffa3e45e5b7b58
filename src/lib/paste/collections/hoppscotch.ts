import { isObject } from '../../json/own-members.ts'
import type { Kind } from '../kind.ts'
import { authOf, type Level, type ToolAuth, type ToolBody, type ToolOAuth2, walk } from './collection.ts'
import { offerEnvironments } from './environment.ts'
import { offer } from './offer.ts'
import { own, ownList, ownPairs, ownText, type Pairs } from './own.ts'
import { noVariables, variablesOf } from './variables.ts'

/**
 * A collection that Hoppscotch exported, or a list of them.
 * @see https://docs.hoppscotch.io/documentation/features/collections
 */
export const hoppscotchCollection: Kind = {
  kind: 'hoppscotch-collection',
  read({ document }) {
    const all: readonly unknown[] = Array.isArray(document) ? document : [document]
    if (!isCollection(all[0])) return null
    return offer(
      'a Hoppscotch collection',
      walk(all.length === 1 ? readItem(all[0]) : { ...readItem(null), children: all }, readItem),
      [],
    )
  },
}

const isCollection = (document: unknown): boolean =>
  /^\d+$/.test(ownText(document, 'v')) &&
  Array.isArray(own(document, 'folders')) &&
  Array.isArray(own(document, 'requests'))

/**
 * Environments that Hoppscotch exported, whose secrets it leaves out.
 * @see https://docs.hoppscotch.io/documentation/features/environments
 */
export const hoppscotchEnvironment: Kind = {
  kind: 'hoppscotch-environment',
  read({ document }) {
    const all: readonly unknown[] = Array.isArray(document) ? document : [document]
    const [first] = all
    const isOne =
      /^\d+$/.test(ownText(first, 'v')) &&
      Array.isArray(own(first, 'variables')) &&
      own(first, 'requests') === undefined
    if (!isOne) return null
    return offerEnvironments(
      'an environment of Hoppscotch',
      all.map((one) => ({ name: ownText(one, 'name'), variables: variablesOf(ownList(one, 'variables')) })),
    )
  },
}

/** A folder is a collection itself; a request has an endpoint. */
function readItem(item: unknown): Level {
  const endpoint = ownText(item, 'endpoint')
  const isRequest = endpoint !== ''
  const scripts = [ownText(item, 'preRequestScript'), ownText(item, 'testScript')]
  return {
    name: ownText(item, 'name'),
    auth: readAuth(own(item, 'auth')),
    variables: isRequest ? noVariables : variablesOf(ownList(item, 'variables')),
    headers: isRequest ? [] : ownPairs(item, 'headers'),
    request: isRequest
      ? {
          method: ownText(item, 'method') || 'GET',
          url: endpoint,
          query: ownPairs(item, 'params'),
          path: [],
          headers: ownPairs(item, 'headers'),
          body: readBody(own(item, 'body')),
        }
      : null,
    children: [...ownList(item, 'folders'), ...ownList(item, 'requests')],
    hasScript: scripts.some((script) => script.trim() !== ''),
  }
}

function readAuth(auth: unknown): ToolAuth | null {
  if (!isObject(auth)) return null
  if (own(auth, 'authActive') === false) return { kind: 'none' }
  return authOf(ownText(auth, 'authType'), {
    oauth2: () => readOAuth2(own(auth, 'grantTypeInfo')),
    basic: () => [ownText(auth, 'username'), ownText(auth, 'password')],
    bearer: () => ownText(auth, 'token'),
  })
}

/** @see https://docs.hoppscotch.io/documentation/features/authorization */
function readOAuth2(grant: unknown): ToolOAuth2 {
  const more = ownList(grant, 'tokenRequestParams')
  const sentIn = (place: string): Pairs => ownPairs(more.filter((row) => ownText(row, 'sendIn') === place))
  const isCode = ownText(grant, 'grantType') === 'AUTHORIZATION_CODE'
  return {
    grantType: ownText(grant, 'grantType').toLowerCase(),
    // Grants without an authorization endpoint have the token endpoint in its place.
    tokenUrl: ownText(grant, 'tokenEndpoint') || (isCode ? '' : ownText(grant, 'authEndpoint')),
    clientId: ownText(grant, 'clientID'),
    clientSecret: ownText(grant, 'clientSecret'),
    scope: ownText(grant, 'scopes'),
    audience: [],
    resource: [],
    placement: ownText(grant, 'clientAuthentication') === 'AS_BASIC_AUTH_HEADERS' ? 'encoded header' : 'body',
    parameters: sentIn('body'),
    headers: sentIn('headers'),
    query: sentIn('url'),
  }
}

function readBody(body: unknown): ToolBody {
  const [type, text] = [ownText(body, 'contentType'), ownText(body, 'body')]
  if (type === 'multipart/form-data')
    return { kind: 'form', pairs: ownPairs(body, 'body'), isMultipart: true }
  if (type === 'application/x-www-form-urlencoded')
    return { kind: 'form', pairs: linesOf(text), isMultipart: false }
  return text === '' ? { kind: 'none' } : { kind: 'text', text }
}

/** A form is written in lines, `name: value`; one that begins with # is switched off. */
const linesOf = (text: string): Pairs =>
  text.split('\n', 200).flatMap((line) => {
    const [, name, value] = /^\s*([^#\s:][^:]*?)\s*:(.*)$/.exec(line.slice(0, 20_000)) ?? []
    return name === undefined || value === undefined ? [] : [[name, value.trim()] as const]
  })
