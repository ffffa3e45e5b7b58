import type { Kind } from '../kind.ts'
import { type Block, bruBlocks, rowsIn } from './bru-blocks.ts'
import { authOf, type Level, type ToolAuth, type ToolBody, walk } from './collection.ts'
import { offerEnvironments } from './environment.ts'
import { offer } from './offer.ts'
import type { Pairs } from './own.ts'
import type { Variables } from './variables.ts'

const methods: ReadonlySet<string> = new Set([
  'get',
  'post',
  'put',
  'delete',
  'patch',
  'options',
  'head',
  'connect',
  'trace',
  'http',
])

/** Blocks that are in no other language. */
const telling = /^(?:meta|auth|auth:[\w:-]+|vars|vars:[\w:-]+|body:[\w:-]+|params:\w+)$/

const known =
  /^(?:meta|headers|query|metadata|docs|tests|assert|settings|app|example|grpc|ws|body|script:[\w-]+)$/

/**
 * A file of a Bruno collection: a request, the settings of a folder or of the collection, or an environment.
 * @see https://docs.usebruno.com/bru-lang/overview
 */
export const bru: Kind = {
  kind: 'bru',
  read({ text }) {
    if (!/^(?:[a-z][\w:-]{0,80}[ \t]*[{[]|color:)/.test(text)) return null
    const blocks = bruBlocks(text)
    const names = blocks?.map(({ name }) => name) ?? []
    const isBru =
      names.some((name) => telling.test(name)) &&
      names.every((name) => telling.test(name) || known.test(name) || methods.has(name))
    if (blocks === null || !isBru) return null
    const block = (name: string) => blocks.find((one) => one.name === name)
    const isEnvironment = names.every((name) => /^vars(?::secret|:externalsecrets:.*)?$/.test(name))
    if (isEnvironment)
      return offerEnvironments('an environment of Bruno', [
        { name: '', variables: new Map([...secretNames(block('vars:secret')), ...rowsIn(block('vars'))]) },
      ])
    const level = readLevel(blocks)
    return offer(
      level.request === null ? 'settings of a Bruno collection' : 'a request of Bruno',
      walk(level, () => null),
      [],
    )
  },
}

/** Bruno keeps the values of secrets elsewhere. */
const secretNames = (block: Block | undefined): Pairs =>
  (block?.text ?? '')
    .split(/[\s,]+/, 500)
    .filter((name) => /^[^~@]/.test(name))
    .map((name) => [name, ''] as const)

type Setting = (name: string) => string

/** The rows of a block by their names, of a name that is there twice the last. */
function settingsOf(block: Block | undefined): Setting {
  const rows = new Map(rowsIn(block))
  return (name) => rows.get(name) ?? ''
}

function readLevel(blocks: readonly Block[]): Level {
  const block = (name: string) => blocks.find((one) => one.name === name)
  const rows = (name: string) => rowsIn(block(name))
  const sent = blocks.find(({ name }) => methods.has(name))
  const request = settingsOf(sent)
  const mode = request('auth') || settingsOf(block('auth'))('mode')
  return {
    name: settingsOf(block('meta'))('name'),
    auth: readAuth(mode, block),
    variables: new Map([...rows('vars'), ...rows('vars:pre-request')]) satisfies Variables,
    headers: sent ? [] : rows('headers'),
    request: sent
      ? {
          method: (sent.name === 'http' ? request('method') : sent.name) || 'GET',
          url: request('url'),
          query: [],
          path: rows('params:path'),
          headers: rows('headers'),
          body: readBody(request('body'), block),
        }
      : null,
    children: [],
    hasScript: blocks.some(({ name, text }) => name.startsWith('script:') && text.trim() !== ''),
  }
}

/** @see https://docs.usebruno.com/auth/oauth2/client-credentials */
function readAuth(mode: string, block: (name: string) => Block | undefined): ToolAuth | null {
  const setting = settingsOf(block(`auth:${mode}`))
  const more = (place: string): Pairs =>
    rowsIn(block(`auth:oauth2:additional_params:access_token_req:${place}`))
  return authOf(mode, {
    oauth2: () => ({
      grantType: setting('grant_type'),
      tokenUrl: setting('access_token_url'),
      clientId: setting('client_id'),
      clientSecret: setting('client_secret'),
      scope: setting('scope'),
      audience: [],
      resource: [],
      placement: setting('credentials_placement') === 'basic_auth_header' ? 'header' : 'body',
      parameters: more('body'),
      headers: more('headers'),
      query: more('queryparams'),
    }),
    basic: () => [setting('username'), setting('password')],
    bearer: () => setting('token'),
  })
}

function readBody(mode: string, block: (name: string) => Block | undefined): ToolBody {
  switch (mode) {
    case '':
    case 'none':
      return { kind: 'none' }
    case 'form-urlencoded':
    case 'formUrlEncoded':
      return { kind: 'form', pairs: rowsIn(block('body:form-urlencoded')), isMultipart: false }
    case 'multipart-form':
    case 'multipartForm':
      return { kind: 'form', pairs: rowsIn(block('body:multipart-form')), isMultipart: true }
    case 'json':
    case 'text':
    case 'xml':
      return { kind: 'text', text: (block(`body:${mode}`) ?? block('body'))?.text ?? '' }
    default:
      return { kind: 'other' }
  }
}
