/** The panes that are shown one at a time, by the id of their section, in the order of the keys. */
export const panes = {
  lesson: 'Lesson',
  connection: 'Connection',
  'server-test': 'Server test',
  request: 'Request',
  response: 'Response',
  token: 'Token',
  'use-the-token': 'Use the token',
  sequence: 'Sequence',
} as const

export type Pane = keyof typeof panes

/** What is in the place of an exchange and its token while a server is tested, and is not there otherwise. */
const exchange: readonly Pane[] = ['request', 'response', 'token', 'use-the-token']

/** The panes in their order; that of a lesson only while one is open, and that of a test while the page shows it. */
export const panesWith = (lesson: boolean, testing = false): readonly Pane[] =>
  (Object.keys(panes) as Pane[]).filter((pane) => {
    if (pane === 'lesson') return lesson
    if (pane === 'server-test') return testing
    return !testing || !exchange.includes(pane)
  })

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }

/**
 * The pane that a key leads to: a digit to the one of that number, an arrow to the one next to it.
 * @returns `null` for any other key, and beyond the first and the last
 */
export function paneAt(key: string, shown: readonly Pane[], current: Pane): Pane | null {
  const index = /^[1-9]$/.test(key) ? Number(key) - 1 : shown.indexOf(current) + (steps[key] ?? Infinity)
  return shown[index] ?? null
}
