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
import { own, ownList, ownPairs, ownText } from './own.ts'
import { variablesOf } from './variables.ts'

/**
 * A collection that Bruno exported as JSON, with its environments, whose secrets it leaves out.
 * @see https://docs.usebruno.com/get-started/import-export-data/export-collections
 */
export const brunoCollection: Kind = {
  kind: 'bruno-collection',
  read({ document }) {
    const isBruno =
      ownText(document, 'version') === '1' &&
      Array.isArray(own(document, 'items')) &&
      (ownText(document, 'exportedUsing').startsWith('Bruno') ||
        isObject(own(document, 'brunoConfig')) ||
        ownText(document, 'name') !== '')
    if (!isBruno) return null
    const root = readFolder(own(document, 'root'), ownText(document, 'name'), ownList(document, 'items'))
    const environments = ownList(document, 'environments').map((one) => ({
      name: ownText(one, 'name'),
      variables: variablesOf(ownList(one, 'variables')),
    }))
    return offer('a Bruno collection', walk(root, readItem), environments)
  },
}

/** An environment that Bruno exported as JSON, or one of an OpenCollection. */
export const brunoEnvironment: Kind = {
  kind: 'bruno-environment',
  read({ document }) {
    const variables = own(document, 'variables')
    const known = new Set([
      'name',
      'variables',
      'color',
      'info',
      'description',
      'externalSecrets',
      'extends',
      'dotEnvFilePath',
      'clientCertificates',
    ])
    const isEnvironment =
      isObject(document) &&
      Array.isArray(variables) &&
      ownText(document, 'name') !== '' &&
      Object.keys(document).every((name) => known.has(name)) &&
      variables.every((row) => ownText(row, 'name') !== '')
    if (!isEnvironment) return null
    return offerEnvironments('an environment of Bruno', [
      { name: ownText(document, 'name'), variables: variablesOf(variables) },
    ])
  },
}

function readItem(item: unknown): Level | null {
  const name = ownText(item, 'name')
  if (Array.isArray(own(item, 'items')) && ownText(item, 'type') === 'folder')
    return readFolder(own(item, 'root'), name, ownList(item, 'items'))
  const request = own(item, 'request')
  if (!isObject(request)) return null
  return { ...readFolder({ request }, name, []), headers: [], request: readRequest(request) }
}

/** What a folder, or the collection, has for all requests in it. */
function readFolder(root: unknown, name: string, children: readonly unknown[]): Level {
  return {
    name,
    auth: readAuth(own(root, 'request', 'auth')),
    variables: variablesOf(ownList(root, 'request', 'vars', 'req')),
    headers: ownPairs(root, 'request', 'headers'),
    request: null,
    children,
    hasScript: ['req', 'res'].some((when) => ownText(root, 'request', 'script', when).trim() !== ''),
  }
}

const readAuth = (auth: unknown): ToolAuth | null =>
  authOf(ownText(auth, 'mode'), {
    oauth2: () => readOAuth2(own(auth, 'oauth2')),
    basic: () => [ownText(auth, 'basic', 'username'), ownText(auth, 'basic', 'password')],
    bearer: () => ownText(auth, 'bearer', 'token'),
  })

/** @see https://docs.usebruno.com/auth/oauth2/client-credentials */
function readOAuth2(oauth2: unknown): ToolOAuth2 {
  const more = ownList(oauth2, 'additionalParameters', 'token')
  const sentIn = (place: string) => ownPairs(more.filter((row) => ownText(row, 'sendIn') === place))
  return {
    grantType: ownText(oauth2, 'grantType'),
    tokenUrl: ownText(oauth2, 'accessTokenUrl'),
    clientId: ownText(oauth2, 'clientId'),
    clientSecret: ownText(oauth2, 'clientSecret'),
    scope: ownText(oauth2, 'scope'),
    audience: [],
    resource: [],
    placement: ownText(oauth2, 'credentialsPlacement') === 'basic_auth_header' ? 'header' : 'body',
    parameters: sentIn('body'),
    headers: sentIn('headers'),
    query: sentIn('queryparams'),
  }
}

function readRequest(request: unknown): ToolRequest {
  const params = ownList(request, 'params')
  return {
    method: ownText(request, 'method') || 'GET',
    // Its query is in the URL already.
    url: ownText(request, 'url'),
    query: [],
    path: ownPairs(params.filter((row) => ownText(row, 'type') === 'path')),
    headers: ownPairs(request, 'headers'),
    body: readBody(own(request, 'body')),
  }
}

function readBody(body: unknown): ToolBody {
  const mode = ownText(body, 'mode')
  switch (mode) {
    case '':
    case 'none':
      return { kind: 'none' }
    case 'formUrlEncoded':
      return { kind: 'form', pairs: ownPairs(body, 'formUrlEncoded'), isMultipart: false }
    case 'multipartForm':
      return { kind: 'form', pairs: ownPairs(body, 'multipartForm'), isMultipart: true }
    case 'json':
    case 'text':
    case 'xml':
      return { kind: 'text', text: ownText(body, mode) }
    default:
      return { kind: 'other' }
  }
}
