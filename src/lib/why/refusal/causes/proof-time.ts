import type { Fix } from '../../../explanation/explanation.ts'
import { rfc } from '../../../spec.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { numericClaim } from '../facts/sent.ts'
import { lifetimeOf, likely, possible, secondsSince } from './assertion-facts.ts'
import { cause } from '../facts/make.ts'

const isReadable = ({ sent: { proof } }: Facts): boolean => (proof?.claims ?? null) !== null

/** What servers that demand an end accept. Seconds. */
const short = 200

const withEnd: Fix = {
  text: `Put an exp of ${short} s into the proof`,
  change: { dpop: { lifetime: short } },
}

const clock = ({ config: { clock_skew } }: Facts): readonly Fix[] => [
  ...(clock_skew === 0 ? [] : [{ text: 'Clock skew: 0 s', change: { clock_skew: 0 } } as const]),
  'Compare this machine’s clock with the server’s, and set the clock skew to the difference.',
]

/** When a proof was made, and until when it is good: the standard has no end. @see RFC 9449 section 11.1 */
export const proofTime = {
  'proof-exp-missing': cause({
    stage: 'binding',
    title: 'The server demands an exp in the proof',
    meaning:
      'RFC 9449 has no exp in a proof: a server goes by iat. This server looks for an exp, finds none, and calls the proof expired.',
    fixes: [withEnd],
    spec: [rfc(9449, '4.2'), rfc(9449, '11.1')],
    applies: (facts) => isReadable(facts) && numericClaim(facts.sent.proof, 'exp') === undefined,
  }),
  'proof-expired': cause({
    stage: 'binding',
    title: 'The proof has expired',
    meaning:
      'By the server’s clock, exp of the proof is past: it was made too long ago, or a clock is wrong.',
    fixes: (facts) => [
      ...clock(facts),
      'Send the request again: the page makes a new proof every time. An exp of your own has to be ahead.',
    ],
    spec: [rfc(9449, '11.1'), rfc(7519, '4.1.4')],
    applies: ({ sent: { proof } }) => proof !== null,
    sign: ({ sent: { proof }, now }) => {
      const past = secondsSince(proof, 'exp', now)
      return likely(past !== null && past > 0, `The proof expired ${past ?? 0} s before the response.`)
    },
    against: (facts) =>
      isReadable(facts) && numericClaim(facts.sent.proof, 'exp') === undefined
        ? 'The proof has no exp.'
        : null,
  }),
  'proof-lifetime': cause({
    stage: 'binding',
    title: 'The proof is valid for longer than the server allows',
    meaning: ({ sent: { proof }, now }) =>
      numericClaim(proof, 'iat') === undefined
        ? 'The proof has no iat, so that it seems to be valid since ever: the server counts from iat to exp.'
        : `The proof is valid for ${lifetimeOf(proof, now) ?? 0} s, from iat to exp, and the server allows less. An old iat makes it longer.`,
    fixes: (facts) => [
      { text: `Let the proof end after ${short} s`, change: { dpop: { lifetime: short } } },
      ...clock(facts),
      'Send the present time as iat, and an exp that is at most 300 s after it.',
    ],
    spec: [rfc(9449, '11.1')],
    applies: ({ sent: { proof } }) => proof !== null,
    sign: ({ sent: { proof }, now }) => {
      const lifetime = lifetimeOf(proof, now) ?? 0
      return possible(lifetime > 300, `The proof is valid for ${lifetime} s.`)
    },
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
