import { describe, expect, it } from 'vitest'
import { paneAt, panesWith } from './panes.ts'

const six = panesWith(false)

describe('the panes of the projector', () => {
  it('begin with the lesson, if one is open', () => {
    expect(six).toEqual(['connection', 'request', 'response', 'token', 'use-the-token', 'sequence'])
    expect(panesWith(true)).toEqual(['lesson', ...six])
  })

  it('have the test of a server in the place of an exchange, while the page shows it', () => {
    expect(panesWith(false, true)).toEqual(['connection', 'server-test', 'sequence'])
    expect(panesWith(true, true)).toEqual(['lesson', 'connection', 'server-test', 'sequence'])
  })

  it.each([
    ['1', 'token', 'connection'],
    ['6', 'token', 'sequence'],
    ['ArrowRight', 'token', 'use-the-token'],
    ['ArrowLeft', 'token', 'response'],
    ['ArrowLeft', 'connection', null],
    ['ArrowRight', 'sequence', null],
    ['7', 'token', null],
    ['0', 'token', null],
    ['a', 'token', null],
    ['ArrowDown', 'token', null],
    ['__proto__', 'token', null],
  ] as const)('are reached by a key: %s from %s is %s', (key, current, next) => {
    expect(paneAt(key, six, current)).toBe(next)
  })

  it('are one key further with a lesson', () => {
    expect(paneAt('7', panesWith(true), 'lesson')).toBe('sequence')
  })
})
