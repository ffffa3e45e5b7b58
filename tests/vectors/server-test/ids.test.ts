import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { table } from '../../../src/lib/server-test/table.ts'

/** Reports of years are compared by them: a row may be added, and none is renamed or changes its group. */
const pinned = JSON.parse(readFileSync(new URL('ids.json', import.meta.url), 'utf8')) as Record<
  string,
  readonly string[]
>

it('the ids of a report stay what they are', () => {
  for (const [group, ids] of Object.entries(pinned))
    for (const id of ids)
      expect([id, (table as Record<string, { group: string }>)[id]?.group]).toEqual([id, group])
})
