import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import type { MetadataFinding, MetadataRule } from './metadata-finding.ts'

const mediaType: MetadataRule = ({ mediaType: type }) => {
  if (type === null || type === 'application/json') return null
  const detail = `The answer came as ${quoted(type || 'nothing at all')}: strict clients refuse it.`
  const title = 'Metadata comes as application/json'
  return { level: 'violation', member: 'Content-Type', title, detail, spec: rfc(8414, '3.2') }
}

const misshapen: MetadataRule = ({ misshapen: wrong }) =>
  wrong.map(({ name, wanted, found }): MetadataFinding => {
    const detail = `It is ${found} instead, and not used here.`
    return {
      level: 'violation',
      member: name,
      title: `${name} must be ${wanted}`,
      detail,
      spec: rfc(8414, '2'),
    }
  })

/** A page of findings is no use to anybody; the table marks every one. */
const most = 5

const repeated: MetadataRule = ({ value }) => {
  const members = value.kind === 'object' ? value.members.filter(({ duplicate }) => duplicate) : []
  const detail = 'Which of the values a client takes is open; most take the last, and so does this page.'
  return [...new Set(members.map(({ key }) => key))].slice(0, most).map((name): MetadataFinding => ({
    level: 'violation',
    member: name,
    title: `${quoted(name)} stands there more than once`,
    detail,
    spec: rfc(8259, '4'),
  }))
}

const empty: MetadataRule = ({ metadata }) =>
  Object.entries(metadata).flatMap(([name, value]): MetadataFinding[] => {
    if (!Array.isArray(value) || value.length > 0) return []
    const detail = 'A list with nothing in it must be left out: the standard then has a default for some.'
    return [{ level: 'violation', member: name, title: `${name} is empty`, detail, spec: rfc(8414, '3.2') }]
  })

/** How the document is made. */
export const shapeRules: readonly MetadataRule[] = [mediaType, misshapen, repeated, empty]
