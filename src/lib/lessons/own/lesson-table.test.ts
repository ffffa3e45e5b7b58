import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { conditionNames } from '../conditions.ts'
import type { Rows } from './kinds.ts'
import { lessonFor } from './read-lessons.ts'

/** Member, whether it is needed, and what it has to be: the rows of a table of kinds, with those of the objects in it. */
const tableOf = (rows: Rows, place = ''): readonly (readonly string[])[] =>
  Object.entries(rows).flatMap(([name, { is, leftOut, rows: inside }]) => {
    const path = place + name
    const below = `${path}${is.startsWith('a list') ? '[]' : ''}.`
    return [[`\`${path}\``, leftOut ? '' : 'yes', is], ...(inside ? tableOf(inside, below) : [])]
  })

it('README describes each member of a lesson as it is read, and each condition', () => {
  const readme = readFileSync('README.md', 'utf8')
  const [, section = ''] = readme.split('### Write your own lessons\n')
  const [, table = ''] = /\n\| member [^\n]*\n\| -[^\n]*\n((?:\|[^\n]*\n)+)/.exec(section) ?? []
  const written = table
    .trim()
    .split('\n')
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()))
  const read = tableOf(lessonFor([]).rows ?? {})
  expect(written.map((cells) => cells.slice(0, 3))).toEqual(read)
  for (const [member, , , does] of written) expect(does, member).not.toBe('')
  expect(read.map(([member]) => member)).toEqual(
    expect.arrayContaining(conditionNames.map((name) => `\`steps[].exchange.${name}\``)),
  )
})
