import { invisibleNames, tellNames } from '../../text/invisible-names.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc, type SpecLink } from '../../spec.ts'
import type { MetadataCheck, MetadataRule } from './metadata-check.ts'
import type { FoundMetadata } from './metadata-reading.ts'

/** A document of metadata: how it came, and what is in it. */
export type ShapedDocument = Pick<FoundMetadata, 'mediaType' | 'misshapen' | 'value'> & {
  readonly metadata: Readonly<Record<string, unknown>>
}

/** The sections about the members, and about the response. */
export interface ShapeSections {
  readonly members: SpecLink
  readonly response: SpecLink
  /** Lists that say something by having nothing in them. */
  readonly mayBeEmpty?: readonly string[]
}

type ShapeRule = (
  found: ShapedDocument,
  sections: ShapeSections,
) => MetadataCheck | readonly MetadataCheck[] | null

const mediaType: ShapeRule = ({ mediaType: type }, { response }) => {
  if (type === null || type === 'application/json') return null
  const found = `The response came as ${quoted(type || 'nothing at all')}: strict clients refuse it.`
  const what = 'Metadata comes as application/json'
  return { result: 'fail', member: 'Content-Type', what, found, spec: response }
}

const misshapen: ShapeRule = ({ misshapen: wrong }, { members }) =>
  wrong.map(({ name, wanted, found: kind }): MetadataCheck => {
    const found = `It is ${kind} instead, and not used here.`
    return { result: 'fail', member: name, what: `${name} must be ${wanted}`, found, spec: members }
  })

/** A page of checks is no use to anybody; the table marks every one. */
const most = 5

const repeated: ShapeRule = ({ value }) => {
  const members = value.kind === 'object' ? value.members.filter(({ duplicate }) => duplicate) : []
  const found = 'Which of the values a client uses is open; most use the last, and so does this page.'
  return [...new Set(members.map(({ key }) => key))].slice(0, most).map((name): MetadataCheck => ({
    result: 'fail',
    member: name,
    what: `${quoted(name)} appears there more than once`,
    found,
    spec: rfc(8259, '4'),
  }))
}

const hidden: ShapeRule = ({ value }) =>
  invisibleNames(value)
    .slice(0, most)
    .map((name): MetadataCheck => ({
      result: 'warn',
      member: name,
      what: `${quoted(name)} is another name than it looks`,
      found: `${tellNames([name])} Clients compare names character by character, and see another than you do.`,
      spec: rfc(8259, '8.3'),
    }))

const empty: ShapeRule = ({ metadata }, { response, mayBeEmpty = [] }) =>
  Object.entries(metadata).flatMap(([name, value]): MetadataCheck[] => {
    if (!Array.isArray(value) || value.length > 0 || mayBeEmpty.includes(name)) return []
    const found = 'A list with nothing in it must be left out: the standard then has a default for some.'
    return [{ result: 'fail', member: name, what: `${name} is empty`, found, spec: response }]
  })

/** How a document of metadata is made: of a server, or of a resource. */
export function shapeChecks(found: ShapedDocument, sections: ShapeSections): readonly MetadataCheck[] {
  return [mediaType, misshapen, repeated, hidden, empty].flatMap((rule) => rule(found, sections) ?? [])
}

/** How the metadata of a server is made. @see RFC 8414 sections 2 and 3.2 */
export const shapeRules: readonly MetadataRule[] = [
  (found) => shapeChecks(found, { members: rfc(8414, '2'), response: rfc(8414, '3.2') }),
]
