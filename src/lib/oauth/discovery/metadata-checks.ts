import { gravestFirst } from '../../check.ts'
import { rfc } from '../../spec.ts'
import { abilityRules } from './ability-rules.ts'
import { algorithmRules } from './algorithm-rules.ts'
import { endpointRules } from './endpoint-rules.ts'
import { httpUrl, isInternalHost, isPlainHttp } from '../../http/http-url.ts'
import { issuerMismatch } from './issuer-mismatch.ts'
import type { MetadataCheck, MetadataContext, MetadataRule } from './metadata-check.ts'
import type { FoundMetadata } from './metadata-reading.ts'
import { shapeRules } from './shape-rules.ts'

const issuer: MetadataRule = ({ metadata }, context) => {
  const point = { member: 'issuer', spec: rfc(8414, '2') }
  if (metadata.issuer === undefined) {
    const found = 'It is required: without it, nobody can tell whether this is the server that was asked for.'
    return { ...point, result: 'fail', what: 'No issuer', found }
  }
  const mismatch = issuerMismatch(metadata, context)
  if (mismatch) return mismatch
  if (context.issuer === null && context.url === null) return null
  const found = 'The metadata names the issuer it was asked for.'
  return { ...point, result: 'pass', what: 'The issuer is the right one', found, spec: rfc(8414, '3.3') }
}

const issuerForm: MetadataRule = ({ metadata: { issuer: named } }) => {
  if (named === undefined) return null
  const point = { result: 'fail', member: 'issuer', spec: rfc(8414, '2') } as const
  const url = httpUrl(named)
  if (!url) {
    return { ...point, what: 'The issuer is not a URL', found: 'An issuer identifier is an https: URL.' }
  }
  if (/[?#]/.test(named)) {
    const found = 'An issuer identifier has neither.'
    return { ...point, what: 'The issuer has a query or a fragment', found }
  }
  if (isInternalHost(url) || !isPlainHttp(url)) return null
  const found =
    'An issuer identifier is an https: URL; by http:, metadata and keys can be changed on the way.'
  return { ...point, what: 'The issuer is an http: URL', found }
}

const rules: readonly MetadataRule[] = [
  issuer,
  issuerForm,
  ...endpointRules,
  ...abilityRules,
  ...algorithmRules,
  ...shapeRules,
]

/**
 * What is to be said of a server's metadata, the gravest first; an issuer that is not the one asked for is among
 * them as `issuerMismatch` describes it.
 * @see RFC 8414 sections 2, 3.2 and 3.3
 */
export function metadataChecks(found: FoundMetadata, context: MetadataContext): MetadataCheck[] {
  return gravestFirst(rules.flatMap((rule) => rule(found, context) ?? []))
}
