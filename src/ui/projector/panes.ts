/** The panes that are shown one at a time, by the id of their section, in the order of the keys. */
export const panes = {
  lesson: 'Lesson',
  connection: 'Connection',
  request: 'Request',
  response: 'Response',
  token: 'Token',
  'use-the-token': 'Use the token',
  sequence: 'Sequence',
} as const

export type Pane = keyof typeof panes

/** The panes in their order; that of a lesson only while one is open. */
export const panesWith = (lesson: boolean): readonly Pane[] =>
  (Object.keys(panes) as Pane[]).filter((pane) => pane !== 'lesson' || lesson)

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }

/**
 * The pane that a key leads to: a digit to the one of that number, an arrow to the one next to it.
 * @returns `null` for any other key, and beyond the first and the last
 */
export function paneAt(key: string, shown: readonly Pane[], current: Pane): Pane | null {
  const index = /^[1-9]$/.test(key) ? Number(key) - 1 : shown.indexOf(current) + (steps[key] ?? Infinity)
  return shown[index] ?? null
}
