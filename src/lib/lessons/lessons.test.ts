import { describe, expect, it } from 'vitest'
import { parseStored } from '../saved/stored-config.ts'
import { serversFor } from '../servers/servers.ts'
import { sections } from '../spec-sections.ts'
import { practiceClients } from '../practice/clients/clients.ts'
import type { Lesson } from './lesson.ts'
import { lessons } from './built-in/lessons.ts'

const named: readonly string[] = Object.entries(sections).flatMap(([rfc, of]) =>
  of.map((section) => `RFC ${rfc} ${section}`),
)
const servers = serversFor('http://localhost:9000')
const clients = practiceClients.map(({ client_id }) => client_id)

const sentencesIn = (text: string): readonly string[] => text.split(/(?<=[.?!]) /)

/** All that is shown of a lesson, with the most characters that a sentence of it may have. */
const shown = (lesson: Lesson): readonly (readonly [text: string, most: number])[] => [
  [lesson.title, 60],
  [lesson.goal, 160],
  ...[...lesson.text, ...lesson.hints, lesson.closing].map((text) => [text, 220] as const),
  ...lesson.steps.map(({ what }) => [what, 80] as const),
  ...(lesson.prediction
    ? [
        [lesson.prediction.question, 160] as const,
        [lesson.prediction.because, 220] as const,
        ...lesson.prediction.choices.map((choice) => [choice, 80] as const),
      ]
    : []),
]

it('lessons are sixteen, each by an id of its own that a link can have', () => {
  const ids = lessons.map(({ id }) => id)
  expect(ids).toEqual([
    'first-token',
    'read-the-token',
    'wrong-secret',
    'scope-granted',
    'header-or-body',
    'encoded-secret',
    'call-the-api',
    'expiry',
    'tamper',
    'audience',
    'private-key-jwt',
    'stolen-token',
    'opaque-token',
    'key-rotation',
    'simpleidserver',
    'helseid',
  ])
  for (const id of ids) expect(id).toMatch(/^[a-z][a-z\d-]*$/)
})

it('the right choice is in every place now and then', () => {
  const places = new Set(lessons.map(({ prediction }) => prediction?.right))
  expect([...places].sort()).toEqual([0, 1, 2])
})

describe.each(lessons.map((lesson) => [lesson.id, lesson] as const))('%s', (_id, lesson) => {
  it('is plain data', () => {
    expect(JSON.parse(JSON.stringify(lesson))).toEqual(lesson)
  })

  it('has 2 or 3 sentences of text, 1 to 5 steps, 2 or 3 hints, a prediction and sections', () => {
    expect([2, 3]).toContain(lesson.text.length)
    expect([1, 2, 3, 4, 5]).toContain(lesson.steps.length)
    expect([2, 3]).toContain(lesson.hints.length)
    expect(lesson.prediction?.choices).toHaveLength(3)
    expect(new Set(lesson.prediction?.choices).size).toBe(3)
    expect(lesson.sections.length).toBeGreaterThan(0)
  })

  it('predicts one of the choices, which one of its steps shows', () => {
    const { right = 0, step = 0, choices = [] } = lesson.prediction ?? {}
    expect(choices[right]).toBeDefined()
    expect(lesson.steps[step]).toBeDefined()
  })

  it('says it in short sentences without markup', () => {
    for (const [text, most] of shown(lesson)) {
      expect(text.trim(), text).toBe(text)
      expect(text).not.toMatch(/[<>&`*#|\\[\]{}]/)
      for (const sentence of sentencesIn(text)) expect(sentence.length, sentence).toBeLessThanOrEqual(most)
    }
    expect(lesson.goal).toMatch(/^[A-Z].*\.$/)
    expect(lesson.prediction?.question).toMatch(/\?$/)
    for (const { what } of lesson.steps) expect(what).toMatch(/^(The|You|Introspection) .*[^.]$/)
  })

  it('rests on sections that the page can link to', () => {
    for (const section of lesson.sections) expect(named).toContain(section)
  })

  it('begins with a server and a client that there are, and with what can be stored', () => {
    const { start } = lesson
    expect(servers.map(({ id }) => id)).toContain(start.server)
    if (start.client !== null) expect(clients).toContain(start.client)
    expect(parseStored(start.config)).toEqual(start.config)
  })
})
