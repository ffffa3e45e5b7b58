import { isObject } from '../../json/own-members.ts'
import type { Kind } from '../kind.ts'
import {
  authOf,
  type Level,
  type ToolAuth,
  type ToolBody,
  type ToolOAuth2,
  type ToolRequest,
  walk,
} from './collection.ts'
import { offerEnvironments } from './environment.ts'
import { offer } from './offer.ts'
import { nameOf, own, ownList, ownPairs, ownText, ownTexts, type Pairs } from './own.ts'
import { variablesOf } from './variables.ts'

const scheme = /^https?:\/\/schema\.(?:getpostman|postman)\.com\/json\/collection\/v(\d{1,2}\.\d{1,2})/

/**
 * A collection that Postman exported, also as its API wraps it. Version 1 is refused: Postman itself upgrades it.
 * @see https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 */
export const postmanCollection: Kind = {
  kind: 'postman-collection',
  read({ document }) {
    const collection = isObject(own(document, 'collection', 'info')) ? own(document, 'collection') : document
    if (isVersion1(collection))
      return {
        what: 'a Postman collection of version 1',
        refusal:
          'It is of a version that Postman no longer writes. Import it into Postman, and export it as Collection v2.1.',
      }
    const [, version] = scheme.exec(ownText(collection, 'info', 'schema')) ?? []
    const isPostman = version !== undefined || ownText(collection, 'info', '_postman_id') !== ''
    if (!isPostman || !Array.isArray(own(collection, 'item'))) return null
    return offer(
      version === undefined ? 'a Postman collection' : `a Postman collection (v${version})`,
      walk({ ...readItem(collection), name: ownText(collection, 'info', 'name') }, readItem),
      [],
    )
  },
}

/** Its folders are lists of IDs, and its requests have their bodies in `data`. */
const isVersion1 = (document: unknown): boolean =>
  Array.isArray(own(document, 'requests')) &&
  Array.isArray(own(document, 'order')) &&
  own(document, 'info') === undefined

/**
 * An environment, or globals, that Postman exported.
 * @see https://learning.postman.com/docs/sending-requests/variables/managing-environments/
 */
export const postmanEnvironment: Kind = {
  kind: 'postman-environment',
  read({ document }) {
    const environment = isObject(own(document, 'environment')) ? own(document, 'environment') : document
    const scope = ownText(environment, '_postman_variable_scope')
    const values = own(environment, 'values')
    const isPostman =
      scope !== '' || ownText(environment, '_postman_exported_using') !== '' || environment !== document
    if (!Array.isArray(values) || !isPostman) return null
    const what = scope === 'globals' ? 'globals of Postman' : 'a Postman environment'
    return offerEnvironments(what, [{ name: ownText(environment, 'name'), variables: variablesOf(values) }])
  },
}

/** A folder, a request, or the collection itself, which has the same members. */
function readItem(item: unknown): Level {
  const request = own(item, 'request')
  return {
    name: ownText(item, 'name'),
    auth: readAuth(own(request, 'auth')) ?? readAuth(own(item, 'auth')),
    variables: variablesOf(ownList(item, 'variable')),
    headers: [],
    request: isObject(request) || typeof request === 'string' ? readRequest(request) : null,
    children: ownList(item, 'item'),
    hasScript: ownList(item, 'event').some((event) => hasText(own(event, 'script', 'exec'))),
  }
}

const hasText = (exec: unknown): boolean => ownTexts(exec).some((line) => line.trim() !== '')

/** The settings of a scheme: in v2.1 a list of keys and values, in v2.0 an object. */
function readAuth(auth: unknown): ToolAuth | null {
  const type = ownText(auth, 'type')
  const settings = own(auth, type)
  const rows = Array.isArray(settings)
    ? new Map(settings.slice(0, 100).map((row) => [nameOf(row), own(row, 'value')]))
    : null
  const setting = (name: string): unknown => (rows ? rows.get(name) : own(settings, name))
  return authOf(type, {
    oauth2: () => readOAuth2(setting),
    basic: () => [ownText(setting('username')), ownText(setting('password'))],
    bearer: () => ownText(setting('token')),
  })
}

/** @see https://learning.postman.com/docs/sending-requests/authorization/oauth-20/ */
function readOAuth2(setting: (name: string) => unknown): ToolOAuth2 {
  const more = ownList(setting('tokenRequestParams'))
  const sentAs = (...places: readonly string[]) =>
    ownPairs(more.filter((row) => places.includes(ownText(row, 'send_as'))))
  return {
    grantType: ownText(setting('grant_type')),
    tokenUrl: ownText(setting('accessTokenUrl')),
    clientId: ownText(setting('clientId')),
    clientSecret: ownText(setting('clientSecret')),
    scope: ownText(setting('scope')),
    audience: ownTexts(setting('audience')),
    resource: ownTexts(setting('resource')),
    placement: ownText(setting('client_authentication')) === 'body' ? 'body' : 'header',
    parameters: sentAs('request_body', ''),
    headers: sentAs('request_header'),
    query: sentAs('request_url'),
  }
}

/** A request may be its URL alone. */
function readRequest(request: unknown): ToolRequest {
  const url = typeof request === 'string' ? request : own(request, 'url')
  return {
    method: ownText(request, 'method') || 'GET',
    ...readUrl(url),
    path: ownPairs(url, 'variable'),
    headers: readHeaders(own(request, 'header')),
    body: own(request, 'body', 'disabled') === true ? { kind: 'none' } : readBody(own(request, 'body')),
  }
}

/** `raw` is the URL as it was typed; a collection that a program made may have its parts alone. */
function readUrl(url: unknown): Pick<ToolRequest, 'url' | 'query'> {
  const raw = ownText(url) || ownText(url, 'raw')
  const host = ownTexts(url, 'host').join('.')
  if (raw !== '' || host === '') return { url: raw, query: [] }
  const [protocol, port] = [ownText(url, 'protocol'), ownText(url, 'port')]
  const origin = `${protocol === '' ? '' : `${protocol}://`}${host}${port === '' ? '' : `:${port}`}`
  return { url: `${origin}/${ownTexts(url, 'path').join('/')}`, query: ownPairs(url, 'query') }
}

/** A list, or lines as they are on the wire. */
function readHeaders(header: unknown): Pairs {
  if (typeof header !== 'string') return ownPairs(header)
  return header.split(/\r?\n/, 200).flatMap((line) => {
    const [, name, value] = /^([^:\s]+):(.*)$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [[name, value.trim()] as const]
  })
}

function readBody(body: unknown): ToolBody {
  switch (ownText(body, 'mode')) {
    case 'raw':
      return ownText(body, 'raw') === '' ? { kind: 'none' } : { kind: 'text', text: ownText(body, 'raw') }
    case 'urlencoded':
      return { kind: 'form', pairs: ownPairs(body, 'urlencoded'), isMultipart: false }
    case 'formdata':
      return { kind: 'form', pairs: ownPairs(body, 'formdata'), isMultipart: true }
    case '':
      return { kind: 'none' }
    default:
      return { kind: 'other' }
  }
}
