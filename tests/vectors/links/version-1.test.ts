import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { serversFor } from '../../../src/lib/servers/servers.ts'
import { linkOf } from '../../../src/lib/share/link-of.ts'
import { readLink } from '../../../src/lib/share/read-link.ts'

interface Vector {
  readonly link: string
  readonly lesson: string | null
  readonly server: string | null
  readonly config: object
}

const bytes = readFileSync(new URL('version-1.json', import.meta.url))
const vectors = JSON.parse(bytes.toString()) as Vector[]
const known = serversFor('http://localhost:9000')

describe('a link of version 1', () => {
  it('is what it was: they are on slides and in mails', () => {
    const hash = createHash('sha256').update(bytes).digest('hex')
    expect(hash).toBe('561d1cae41f18a9d60276dbdeb7a6673da8992fc4c33d1c24b65eaae14da3f82')
  })

  it.each(vectors)('is read as ever: $link', ({ link, lesson, server, config }) => {
    const read = readLink(link, known)
    if (read.kind !== 'link') throw new Error(JSON.stringify(read))
    expect(read.lesson).toBe(lesson)
    expect(read.connection?.server.id ?? null).toBe(server)
    expect(read.connection?.config ?? {}).toMatchObject(config)
  })

  it.each(vectors)('is written as it is read: $link', ({ link }) => {
    const read = readLink(link, known)
    if (read.kind !== 'link') throw new Error(JSON.stringify(read))
    expect(readLink(written(linkOf(read)), known)).toEqual(read)
  })
})

function written(link: ReturnType<typeof linkOf>): string {
  if (link.kind !== 'link') throw new Error(link.kind)
  return link.fragment
}
