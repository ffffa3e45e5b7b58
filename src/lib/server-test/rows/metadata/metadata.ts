import { isLoopback } from '../../../http/http-url.ts'
import { asString, isNothing, type JsonValue, member } from '../../../json/value.ts'
import { rfc } from '../../../spec.ts'
import { list } from '../../../jwt/decode/claim-values.ts'
import { quoted } from '../../../text/quoted.ts'
import { deviates, type Judgement, noted, ok, type Rows, type Seen, skipped } from '../../base/row.ts'
import { issued } from '../../base/sent.ts'
import { documentsOf, type FoundDocument, metadataAttempts, noMetadata } from './documents.ts'
import { workingMethods } from '../token/basic.ts'
import { baselineOf } from '../token/response.ts'

const row = {
  group: 'metadata',
  phase: 'first',
  weight: 'must',
  section: rfc(8414, '2'),
  lacks: noMetadata,
} as const

/** The first document for which there is something to say, or that all is well. */
const each =
  (fault: (document: FoundDocument) => Judgement | string | null, fine: string) =>
  (seen: Seen): Judgement => {
    for (const document of documentsOf(seen)) {
      const found = fault(document)
      if (typeof found === 'string') return deviates(found, { evidence: document.sent })
      if (found) return { evidence: document.sent, ...found }
    }
    return ok(fine, { evidence: documentsOf(seen)[0]?.sent })
  }

const isOpenId = ({ url }: FoundDocument): boolean => url.includes('openid-configuration')

/** What the server says of itself. */
export const metadataRows = {
  'issuer-equal': {
    group: 'metadata',
    phase: 'first',
    weight: 'must',
    section: rfc(8414, '3.3'),
    title: 'The issuer that the metadata name',
    expected: 'the issuer that was asked for, character by character',
    means: 'Clients must not use these metadata: they may be those of somebody else.',
    advice: 'Configure the public URL of the server as its issuer.',
    unless: ({ issuer }) => (issuer === null ? 'No issuer is configured.' : null),
    sends: metadataAttempts,
    judge: (seen) => {
      const [first] = documentsOf(seen)
      if (!first) return skipped('No metadata were found.')
      return each(({ found }) => {
        const named = found.metadata.issuer
        if (named === seen.subject.issuer) return null
        return named === undefined ? 'The metadata name no issuer.' : `The metadata name “${quoted(named)}”.`
      }, 'The metadata name the issuer.')(seen)
    },
  },
  'well-known-path': {
    ...row,
    section: rfc(8414, '3.1'),
    title: 'Where the metadata of an issuer with a path are',
    expected: '/.well-known/oauth-authorization-server before the path',
    means: 'A client that follows RFC 8414 does not find the metadata.',
    advice:
      'Serve the same document with /.well-known/oauth-authorization-server before the path of the issuer.',
    unless: ({ issuer }) =>
      issuer === null || new URL(issuer).pathname === '/' ? 'The issuer has no path.' : null,
    judge: (seen) => {
      const documents = documentsOf(seen)
      const isOauth = documents.filter((document) => !isOpenId(document))
      const isInserted = isOauth.some(({ url }) => new URL(url).pathname.startsWith('/.well-known/'))
      if (isInserted) return ok('The document is before the path.', { evidence: isOauth[0]?.sent })
      const [appended] = isOauth
      return appended
        ? deviates('The document is after the path alone.', { evidence: appended.sent })
        : noted('There is no oauth-authorization-server, and only openid-configuration.')
    },
  },
  'metadata-form': {
    ...row,
    title: 'The form of the metadata',
    expected: 'JSON with what is required, and no empty lists',
    means: 'A strict client refuses the metadata, or asks for what the server does not have.',
    advice: 'Leave out members that have no value, and add those that are required.',
    judge: each(form, 'Nothing is missing and nothing is empty.'),
  },
  'documents-agree': {
    ...row,
    weight: 'should',
    section: rfc(8414, '5'),
    title: 'Two documents that agree',
    expected: 'the same values in both documents',
    means: 'What a client may do depends on which of the two it reads.',
    advice: 'Serve both documents from one source.',
    judge: agree,
  },
  'metadata-https': {
    ...row,
    title: 'Endpoints by https',
    expected: 'https, or the loopback address',
    means: 'Secrets and tokens can be read on the way.',
    advice: 'Serve the endpoints by https. Behind a proxy, tell the server its public URL.',
    judge: each(({ found: { value } }) => {
      const plain = urlsIn(value).find(([, url]) => url.protocol === 'http:' && !isLoopback(url))
      return plain ? `${quoted(plain[0])} is at http.` : null
    }, 'All endpoints are at https, or on this machine.'),
  },
  'metadata-true': {
    ...row,
    phase: 'afterwards',
    weight: 'should',
    title: 'Metadata that say what works',
    expected: 'this grant and the methods that worked',
    means: 'A client that believes the metadata does not try what works.',
    advice: 'List client_credentials and every method; an absent list has a meaning, too.',
    judge: (seen) => each((document) => untrue(document, seen), 'What worked is in the metadata.')(seen),
  },
} as const satisfies Rows

const endpoints = [
  'issuer',
  'token_endpoint',
  'jwks_uri',
  'introspection_endpoint',
  'revocation_endpoint',
  'authorization_endpoint',
  'registration_endpoint',
]

const urlsIn = (value: JsonValue): readonly (readonly [string, URL])[] =>
  endpoints.flatMap((name) => {
    const url = asString(member(value, name)) ?? ''
    return URL.canParse(url) ? [[name, new URL(url)] as const] : []
  })

const listOf = (value: JsonValue, name: string): readonly string[] | null => {
  const found = member(value, name)
  return found?.kind === 'array' ? found.items.flatMap((one) => asString(one) ?? []) : null
}

function form({ found: { value, mediaType } }: FoundDocument): string | Judgement | null {
  if (mediaType !== 'application/json') return `The metadata come as “${quoted(mediaType ?? '')}”.`
  if (asString(member(value, 'token_endpoint')) === undefined) return 'token_endpoint is missing.'
  const members = value.kind === 'object' ? value.members : []
  const empty = members.find(
    (one) => isNothing(one.value) || (one.value.kind === 'array' && one.value.items.length === 0),
  )
  if (empty) return `“${quoted(empty.key)}” has no value.`
  const methods = listOf(value, 'token_endpoint_auth_methods_supported') ?? []
  const algs = listOf(value, 'token_endpoint_auth_signing_alg_values_supported')
  if (methods.some((method) => method.endsWith('_jwt')) && algs === null)
    return 'The algorithms of client assertions are missing.'
  if (algs?.includes('none') === true) return 'none is among the algorithms of client assertions.'
  const proofs = listOf(value, 'dpop_signing_alg_values_supported') ?? []
  if (proofs.some((alg) => alg === 'none' || alg.startsWith('HS')))
    return deviates('An algorithm of DPoP proofs is not one of key pairs.', { section: rfc(9449, '5.1') })
  if (member(value, 'response_types_supported') !== undefined) return null
  return member(value, 'authorization_endpoint') === undefined
    ? noted('response_types_supported is missing, and there is no authorization endpoint.')
    : 'response_types_supported is missing.'
}

function agree(seen: Seen): Judgement {
  const [first, ...others] = documentsOf(seen)
  if (!first || others.length === 0) return skipped('There is one document alone.')
  const members = first.found.value.kind === 'object' ? first.found.value.members : []
  for (const other of others) {
    const differing = members.filter(({ key, value }) => {
      const same = member(other.found.value, key)
      return same !== undefined && sorted(value) !== sorted(same)
    })
    if (differing.length > 0)
      return deviates(`The documents differ in ${list(differing.map(({ key }) => key))}.`, {
        evidence: other.sent,
      })
  }
  return ok('The documents have the same values.', { evidence: first.sent })
}

/** A value as a text that does not depend on the order of a list or of members. */
function sorted(value: JsonValue): string {
  if (value.kind === 'array') return JSON.stringify(value.items.map(sorted).sort())
  if (value.kind === 'object')
    return JSON.stringify(value.members.map((one) => [one.key, sorted(one.value)].join(':')).sort())
  return value.kind === 'string'
    ? JSON.stringify(value.value)
    : value.kind === 'number'
      ? value.source
      : String(value.value)
}

function untrue({ found: { value } }: FoundDocument, seen: Seen): string | Judgement | null {
  if (!issued(baselineOf(seen))) return skipped('Nothing worked.')
  const grants = listOf(value, 'grant_types_supported')
  if (grants === null) return 'grant_types_supported is missing, which means authorization_code and implicit.'
  if (!grants.includes('client_credentials')) return 'client_credentials is not among the grants.'
  const methods = listOf(value, 'token_endpoint_auth_methods_supported') ?? ['client_secret_basic']
  const missing = workingMethods(seen).find((method) => !methods.includes(method))
  if (missing !== undefined) return `${missing} worked, and is not among the methods.`
  const endpoint = asString(member(value, 'token_endpoint'))
  return endpoint === seen.subject.clients.client.token_endpoint
    ? null
    : noted(`token_endpoint is “${quoted(endpoint ?? '')}”, and another one was tried.`)
}
