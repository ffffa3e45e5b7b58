import type { Kind, NotUsed, Recognised } from '../kind.ts'
import { authOf, type Level, type ToolAuth, type ToolBody, type ToolRequest, walk } from './collection.ts'
import { offerEnvironments } from './environment.ts'
import { type Environment, offer } from './offer.ts'
import { own, ownList, ownPairs, ownText, ownTexts } from './own.ts'
import { type Variables, variablesIn } from './variables.ts'

/**
 * What Insomnia exports: from version 11 on a tree in YAML, before that a list of resources. Also the design document and the
 * environment of version 11, which have the same members.
 * @see https://developer.konghq.com/insomnia/import-export/
 */
export const insomnia: Kind = {
  kind: 'insomnia',
  read({ document }) {
    const type = ownText(document, 'type')
    if (/^(?:collection|spec|environment)\.insomnia\.rest\/5\.\d+$/.test(type)) return readTree(document)
    if (/\.insomnia(?:\.rest)?\/\d/.test(type))
      return {
        what: 'a file of Insomnia',
        refusal: `It has no requests that the page can read. Export a collection.`,
      }
    if (ownText(document, '_type') !== 'export' || !Array.isArray(own(document, 'resources'))) return null
    const version = ownText(document, '__export_format')
    return version === '4' || version === '3'
      ? readResources(ownList(document, 'resources'))
      : {
          what: 'an export of Insomnia',
          refusal:
            'It is of a version that the page cannot read. Import it into Insomnia, and export it again.',
        }
  },
}

function readTree(document: unknown): Recognised | NotUsed {
  const base = variablesIn(own(document, 'environments', 'data'))
  const environments = ownList(document, 'environments', 'subEnvironments').map((one) => ({
    name: ownText(one, 'name'),
    variables: variablesIn(own(one, 'data')),
  }))
  const items = ownList(document, 'collection')
  if (items.length === 0)
    return readEnvironments(base, environments, ownText(document, 'environments', 'name'))
  const root = rootOf(ownText(document, 'name'), base, items)
  return offer('an Insomnia collection', walk(root, readItem), environments)
}

/** A folder has children or an environment, a request has a URL. */
function readItem(item: unknown): Level {
  const scripts = [ownText(item, 'scripts', 'preRequest'), ownText(item, 'scripts', 'afterResponse')]
  return readLevel(item, ownList(item, 'children'), scripts, own(item, 'children') === undefined)
}

/** Resources name their parents, which may be absent, or their own children. */
function readResources(resources: readonly unknown[]): Recognised | NotUsed {
  const byParent = new Map<string, unknown[]>()
  const byType = (type: string) => resources.filter((one) => ownText(one, '_type') === type)
  const folders = new Set(byType('request_group').map((one) => ownText(one, '_id')))
  const items = resources.filter((one) => /^request(?:_group)?$/.test(ownText(one, '_type')))
  for (const item of items) {
    const parent = ownText(item, 'parentId')
    const key = folders.has(parent) ? parent : ''
    const siblings = byParent.get(key)
    if (siblings) siblings.push(item)
    else byParent.set(key, [item])
  }
  const environments = byType('environment')
  const workspaces = new Set(byType('workspace').map((one) => ownText(one, '_id')))
  const isBase = (one: unknown) => workspaces.has(ownText(one, 'parentId')) || ownText(one, 'parentId') === ''
  const base = new Map(environments.filter(isBase).flatMap((one) => [...variablesIn(own(one, 'data'))]))
  const others = environments
    .filter((one) => !isBase(one))
    .map((one) => ({ name: ownText(one, 'name'), variables: variablesIn(own(one, 'data')) }))
  if (items.length === 0) return readEnvironments(base, others, '')
  const read = (item: unknown): Level => {
    const isRequest = ownText(item, '_type') === 'request'
    const children = isRequest ? [] : (byParent.get(ownText(item, '_id')) ?? [])
    return readLevel(
      item,
      children,
      [ownText(item, 'preRequestScript'), ownText(item, 'afterResponseScript')],
      isRequest,
    )
  }
  const root = rootOf(ownText(byType('workspace')[0], 'name'), base, byParent.get('') ?? [])
  return offer('an Insomnia collection', walk(root, read), others)
}

/** The base environment alone, or each of those that add to it. */
function readEnvironments(
  base: Variables,
  others: readonly Environment[],
  name: string,
): Recognised | NotUsed {
  return offerEnvironments(
    'an environment of Insomnia',
    others.length > 0 ? others : [{ name, variables: base }],
    base,
  )
}

const rootOf = (name: string, variables: Variables, children: readonly unknown[]): Level => ({
  name,
  auth: null,
  variables,
  headers: [],
  request: null,
  children,
  hasScript: false,
})

function readLevel(
  item: unknown,
  children: readonly unknown[],
  scripts: readonly string[],
  isRequest: boolean,
): Level {
  return {
    name: ownText(item, 'name'),
    auth: readAuth(own(item, 'authentication')),
    variables: variablesIn(own(item, 'environment')),
    headers: isRequest ? [] : ownPairs(item, 'headers'),
    request: isRequest ? readRequest(item) : null,
    children,
    hasScript: scripts.some((script) => script.trim() !== ''),
  }
}

/** @see https://developer.konghq.com/insomnia/request-authentication/ */
function readAuth(auth: unknown): ToolAuth | null {
  const setting = (name: string): string => ownText(auth, name)
  if (own(auth, 'disabled') === true) return { kind: 'none' }
  return authOf(setting('type'), {
    oauth2: () => ({
      grantType: setting('grantType'),
      tokenUrl: setting('accessTokenUrl'),
      clientId: setting('clientId'),
      clientSecret: setting('clientSecret'),
      scope: setting('scope'),
      audience: ownTexts(auth, 'audience'),
      resource: ownTexts(auth, 'resource'),
      placement: setting('credentialsInBody') === 'true' ? 'body' : 'header',
      parameters: [],
      headers: [],
      query: [],
    }),
    basic: () => [setting('username'), setting('password')],
    bearer: () => setting('token'),
  })
}

function readRequest(item: unknown): ToolRequest {
  return {
    method: ownText(item, 'method') || 'GET',
    url: ownText(item, 'url'),
    query: ownPairs(item, 'parameters'),
    path: ownPairs(item, 'pathParameters'),
    headers: ownPairs(item, 'headers'),
    body: readBody(own(item, 'body')),
  }
}

function readBody(body: unknown): ToolBody {
  const [type, text] = [ownText(body, 'mimeType'), ownText(body, 'text')]
  const isMultipart = type.startsWith('multipart/')
  if (isMultipart || type === 'application/x-www-form-urlencoded')
    return text === '' || isMultipart
      ? { kind: 'form', pairs: ownPairs(body, 'params'), isMultipart }
      : { kind: 'text', text }
  if (ownText(body, 'fileName') !== '') return { kind: 'other' }
  return text === '' ? { kind: 'none' } : { kind: 'text', text }
}
