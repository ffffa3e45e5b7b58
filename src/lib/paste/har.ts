import { isHar, readHarDocument } from '../har/read-har.ts'
import type { FromFile } from '../har/read-entry.ts'
import { fromMasked } from './from-masked.ts'
import type { Kind } from './kind.ts'
import type { Proposal } from './proposal.ts'

/** More connections of one file are not offered. */
const most = 20

/**
 * Recorded exchanges, to look at, and each token request in them as a connection.
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export const har: Kind = {
  kind: 'har',
  read({ text, document }) {
    if (!isHar(document)) return null
    const read = readHarDocument(document)
    if (!read.ok) return { what: 'a HAR file', refusal: read.why }
    const count = read.entries.length
    const connections = read.entries.flatMap((entry) => (entry.about === 'token' ? connectionOf(entry) : []))
    const distinct = [
      ...new Map(connections.map((one) => [JSON.stringify(one.proposal), one] as const)).values(),
    ].slice(0, most)
    return {
      what: `${count} recorded ${count === 1 ? 'exchange' : 'exchanges'} (HAR), by ${read.by}`,
      proposals: [{ kind: 'exchanges', name: '', text }, ...distinct.map(({ proposal }) => proposal)],
      ignored: [...new Set([...read.ignored, ...distinct.flatMap(({ ignored }) => ignored)])],
    }
  },
}

interface Connection {
  readonly proposal: Proposal
  readonly ignored: readonly string[]
}

function connectionOf({ exchange: { request }, written }: FromFile): readonly Connection[] {
  const { proposal, ignored } = fromMasked(request, written)
  if (proposal.kind !== 'connection') return []
  const { client_id = '' } = proposal.config
  const { host, pathname } = new URL(request.url)
  return [{ proposal: { ...proposal, name: `${host}${pathname}${client_id && `, ${client_id}`}` }, ignored }]
}
