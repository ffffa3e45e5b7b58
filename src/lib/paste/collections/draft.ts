import { encodeBase64 } from '../../encoding/base64.ts'
import { fromRequest } from '../from-request.ts'
import { requestOf } from '../pasted-request.ts'
import type { PastedCall, PastedConnection } from '../proposal.ts'
import { unknownIn } from '../unknown.ts'
import type { ToolAuth, ToolBody, ToolOAuth2, ToolRequest } from './collection.ts'
import type { Pairs } from './own.ts'
import type { Fill } from './variables.ts'

/** What a part of a collection came to; too little of it may have a value. */
export interface Drafted {
  readonly proposal: PastedConnection | PastedCall | null
  readonly ignored: readonly string[]
}

/** The token request that a tool makes of its settings. @see RFC 6749 section 4.4.2 */
export function draftSettings(oauth2: ToolOAuth2, fill: Fill): Drafted {
  const { grantType, placement, clientId: id, clientSecret: secret, scope } = oauth2
  const parameters: Pairs = [
    ['grant_type', /^(?:client_?credentials)?$/i.test(grantType) ? 'client_credentials' : grantType],
    ...(placement === 'body' ? pair(id, secret) : []),
    ...(scope === '' ? [] : ([['scope', scope]] as const)),
    ...oauth2.audience.map((value) => ['audience', value] as const),
    ...oauth2.resource.map((value) => ['resource', value] as const),
    ...oauth2.parameters,
  ]
  const credentials =
    placement === 'body' ? [] : basic(fill(id), fill(secret), placement === 'header' ? asItIs : formEncoded)
  return draftOf(
    {
      method: 'POST',
      url: oauth2.tokenUrl,
      query: oauth2.query,
      path: [],
      headers: [...oauth2.headers, ...credentials],
      body: { kind: 'form', pairs: parameters, isMultipart: false },
    },
    { kind: 'none' },
    fill,
  )
}

const pair = (id: string, secret: string): Pairs => [
  ['client_id', id],
  ['client_secret', secret],
]

/** A request with all header fields that it inherits: a token request if its parameters say so, else the call of an API. */
export function draftRequest(request: ToolRequest, auth: ToolAuth, fill: Fill): Drafted {
  const drafted = draftOf(request, auth, fill)
  const { proposal } = drafted
  if (proposal?.kind !== 'call') return drafted
  // Settings have no token yet, and a field for a token may be empty.
  const hasNone = proposal.call.presentation === 'none' && (auth.kind === 'oauth2' || auth.kind === 'bearer')
  const isOther = auth.kind === 'other'
  return {
    proposal: hasNone ? { ...proposal, call: { ...proposal.call, presentation: 'bearer' } } : proposal,
    ignored: isOther
      ? [...drafted.ignored, 'Authentication by something else than a token is not filled in.']
      : drafted.ignored,
  }
}

function draftOf(request: ToolRequest, auth: ToolAuth, fill: Fill): Drafted {
  const filled = (pairs: Pairs): Pairs => pairs.map(([name, value]) => [fill(name), fill(value)] as const)
  const written = filled(request.headers)
  const has = (name: string) => written.some(([one]) => one.toLowerCase() === name)
  const headers = [...written, ...(has('authorization') ? [] : authorizationOf(auth, fill))]
  const body = bodyOf(request.body, fill)
  const found = requestOf({
    method: fill(request.method).toUpperCase(),
    url: urlOf(fill(request.url), filled(request.path), filled(request.query)),
    headers: [...headers, ...(has('content-type') ? [] : body.type)],
    body: body.text,
    scheme: 'http',
  })
  const { proposal, ignored } = fromRequest(
    'refusal' in found
      ? {
          method: 'POST',
          url: '',
          headers: headers.filter(([name]) => /^authorization$/i.test(name)),
          body: body.text,
        }
      : found.request,
  )
  return {
    proposal: isUseful(proposal) ? withoutEmpty(proposal) : null,
    ignored: [
      ...('refusal' in found ? refusals(request.url, found.refusal) : found.ignored),
      ...ignored,
      ...body.ignored,
    ],
  }
}

/** A field that was left empty is no mistake. */
const refusals = (url: string, refusal: string): readonly string[] =>
  url.trim() === '' ? [] : [`A URL or a header field is not filled in. ${refusal}`]

/** Exports leave secrets empty: one that the user typed for the same client is not removed by that. */
function withoutEmpty(proposal: PastedConnection | PastedCall): PastedConnection | PastedCall {
  if (proposal.kind === 'call') return proposal
  const { client_id, client_secret, ...others } = proposal.config
  return {
    ...proposal,
    config: { ...others, ...(client_id && { client_id }), ...(client_secret && { client_secret }) },
  }
}

/** Settings without any value help nobody, nor does a call without a URL. */
function isUseful(proposal: PastedConnection | PastedCall): boolean {
  if (proposal.kind === 'call') return proposal.call.url !== ''
  const { token_endpoint, client_id, client_secret } = proposal.config
  return [token_endpoint, client_id, client_secret].some((text) => text !== undefined && text !== '')
}

/** With the values of `:name` in its path, and with its query. */
function urlOf(url: string, path: Pairs, query: Pairs): string {
  const values = new Map(path)
  const whole = url.replace(/\/:([\w-]+)(?=[/?#]|$)/g, (segment, name: string) => {
    const value = values.get(name) ?? ''
    return value === '' || unknownIn(value).length > 0
      ? segment
      : `/${encodeURIComponent(value.replace(/\p{Surrogate}/gu, ''))}`
  })
  const known = query
    .filter(([, value]) => unknownIn(value).length === 0)
    .map(([name, value]) => [name, value])
  const added = new URLSearchParams(known).toString()
  return added === '' ? whole : `${whole}${whole.includes('?') ? '&' : '?'}${added}`
}

/** What a scheme of a tool sends. @see RFC 6750 section 2.1, RFC 7617 section 2 */
function authorizationOf(auth: ToolAuth, fill: Fill): Pairs {
  if (auth.kind === 'bearer')
    return auth.token === '' ? [] : [['Authorization', `Bearer ${fill(auth.token)}`]]
  return auth.kind === 'basic' ? basic(fill(auth.id), fill(auth.secret), asItIs) : []
}

function basic(id: string, secret: string, encode: (text: string) => string): Pairs {
  const joined = new TextEncoder().encode(`${encode(id)}:${encode(secret)}`)
  return [['Authorization', `Basic ${encodeBase64(joined)}`]]
}

const asItIs = (text: string): string => text

const formEncoded = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1)

interface Body {
  readonly text: string | null
  readonly type: Pairs
  readonly ignored: readonly string[]
}

function bodyOf(body: ToolBody, fill: Fill): Body {
  switch (body.kind) {
    case 'none':
      return { text: null, type: [], ignored: [] }
    case 'text':
      return { text: fill(body.text), type: [], ignored: [] }
    case 'other':
      return { text: null, type: [], ignored: ['A body that is no text is not filled in.'] }
    case 'form': {
      const isForToken = body.pairs.some(([name]) => name === 'grant_type')
      if (body.isMultipart && !isForToken)
        return { text: null, type: [], ignored: ['A body in parts (multipart) is not filled in.'] }
      const pairs = body.pairs.map(([name, value]) => [fill(name), fill(value)])
      return {
        text: new URLSearchParams(pairs).toString(),
        type: [['Content-Type', 'application/x-www-form-urlencoded']],
        ignored: body.isMultipart ? ['A token request is in parts (multipart). The page sends a form.'] : [],
      }
    }
    default:
      return body satisfies never
  }
}
