import { httpUrl, withoutSlash } from '../../http/http-url.ts'
import { emptyApiCall } from '../../oauth/config/api-call.ts'
import { hidesSecret } from '../../text/hides-secret.ts'
import type { Kind, NotUsed, Recognised } from '../kind.ts'
import type { Proposal } from '../proposal.ts'
import { Names } from './names.ts'
import { type Operation, operationsOf, type Scheme, schemesOf, serverOf } from './openapi-schemes.ts'
import { ownText } from './own.ts'

const bounds = { proposals: 50, sentences: 20 }

/**
 * A document that describes an API: its security schemes say where to get a token for it.
 * @see https://spec.openapis.org/oas/v3.1.1.html, https://spec.openapis.org/oas/v2.0.html
 */
export const openApi: Kind = {
  kind: 'openapi',
  read({ document }) {
    const version = ownText(document, 'openapi') || ownText(document, 'swagger')
    const [, number] = /^([23]\.\d{1,2})(?:\.|$)/.exec(version) ?? []
    return number === undefined ? null : readDocument(`an OpenAPI document (${number})`, document)
  },
}

interface Offered {
  readonly proposals: readonly Proposal[]
  readonly sentences: readonly string[]
}

function readDocument(what: string, document: unknown): Recognised | NotUsed {
  const names = new Names([])
  const server = serverOf(document)
  const schemes = schemesOf(document)
  const operations = operationsOf(document)
  const offered = schemes.map((scheme) => offer(scheme, operations.get(scheme.name), server, names))
  const proposals = offered.flatMap((one) => one.proposals)
  // The API itself may say which server it trusts.
  const isAlone = proposals.every(({ kind }) => kind === 'call')
  const [first, ...others] = [
    ...proposals.slice(0, bounds.proposals),
    ...(isAlone && server !== '' ? [{ kind: 'url', text: server, name: 'the API itself' } as const] : []),
  ]
  const sentences = [
    ...(server === '' ? ['It has no absolute URL of a server, so no call is filled in.'] : []),
    ...offered.flatMap((one) => one.sentences),
  ].slice(0, bounds.sentences)
  if (first === undefined)
    return {
      what,
      refusal: ['It has no security scheme with a token endpoint, and no URL of an API.', ...sentences].join(
        ' ',
      ),
    }
  return { what, proposals: [first, ...others], ignored: sentences }
}

function offer(
  { name: written, what }: Scheme,
  operation: Operation | undefined,
  server: string,
  names: Names,
): Offered {
  const name = names.short(written)
  const url = server === '' ? '' : withoutSlash(server) + (operation?.path ?? '')
  const call = url === '' || !URL.canParse(url) ? null : { url, method: 'GET' }
  switch (what.kind) {
    case 'oauth2':
      return ofOAuth2(what, name, call, operation?.scopes ?? [], server)
    case 'openid': {
      const found = absolute(what.url, server)
      return found === null
        ? { proposals: [], sentences: [`“${name}” has no http(s) URL of OpenID Connect metadata.`] }
        : { proposals: [{ kind: 'url', text: found, name }], sentences: [] }
    }
    case 'bearer':
      return {
        proposals:
          call && operation ? [{ kind: 'call', call: { ...emptyApiCall, ...call }, token: null, name }] : [],
        sentences: [`“${name}” is a bearer token, and the document does not say which server issues it.`],
      }
    case 'other':
      return {
        proposals: [],
        sentences: [`“${name}” is ${names.list([what.type || 'of no type'])}, which the page does not use.`],
      }
    default:
      return what satisfies never
  }
}

function ofOAuth2(
  { otherFlow, tokenUrl, scopes, tokenName }: Extract<Scheme['what'], { kind: 'oauth2' }>,
  name: string,
  call: { readonly url: string; readonly method: string } | null,
  needed: readonly string[],
  server: string,
): Offered {
  const endpoint = absolute(tokenUrl, server)
  const asked = needed.length > 0 ? needed : scopes
  const left = scopes.filter((scope) => !asked.includes(scope))
  const names = new Names([])
  return {
    proposals: [
      {
        kind: 'connection',
        config: {
          ...(endpoint !== null && { token_endpoint: endpoint }),
          ...(asked.length > 0 && { scope: asked.join(' ') }),
        },
        isWhole: false,
        key: null,
        call: call && { ...call, presentation: 'bearer' },
        name,
      },
    ],
    sentences: [
      otherFlow === null
        ? ''
        : `“${name}” does not mention client_credentials: its token endpoint is of ${otherFlow}.`,
      endpoint === null ? `“${name}” has no token endpoint that is an http(s) URL.` : '',
      left.length === 0 ? '' : `Scopes that its first call does not need: ${names.list(left)}.`,
      tokenName === '' || tokenName === 'access_token'
        ? ''
        : `“${name}” uses ${names.list([tokenName])} of the response (x-tokenName). The page uses access_token.`,
    ].filter(Boolean),
  }
}

/** A URL as it is, or at the server of the API; `null` if it is not http(s), or may have a secret in it. */
function absolute(url: string, server: string): string | null {
  const base = /^[a-z][a-z\d+.-]*:/i.test(url) || server === '' ? undefined : server
  const found = url !== '' && URL.canParse(url, base) ? httpUrl(new URL(url, base).href) : null
  return found === null || hidesSecret(found.href, '') ? null : found.href
}
