import { invisibleNames, tellNames } from '../../text/invisible-names.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import type { MetadataCheck, MetadataRule } from './metadata-check.ts'

const mediaType: MetadataRule = ({ mediaType: type }) => {
  if (type === null || type === 'application/json') return null
  const found = `The response came as ${quoted(type || 'nothing at all')}: strict clients refuse it.`
  const what = 'Metadata comes as application/json'
  return { result: 'fail', member: 'Content-Type', what, found, spec: rfc(8414, '3.2') }
}

const misshapen: MetadataRule = ({ misshapen: wrong }) =>
  wrong.map(({ name, wanted, found: kind }): MetadataCheck => {
    const found = `It is ${kind} instead, and not used here.`
    return {
      result: 'fail',
      member: name,
      what: `${name} must be ${wanted}`,
      found,
      spec: rfc(8414, '2'),
    }
  })

/** A page of checks is no use to anybody; the table marks every one. */
const most = 5

const repeated: MetadataRule = ({ value }) => {
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

const hidden: MetadataRule = ({ value }) =>
  invisibleNames(value)
    .slice(0, most)
    .map((name): MetadataCheck => ({
      result: 'warn',
      member: name,
      what: `${quoted(name)} is another name than it looks`,
      found: `${tellNames([name])} Clients compare names character by character, and see another than you do.`,
      spec: rfc(8259, '8.3'),
    }))

const empty: MetadataRule = ({ metadata }) =>
  Object.entries(metadata).flatMap(([name, value]): MetadataCheck[] => {
    if (!Array.isArray(value) || value.length > 0) return []
    const found = 'A list with nothing in it must be left out: the standard then has a default for some.'
    return [{ result: 'fail', member: name, what: `${name} is empty`, found, spec: rfc(8414, '3.2') }]
  })

/** How the document is made. */
export const shapeRules: readonly MetadataRule[] = [mediaType, misshapen, repeated, hidden, empty]
