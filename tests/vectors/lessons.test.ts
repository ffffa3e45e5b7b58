import { expect, it } from 'vitest'
import { headerValue } from '../../src/lib/http/message.ts'
import { lessons } from '../../src/lib/lessons/built-in/lessons.ts'
import { progressOf } from '../../src/lib/lessons/progress.ts'
import type { LessonEntry } from '../../src/lib/lessons/seen.ts'
import { readToken } from '../../src/lib/oauth/response/read-response.ts'
import type { Captured } from './expectation.ts'
import { relay } from './expected/causes-token.ts'
import { asSeenByPage, capturedAt, configOf } from './seen-by-page.ts'

/** A captured exchange as the page would have it through the relay, as these servers have no CORS for a page of this origin. */
function entryAt(id: number, about: string, file: Captured, line: number): LessonEntry {
  const captured = capturedAt(file, line)
  const { request } = captured
  const [, presented] = /^DPoP (\S+)$/.exec(headerValue(request.headers, 'authorization') ?? '') ?? []
  const outcome = asSeenByPage(captured, relay)
  return {
    about,
    replayOf: null,
    config: configOf(request),
    ...(presented === undefined ? {} : { facts: readToken(presented) }),
    exchange: { id, purpose: about, request, outcome, serverView: null, startedAt: 0, duration: 1 },
  }
}

function stepsOf(id: string, entries: readonly LessonEntry[], found: readonly number[]) {
  const lesson = lessons.find((one) => one.id === id)
  return progressOf({ steps: lesson?.steps ?? [] }, { entries, since: 0, found }).steps
}

it('what SimpleIdServer itself sent does the tutorial: the header refused, the form accepted', () => {
  const entries = [
    entryAt(1, 'token', 'simpleidserver', 31),
    entryAt(2, 'token', 'simpleidserver', 2),
    // Of another token, so that it does not count.
    entryAt(3, 'introspection', 'simpleidserver', 137),
  ]
  expect(stepsOf('simpleidserver', entries, [2])).toEqual([1, 2, 'found', null])
})

it('what the client of HelseID got, and the Sample API itself sent for that token, does the sample', () => {
  const entries = [
    entryAt(1, 'token', 'helseid-client-against-an-imitation', 4),
    entryAt(2, 'token', 'helseid-client-against-an-imitation', 5),
    entryAt(3, 'api', 'helseid-sample-api', 4),
    entryAt(4, 'api', 'helseid-sample-api', 2),
    entryAt(5, 'api', 'helseid-sample-api', 12),
    entryAt(6, 'api', 'helseid-sample-api', 11),
  ]
  expect(stepsOf('helseid', entries, [2])).toEqual([1, 2, 'found', 4, 6])
})

it('neither asks for anything of a server in the page', () => {
  for (const id of ['simpleidserver', 'helseid'])
    expect(JSON.stringify(lessons.find((one) => one.id === id)?.steps), id).not.toMatch(/practice|\.example/)
})
