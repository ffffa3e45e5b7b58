import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { cssHash } from './css-hash.ts'

it('is another for each component, and the same wherever the project is', () => {
  const components = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.svelte'),
  )
  const classes = components.map((path) => cssHash({ filename: `src/${path}` }))
  expect(new Set(classes).size).toBe(components.length)
  expect(cssHash({ filename: '/home/src/x/src/ui/Bar.svelte' })).toBe(
    cssHash({ filename: 'src/ui/Bar.svelte' }),
  )
})
