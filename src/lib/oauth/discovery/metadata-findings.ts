import { rfc } from '../../spec.ts'
import { abilityRules } from './ability-findings.ts'
import { algorithmRules } from './algorithm-findings.ts'
import { endpointRules } from './endpoint-findings.ts'
import { httpUrl, isInternalHost, isPlainHttp } from '../../http/http-url.ts'
import { issuerMismatch } from './issuer-mismatch.ts'
import type { MetadataContext, MetadataFinding, MetadataRule } from './metadata-finding.ts'
import type { FoundMetadata } from './metadata-reading.ts'
import { shapeRules } from './shape-findings.ts'

const issuer: MetadataRule = ({ metadata }, context) => {
  const finding = { member: 'issuer', spec: rfc(8414, '2') }
  if (metadata.issuer === undefined) {
    const detail =
      'It is required: without it, nobody can tell whether this is the server that was asked for.'
    return { ...finding, level: 'violation', title: 'No issuer', detail }
  }
  const mismatch = issuerMismatch(metadata, context)
  if (mismatch) return mismatch
  if (context.issuer === null && context.url === null) return null
  const detail = 'The metadata names the issuer it was asked for.'
  return { ...finding, level: 'ok', title: 'The issuer is the right one', detail, spec: rfc(8414, '3.3') }
}

const issuerForm: MetadataRule = ({ metadata: { issuer: found } }) => {
  if (found === undefined) return null
  const finding = { level: 'violation', member: 'issuer', spec: rfc(8414, '2') } as const
  const url = httpUrl(found)
  if (!url) {
    return { ...finding, title: 'The issuer is not a URL', detail: 'An issuer identifier is an https: URL.' }
  }
  if (/[?#]/.test(found)) {
    const detail = 'An issuer identifier has neither.'
    return { ...finding, title: 'The issuer has a query or a fragment', detail }
  }
  if (isInternalHost(url) || !isPlainHttp(url)) return null
  const detail =
    'An issuer identifier is an https: URL; by http:, metadata and keys can be changed on the way.'
  return { ...finding, title: 'The issuer is an http: URL', detail }
}

const rules: readonly MetadataRule[] = [
  issuer,
  issuerForm,
  ...endpointRules,
  ...abilityRules,
  ...algorithmRules,
  ...shapeRules,
]

const weight = { violation: 0, warning: 1, note: 2, ok: 3 } as const

/**
 * What is to be said of a server's metadata, the gravest first; an issuer that is not the one asked for stands among
 * them as `issuerMismatch` tells it.
 * @see RFC 8414 sections 2, 3.2 and 3.3
 */
export function metadataFindings(found: FoundMetadata, context: MetadataContext): MetadataFinding[] {
  return rules
    .flatMap((rule) => rule(found, context) ?? [])
    .sort((one, other) => weight[one.level] - weight[other.level])
}
