import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { emptyConfig } from '../../../src/lib/oauth/config/config.ts'
import { exportConnections, importConnections } from '../../../src/lib/saved/saved-connections.ts'
import { savedServer } from '../../../src/lib/saved/saved-server.ts'
import { serversFor } from '../../../src/lib/servers/servers.ts'

interface File {
  readonly format: string
  readonly version: number
  readonly connections: readonly { readonly name: string; readonly server: string; readonly config: object }[]
}

const text = readFileSync(new URL('version-1.json', import.meta.url), 'utf8')
const file = JSON.parse(text) as File
const known = serversFor('http://localhost:9000')

/** The file with something else in it. */
const changed = (change: object): string => JSON.stringify({ ...file, ...change })
const one = (change: object): string =>
  changed({ connections: [{ name: 'Shop', server: 'own', config: { scope: 'read' }, ...change }] })

describe('a file of connections of version 1', () => {
  it('is what it was: people keep theirs', () => {
    expect(createHash('sha256').update(text).digest('hex')).toBe(
      'ce39b6bc52db53a0359dd1cdbfcb69d3856ab180eade6052991b3dd10a3a48d3',
    )
  })

  it('is read as ever, with each member of each configuration', () => {
    const { added, skipped, problem } = importConnections(text, [])
    expect({ skipped, problem }).toEqual({ skipped: [], problem: null })
    expect(added.map(({ name, server, config }) => ({ name, server, config }))).toEqual(file.connections)
  })

  it('is written as it is read', () => {
    expect(JSON.parse(exportConnections(importConnections(text, []).added))).toEqual(file)
  })

  it('has every member that a configuration had then, but the secret', () => {
    const names = Object.keys(file.connections[0]?.config ?? {})
    expect(names).toHaveLength(17)
    expect(Object.keys(emptyConfig)).toEqual(expect.arrayContaining(names))
    expect(names).not.toContain('client_secret')
  })

  it('and a configuration of today comes back from a file with every member, but the secret', () => {
    const { client_secret, ...config } = { ...emptyConfig, client_secret: 'shh' }
    const written = exportConnections([{ id: '1', name: 'All', server: 'own', config }])
    expect(written).not.toContain(client_secret)
    expect(importConnections(written, [])).toMatchObject({ added: [{ config }], skipped: [], problem: null })
  })

  it('is chosen in the picker with the values of its server', () => {
    const [shop] = importConnections(text, []).added
    if (shop === undefined) throw new Error('no connection')
    expect(savedServer(shop, known)).toMatchObject({ name: shop.name, kind: 'keycloak', config: shop.config })
  })
})

describe('a file that is not of today has a clear result', () => {
  it('of a server that no longer exists: it is read as your own, and that is said', () => {
    const { added, skipped, problem } = importConnections(one({ server: 'gone' }), [])
    expect(problem).toBeNull()
    expect(skipped).toEqual([
      'Shop is of a server that this page does not know (gone). It is read as your own server.',
    ])
    expect(added).toMatchObject([{ name: 'Shop', config: { scope: 'read' } }])
    expect(savedServer({ id: '1', name: 'Shop', server: 'gone', config: {} }, known).kind).toBe('own')
  })

  test.each<[what: string, change: object, sentence: string]>([
    [
      'of unknown members',
      { colour: 'red', config: { scope: 'read', pushed: true, 'sc\u202Eope': 1 } },
      'Shop: colour, pushed and sc[U+202E]ope are not read: a secret, unknown, or of another kind.',
    ],
    [
      'with a secret',
      { config: { scope: 'read', client_secret: 'hunter2222' } },
      'Shop: client_secret is not read: a secret, unknown, or of another kind.',
    ],
    [
      'with members of another kind',
      { config: { scope: 'read', clock_skew: '5', token_endpoint_auth_method: 'x' } },
      'Shop: clock_skew and token_endpoint_auth_method are not read: a secret, unknown, or of another kind.',
    ],
    [
      'with more of them than a sentence holds',
      { config: { scope: 'read', ...Object.fromEntries('abcdefghijkl'.split('').map((name) => [name, 1])) } },
      'Shop: a, b, c, d, e, f, g, h, i, j and 2 more are not read: a secret, unknown, or of another kind.',
    ],
  ])('%s: the rest is read, and they are named', (_what, change, sentence) => {
    const { added, skipped, problem } = importConnections(one(change), [])
    expect(problem).toBeNull()
    expect(skipped).toEqual([sentence])
    expect(added).toMatchObject([{ name: 'Shop', config: { scope: 'read' } }])
    expect(JSON.stringify(added)).not.toContain('hunter2222')
  })

  test.each([2, 99, '2', null, [1]])('of version %j: it is refused, and nothing is read', (version) => {
    const { added, problem } = importConnections(changed({ version }), [])
    expect(added).toEqual([])
    expect(problem).toMatch(
      /^These connections are of version .* of the format, and this page reads version 1\.$/,
    )
  })
})
