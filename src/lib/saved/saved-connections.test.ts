import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultSettings } from './settings.ts'
import { connectionName, parseConnections, type SavedConnection } from './saved-connection.ts'
import {
  editConnections,
  exportConnections,
  importConnections,
  removeConnection,
  renameConnection,
  restoreConnection,
  saveConnection,
} from './saved-connections.ts'

const shop = { name: 'Shop', server: 'keycloak', config: { scope: 'read' } }
const bank = { name: 'Bank', server: 'own', config: { token_endpoint: 'https://bank.example/token' } }
const two: readonly SavedConnection[] = [
  { id: '1', ...shop },
  { id: '2', ...bank },
]
const anyId: unknown = expect.stringMatching(/^\w{3,}$/)
const idless = (list: readonly SavedConnection[]) => list.map((one) => ({ ...one, id: anyId }))
const hundred = Array.from({ length: 100 }, (_, index) => ({
  ...shop,
  id: `${index + 1}`,
  name: `N${index}`,
}))

describe('connectionName', () => {
  it.each([
    ['  Shop \n staging ', 'Shop staging'],
    [' \t ', ''],
    ['x'.repeat(100), 'x'.repeat(80)],
    [`${'x'.repeat(79)}😀`, 'x'.repeat(79)],
  ])('of %j', (text, name) => {
    expect(connectionName(text)).toBe(name)
  })
})

describe('saveConnection', () => {
  it('puts a new one at the end, under a name without spaces around it', () => {
    expect(saveConnection([], { ...shop, name: ' Shop ' })).toEqual([{ id: anyId, ...shop }])
    expect(saveConnection(saveConnection([], shop), bank)).toEqual(idless(two))
  })

  it('puts one of the same name in its place', () => {
    const changed = { ...shop, server: 'own', config: {} }
    expect(saveConnection(two, changed)).toEqual([{ id: anyId, ...changed }, two[1]])
  })

  it('gives an id that no other has or had', () => {
    const replaced = saveConnection(two, { ...shop, config: {} })
    const again = saveConnection(removeConnection(replaced, replaced[0]?.id ?? ''), shop)
    const ids = [...two, ...replaced.slice(0, 1), ...again.slice(-1)].map(({ id }) => id)
    expect(new Set(ids).size).toBe(4)
  })

  it('changes nothing without a name, or if a hundred are kept', () => {
    expect(saveConnection(two, { ...shop, name: ' ' })).toBe(two)
    expect(saveConnection(hundred, shop)).toBe(hundred)
    expect(saveConnection(hundred, { ...shop, name: 'N3', config: {} })[3]).toMatchObject({
      name: 'N3',
      config: {},
    })
  })
})

describe('renameConnection', () => {
  it('gives another name, and none that is in use or empty', () => {
    expect(renameConnection(two, '2', ' Savings ').map(({ name }) => name)).toEqual(['Shop', 'Savings'])
    expect(renameConnection(two, '2', 'Shop')).toBe(two)
    expect(renameConnection(two, '2', '  ')).toBe(two)
    expect(renameConnection(two, '2', 'Bank')).toEqual(two)
  })
})

describe('removeConnection', () => {
  it('leaves the others', () => {
    expect(removeConnection(two, '1')).toEqual([two[1]])
    expect(removeConnection(two, '3')).toEqual(two)
  })
})

describe('restoreConnection', () => {
  it('puts it back at its place, and leaves what came meanwhile', () => {
    const [shopOne, bankOne] = two as [SavedConnection, SavedConnection]
    const meanwhile = saveConnection([bankOne], { ...shop, name: 'Mill' })
    expect(restoreConnection(meanwhile, shopOne, 0).map(({ name }) => name)).toEqual(['Shop', 'Bank', 'Mill'])
  })

  it('changes nothing if another has its name by now, or a hundred are kept', () => {
    const [shopOne] = two as [SavedConnection]
    const named = saveConnection([], shop)
    expect(restoreConnection(named, shopOne, 0)).toBe(named)
    expect(restoreConnection(hundred, { id: 'x', ...shop }, 0)).toBe(hundred)
  })
})

describe('editConnections', () => {
  it('forgets what was typed for one that is gone, and for no other', () => {
    const configs = { own: { scope: 'a' }, 'saved-1': { scope: 'b' }, 'saved-2': { scope: 'c' } }
    const { own, 'saved-2': second } = configs
    const settings = { ...defaultSettings, configs, connections: two }
    expect(editConnections(settings, (list) => removeConnection(list, '1'))).toEqual({
      connections: [two[1]],
      configs: { own, 'saved-2': second },
    })
  })
})

describe('exportConnections and importConnections', () => {
  it('brings them to another browser', () => {
    expect(importConnections(exportConnections(two), [])).toEqual({
      added: idless(two),
      skipped: [],
      problem: null,
    })
  })

  it('skips names that are in use, in the list or in the file', () => {
    const file = exportConnections([...two, ...two])
    const { added, skipped, problem } = importConnections(file, [{ id: '7', ...shop }])
    expect(added).toEqual([{ id: anyId, ...bank }])
    expect(skipped).toEqual([
      'There is already one named Shop.',
      'There is already one named Shop.',
      'There is already one named Bank.',
    ])
    expect(problem).toBeNull()
  })

  it('keeps a hundred, and says what did not fit', () => {
    const { added, skipped } = importConnections(exportConnections(two), hundred.slice(1))
    expect(added).toEqual([{ id: anyId, ...shop }])
    expect(skipped).toEqual(['Bank is one too many: at most 100 are kept.'])
  })

  it.each([
    ['nonsense', /^This cannot be read\. Not JSON/],
    ['', /^This cannot be read/],
    ['[]', 'This is JSON, and not connections that this page exported.'],
    ['{"format":"something else","version":1,"connections":[]}', /not connections that this page exported/],
    ['{"format":"client-credentials-playground/connections","version":1}', /not connections/],
    [
      '{"format":"client-credentials-playground/connections","version":2,"connections":[]}',
      'These connections are of version 2 of the format, and this page reads version 1.',
    ],
    ['x'.repeat(2_000_001), 'This is too large: at most 2000000 characters are read.'],
  ])('has a problem with %.60j', (text, sentence) => {
    const { added, skipped, problem } = importConnections(text, two)
    expect(problem).toMatch(sentence)
    expect({ added, skipped }).toEqual({ added: [], skipped: [] })
  })

  it('reads from a forged file no secret, no foreign member and no more than it reads', () => {
    const forged = {
      name: 'Forged',
      server: 'own',
      id: '1',
      config: {
        client_secret: 'shh',
        token_endpoint_auth_method: 'constructor',
        clock_skew: 1e9,
        scope: 'read',
        headers: [{ name: 'X-Api-Key', value: 'shh', on: true }],
      },
    }
    const nameless = [{ server: 'own' }, { name: ' ', server: 'own' }, null, 'x']
    const file = { ...JSON.parse(exportConnections([])), connections: [forged, ...nameless] } as object
    const { added, skipped } = importConnections(JSON.stringify(file), two)
    expect(added).toEqual([
      {
        id: anyId,
        name: 'Forged',
        server: 'own',
        config: { scope: 'read', headers: [{ name: 'X-Api-Key', value: '', on: true }] },
      },
    ])
    expect(skipped).toEqual([
      'Forged: id, client_secret, token_endpoint_auth_method and clock_skew are not read: a secret, unknown, or of another kind.',
      ...[2, 3, 4, 5].map((number) => `Number ${number} has no name or no server.`),
    ])

    const endless = { ...file, connections: Array<null>(300).fill(null) }
    const { skipped: all } = importConnections(JSON.stringify(endless), [])
    expect(all).toHaveLength(201)
    expect(all.at(-1)).toBe('Of 300 connections only the first 200 were read.')
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(importConnections(text, two).added).toEqual([])
      }),
    )
  })
})

describe('parseConnections', () => {
  it('gives back what was stored', () => {
    expect(parseConnections(JSON.parse(JSON.stringify(two)))).toEqual(two)
  })

  it.each([
    ['no list', {}, []],
    ['other kinds', [1, null, [], 'x', { id: 1, name: 'a', server: 'own' }], []],
    ['a name that is not one', [{ ...two[0], name: ' Shop' }], []],
    ['the same name twice', [...two, { ...two[0], id: '3' }], two],
    ['the same id twice', [...two, { ...two[0], name: 'Third' }], two],
    ['a forged configuration', [{ ...two[0], config: { scope: 3, x: 1 } }], [{ ...two[0], config: {} }]],
  ])('drops %s', (_what, value, kept) => {
    expect(parseConnections(value)).toEqual(kept)
  })

  it('keeps a hundred', () => {
    expect(parseConnections([...hundred, ...two.map((one) => ({ ...one, id: `x${one.id}` }))])).toEqual(
      hundred,
    )
  })
})
