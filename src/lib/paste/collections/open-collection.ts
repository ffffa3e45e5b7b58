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
import { offer } from './offer.ts'
import { own, ownList, ownPairs, ownText } from './own.ts'
import { variablesOf } from './variables.ts'

/**
 * A collection in the open format that Bruno writes as YAML, as one file or as the file of one request or folder.
 * @see https://spec.opencollection.com
 */
export const openCollection: Kind = {
  kind: 'open-collection',
  read({ document }) {
    const isCollection = ownText(document, 'opencollection') !== ''
    const type = ownText(document, 'info', 'type')
    const isFile =
      (type === 'http' && isObject(own(document, 'http'))) ||
      (type === 'folder' && isObject(own(document, 'request')))
    if (!isCollection && !isFile) return null
    return offer(
      isCollection ? 'an OpenCollection' : `a ${type === 'http' ? 'request' : 'folder'} of an OpenCollection`,
      walk(readItem(document), readItem),
      ownList(document, 'config', 'environments').map((one) => ({
        name: ownText(one, 'name'),
        variables: variablesOf(ownList(one, 'variables')),
      })),
    )
  },
}

/** A request, a folder or the collection. What a folder has for all requests in it is in `request`, what a request has in `http`. */
function readItem(item: unknown): Level {
  const http = own(item, 'http')
  const isRequest = isObject(http)
  const scripts = [...ownList(item, 'runtime', 'scripts'), ...ownList(item, 'request', 'scripts')]
  return {
    name: ownText(item, 'info', 'name'),
    auth: readAuth(isRequest ? own(http, 'auth') : own(item, 'request', 'auth')),
    variables: variablesOf([
      ...ownList(item, 'runtime', 'variables'),
      ...ownList(item, 'request', 'variables'),
    ]),
    headers: isRequest ? [] : ownPairs(item, 'request', 'headers'),
    request: isRequest ? readRequest(http) : null,
    children: ownList(item, 'items'),
    hasScript: scripts.some((script) => ownText(script, 'code').trim() !== ''),
  }
}

/** `inherit` is a text, everything else an object. */
const readAuth = (auth: unknown): ToolAuth | null =>
  authOf(ownText(auth, 'type'), {
    oauth2: () => readOAuth2(auth),
    basic: () => [ownText(auth, 'username'), ownText(auth, 'password')],
    bearer: () => ownText(auth, 'token'),
  })

function readOAuth2(auth: unknown): ToolOAuth2 {
  const more = ownList(auth, 'additionalParameters', 'accessTokenRequest')
  const placedIn = (place: string) => ownPairs(more.filter((row) => ownText(row, 'placement') === place))
  return {
    grantType: ownText(auth, 'flow'),
    tokenUrl: ownText(auth, 'accessTokenUrl'),
    clientId: ownText(auth, 'credentials', 'clientId'),
    clientSecret: ownText(auth, 'credentials', 'clientSecret'),
    scope: ownText(auth, 'scope'),
    audience: [],
    resource: [],
    placement: ownText(auth, 'credentials', 'placement') === 'basic_auth_header' ? 'header' : 'body',
    parameters: placedIn('body'),
    headers: placedIn('header'),
    query: placedIn('query'),
  }
}

function readRequest(http: unknown): ToolRequest {
  const params = ownList(http, 'params')
  return {
    method: ownText(http, 'method') || 'GET',
    url: ownText(http, 'url'),
    query: [],
    path: ownPairs(params.filter((row) => ownText(row, 'type') === 'path')),
    headers: ownPairs(http, 'headers'),
    body: readBody(own(http, 'body')),
  }
}

/** A body, or one of several of which one is selected. */
function readBody(body: unknown): ToolBody {
  if (Array.isArray(body)) {
    const variants: readonly unknown[] = body
    const chosen = variants.find((one) => own(one, 'selected') === true) ?? variants[0]
    return Array.isArray(own(chosen, 'body')) ? { kind: 'other' } : readBody(own(chosen, 'body'))
  }
  switch (ownText(body, 'type')) {
    case '':
      return { kind: 'none' }
    case 'form-urlencoded':
      return { kind: 'form', pairs: ownPairs(body, 'data'), isMultipart: false }
    case 'multipart-form':
      return { kind: 'form', pairs: ownPairs(body, 'data'), isMultipart: true }
    case 'json':
    case 'text':
    case 'xml':
      return { kind: 'text', text: ownText(body, 'data') }
    default:
      return { kind: 'other' }
  }
}
