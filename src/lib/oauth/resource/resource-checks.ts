import { gravestFirst } from '../../check.ts'
import { httpUrl, isPlainHttp } from '../../http/http-url.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { listed, type MetadataCheck, notUrls } from '../discovery/metadata-check.ts'
import { shapeChecks } from '../discovery/shape-rules.ts'
import { type NamedServer, namedServers } from './named-servers.ts'
import type { FoundResource, ResourceMetadata } from './resource-metadata.ts'

type Rule = (found: FoundResource) => MetadataCheck | readonly MetadataCheck[] | null

const point = { member: 'authorization_servers', spec: rfc(9728, '2') } as const

/** What is to be said of the servers that are named, by what the member is. */
const noServers = {
  missing: {
    result: 'warn',
    what: 'No authorization server is named',
    found: 'An API may leave that out, and an MCP server may not.',
  },
  empty: {
    result: 'fail',
    what: 'The list of authorization servers is empty',
    found: 'A list with nothing in it must be left out, and an MCP server must name one.',
  },
  'not-a-list': {
    result: 'fail',
    what: 'authorization_servers must be a list',
    found: 'It is something else instead, and not used here.',
  },
} as const

/** The same, by entry. */
const entryWords = {
  issuer: null,
  document: {
    what: 'authorization_servers has the URL of metadata in it',
    found: 'An issuer identifier belongs there. The issuer is the one that this URL was made of.',
  },
  unusable: {
    what: 'authorization_servers has an entry that is no issuer',
    found: 'An issuer identifier is an http: or https: URL without a query, a fragment or a password.',
  },
} as const satisfies Readonly<Record<NamedServer['kind'], object | null>>

const servers: Rule = ({ value }) => {
  const named = namedServers(value)
  if (named.kind !== 'listed') return { ...point, ...noServers[named.kind] }
  return named.entries.flatMap(({ kind, entry }): MetadataCheck[] => {
    const words = entryWords[kind]
    if (words === null) return []
    const text = entry === '' ? 'an empty entry, or one that is no string' : quoted(entry)
    return [{ ...point, result: 'fail', what: words.what, found: `It has ${text}. ${words.found}` }]
  })
}

const insecure: Rule = ({ value, metadata: { resource } }) => {
  const named = namedServers(value)
  const entries = named.kind === 'listed' ? named.entries : []
  const plain = (text: string): boolean => {
    const url = httpUrl(text)
    return url !== null && isPlainHttp(url)
  }
  return [
    ...entries
      .filter(({ kind, entry }) => kind !== 'unusable' && plain(entry))
      .map(({ entry }): MetadataCheck => ({
        ...point,
        result: 'warn',
        what: 'An authorization server has an http: URL',
        found: `A secret can be read on the way to ${quoted(entry)}.`,
      })),
    ...(resource !== undefined && plain(resource)
      ? [
          {
            result: 'warn',
            member: 'resource',
            what: 'The resource has an http: URL',
            found: 'Tokens can be read on the way, and these metadata can be changed.',
            spec: rfc(9728, '1.2'),
          } as const,
        ]
      : []),
  ]
}

const bearer: Rule = ({ metadata: { bearer_methods_supported: methods } }) => {
  if (!methods || methods.includes('header')) return null
  const found =
    methods.length === 0
      ? 'The empty list says that no Bearer token is accepted. It may accept DPoP.'
      : `It lists ${listed(methods)}. This page sends a token in the Authorization header alone.`
  return {
    result: 'warn',
    member: 'bearer_methods_supported',
    what: 'The API accepts no Bearer token in the header',
    found,
    spec: rfc(9728, '2'),
  }
}

const dpop: Rule = ({ metadata: { dpop_bound_access_tokens_required: required } }) =>
  required === true
    ? {
        result: 'warn',
        member: 'dpop_bound_access_tokens_required',
        what: 'The API accepts only tokens that are bound to a key',
        found: 'A Bearer token is refused there.',
        fix: { text: 'Bind the token to a key (DPoP)', change: { dpop: { on: true } } },
        spec: rfc(9728, '2'),
      }
    : null

const proofs: Rule = ({ metadata: { dpop_signing_alg_values_supported: algs = [] } }) => {
  const forbidden = algs.filter((alg) => alg === 'none' || alg.startsWith('HS'))
  if (forbidden.length === 0) return null
  return {
    result: 'fail',
    member: 'dpop_signing_alg_values_supported',
    what: 'Algorithms that cannot sign a DPoP proof',
    found: `${listed(forbidden)}: a proof needs a private key.`,
    spec: rfc(9449, '4.2'),
  }
}

const certificate: Rule = ({ metadata: { tls_client_certificate_bound_access_tokens: bound } }) =>
  bound === true
    ? {
        result: 'note',
        member: 'tls_client_certificate_bound_access_tokens',
        what: 'Tokens may be bound to a certificate',
        found: 'No page can choose a certificate: the browser asks the user for one, if it has any.',
        spec: rfc(8705, '3.3'),
      }
    : null

const scopes: Rule = ({ metadata: { scopes_supported: supported = [] } }) =>
  supported.length === 0
    ? null
    : {
        result: 'pass',
        member: 'scopes_supported',
        what: supported.length === 1 ? 'One scope is listed' : `${supported.length} scopes are listed`,
        found: 'An API need not list them all, and a client may not be allowed each of them.',
        spec: rfc(9728, '2'),
      }

const urls = [
  'jwks_uri',
  'resource_documentation',
  'resource_policy_uri',
  'resource_tos_uri',
] as const satisfies readonly (keyof ResourceMetadata)[]

const addressesAreUrls: Rule = ({ metadata }) => notUrls(metadata, urls, rfc(9728, '2'))

const signed: Rule = ({ metadata: { signed_metadata } }) =>
  signed_metadata === undefined
    ? null
    : {
        result: 'note',
        member: 'signed_metadata',
        what: 'The metadata are signed, too',
        found:
          'For a client that verifies the signature, what is signed goes before the rest. This page does not.',
        spec: rfc(9728, '2.2'),
      }

const shape: Rule = (found) =>
  shapeChecks(found, {
    members: rfc(9728, '2'),
    response: rfc(9728, '3.2'),
    mayBeEmpty: ['bearer_methods_supported'],
  })

const rules: readonly Rule[] = [
  servers,
  insecure,
  bearer,
  dpop,
  proofs,
  certificate,
  scopes,
  addressesAreUrls,
  signed,
  shape,
]

/**
 * What is to be said of the metadata of a resource, the gravest first; all but whether they are about the right one, see
 * `judgeResource`.
 * @see RFC 9728 sections 2 and 3.2
 */
export function resourceChecks(found: FoundResource): MetadataCheck[] {
  return gravestFirst(rules.flatMap((rule) => rule(found) ?? []))
}
