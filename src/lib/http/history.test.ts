import { describe, expect, it } from 'vitest'
import { emptyHistory, remember, type History } from './history.ts'
import type { Exchange } from './message.ts'

const entry = (id: number, size = 0): { exchange: Exchange } => ({
  exchange: {
    id,
    purpose: 'Token request',
    request: { method: 'POST', url: 'https://as.example/token', headers: [], body: '' },
    startedAt: 0,
    duration: 0,
    serverView: null,
    outcome: {
      kind: 'response',
      response: { status: 200, statusText: '', headers: [], body: new Uint8Array(size) },
    },
  },
})
const fill = (sizes: number[]): History<{ exchange: Exchange }> =>
  sizes.reduce<History<{ exchange: Exchange }>>(
    (history, size, id) => remember(history, entry(id, size)),
    emptyHistory,
  )

describe('remember', () => {
  it('puts the newest first', () => {
    expect(fill([0, 0, 0]).entries.map(({ exchange }) => exchange.id)).toEqual([2, 1, 0])
  })

  it('holds a thousand and says how many it let go', () => {
    const history = fill(new Array<number>(1003).fill(0))
    expect(history.entries).toHaveLength(1000)
    expect(history.dropped).toBe(3)
  })

  it('lets the oldest go past 64 MiB, but never the newest', () => {
    const mebibyte = 1024 * 1024
    expect(fill([30 * mebibyte, 30 * mebibyte, 30 * mebibyte])).toMatchObject({ dropped: 1 })
    expect(fill([1, 80 * mebibyte]).entries).toHaveLength(1)
  })
})
