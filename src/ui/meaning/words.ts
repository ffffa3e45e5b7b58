import { jsonLines } from '../../lib/json/lines.ts'
import type { JsonValue } from '../../lib/json/value.ts'
import { quoted } from '../../lib/text/quoted.ts'
import { take } from '../../lib/text/take.ts'
import { endOf } from '../../lib/oauth/operations/explain-introspection.ts'
import type { Introspection } from '../../lib/oauth/operations/introspection.ts'
import type { Revocation } from '../../lib/oauth/operations/revocation.ts'

/** A response in a word or two and in a sentence; the word is never left to the colour. */
interface Words {
  readonly badge: string
  readonly tone: 'ok' | 'warn' | 'bad'
  readonly sentence: string
}

const refused = { badge: '✗ refused', tone: 'warn' } as const
const nonconforming = { badge: '✗ not a response', tone: 'bad' } as const
const unreachable: Words = {
  badge: '✗ nothing readable came back',
  tone: 'bad',
  sentence: 'Whether the server acted on it is not known.',
}

const active = { badge: '✓ active', tone: 'ok', active: true } as const
const inactive = {
  badge: '✗ not active',
  tone: 'warn',
  active: false,
  sentence: 'The server would not accept the token now.',
} as const

/** Both are told: what the server says, and what its own exp says. */
const over = {
  badge: '! active, and over',
  tone: 'warn',
  sentence: 'The server calls the token active, and its exp is over.',
} as const

const isOver = (members: JsonValue | null, now: number): boolean => (endOf(members) ?? Infinity) <= now

/** What an introspection amounts to; `active` if the server reported a token that is good. */
export function introspectionInWords(
  introspection: Introspection,
  now: number,
): Words & { readonly active: boolean } {
  switch (introspection.kind) {
    case 'active':
      return isOver(introspection.members, now)
        ? { ...active, ...over }
        : { ...active, sentence: 'The server knows the token, and it is good now.' }
    case 'inactive':
      return inactive
    case 'jwt':
      if (introspection.active === null)
        return {
          badge: 'a JWT',
          tone: 'warn',
          active: false,
          sentence: 'Whether it is active is not read from it.',
        }
      if (introspection.active && isOver(introspection.members, now)) return { ...active, ...over }
      return introspection.active
        ? {
            ...active,
            sentence: 'The server knows the token, and says so in a JWT that can be kept as evidence.',
          }
        : inactive
    case 'refused':
      return { ...refused, active: false, sentence: 'The server tells nothing of the token.' }
    case 'nonconforming':
      return { ...nonconforming, active: false, sentence: 'It tells nothing of the token.' }
    case 'unreachable':
      return { ...unreachable, active: false, sentence: 'Nothing is known of the token.' }
    default:
      return introspection satisfies never
  }
}

/** What a revocation amounts to. `isDoubtful` if all speaks against an effect of it. */
export function revocationInWords(revocation: Revocation, isDoubtful = false): Words {
  switch (revocation.kind) {
    case 'accepted':
      if (isDoubtful)
        return {
          badge: 'acknowledged, without effect?',
          tone: 'warn',
          sentence: 'The server says the same if it does nothing.',
        }
      return {
        badge: '✓ acknowledged',
        tone: 'ok',
        sentence: 'The server says the same of a token it never knew: try what it says of this one.',
      }
    case 'unavailable':
      return { badge: '✗ not now', tone: 'warn', sentence: 'The token is still good.' }
    case 'refused':
      return { ...refused, sentence: 'The token is as good as before.' }
    case 'nonconforming':
      return { ...nonconforming, sentence: 'Whether the token is still good is not known.' }
    case 'unreachable':
      return unreachable
    default:
      return revocation satisfies never
  }
}

/** Lines of JSON that can be in what is shown: of a list of a million items no more are made. */
const mostLines = 100

/** A claim as JSON on one line, bounded; the whole is in the response as received. */
export function claimText(value: JsonValue): string {
  const { taken, more } = take(jsonLines(value, 0), mostLines)
  const text = taken.map((line) => line.map(({ text: piece }) => piece).join('')).join(' ')
  return quoted(text) + (more ? ' …' : '')
}
