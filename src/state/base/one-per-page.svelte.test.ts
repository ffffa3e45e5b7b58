import { flushSync } from 'svelte'
import { expect, it } from 'vitest'
import { onePerPage } from './one-per-page.svelte.ts'

it('makes one for each page, which outlives the part of the page that asked first', () => {
  let count = $state(1)
  class Doubled {
    readonly value = $derived(count * 2)
  }
  const doubledOf = onePerPage(() => new Doubled())
  const page = {}
  const leave = $effect.root(() => {
    $effect.pre(() => {
      expect(doubledOf(page).value).toBe(2)
    })
  })
  flushSync()
  leave()
  count = 3
  expect(doubledOf(page).value).toBe(6)
  expect(doubledOf(page)).toBe(doubledOf(page))
  expect(doubledOf({})).not.toBe(doubledOf(page))
})
