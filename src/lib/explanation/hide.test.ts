import { expect, it } from 'vitest'
import { hideInExplanation } from './hide.ts'

it('the quoted words of a server are masked as ours are', () => {
  const hide = (text: string): string => text.replaceAll('hunter2', '•••')
  const explanation = {
    title: 'It is hunter2',
    says: { who: 'server', words: 'Wrong secret hunter2' },
    meaning: '',
    causes: [],
    certainty: 'likely',
    fixes: ['Enter hunter2.'],
    spec: [],
  } as const
  const hidden = hideInExplanation(explanation, hide)
  expect(hidden.says).toEqual({ who: 'server', words: 'Wrong secret •••' })
  expect(JSON.stringify(hidden)).not.toContain('hunter2')
})
