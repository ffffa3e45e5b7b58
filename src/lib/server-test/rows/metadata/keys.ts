import { decodeBase64url } from '../../../encoding/base64url.ts'
import { asString, type JsonValue, member } from '../../../json/value.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import { documentAttempt } from '../../base/attempts.ts'
import { deviates, type Judgement, ok, type Rows, type Seen, skipped } from '../../base/row.ts'
import { came } from '../../base/sent.ts'
import { keySetOf, keysOf, keysUrl, noKeys } from './documents.ts'

const row = { group: 'metadata', phase: 'first', lacks: noKeys } as const

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'priv', 'k']

/** The key set of the server. */
export const keyRows = {
  'jwks-key': {
    ...row,
    weight: 'must',
    section: rfc(7518, '3.3'),
    title: 'The keys of the server',
    expected: 'public keys alone, RSA with 2048 bits at least',
    means: 'Whoever reads the key set can sign tokens, or will be able to.',
    advice: 'Publish public keys alone, and replace RSA keys under 2048 bits.',
    sends: [documentAttempt('The key set.', keysUrl)],
    judge: (seen) => {
      const set = keySetOf(seen)
      if (!set)
        return deviates(`There is no key set at jwks_uri. ${came(seen.mine.at(-1))}`, {
          section: rfc(8414, '2'),
        })
      return keyFault(keysOf(seen)) ?? ok(`The set has ${keysOf(seen).length} keys.`)
    },
  },
  'jwks-usable': {
    ...row,
    weight: 'should',
    section: rfc(7517, '4.3'),
    title: 'Keys that may verify',
    expected: 'no key_ops without verify',
    means: 'WebCrypto and jose refuse the key, and so tokens that it verifies.',
    advice: 'Leave out key_ops, or put verify into it.',
    judge: usable,
  },
} as const satisfies Rows

function keyFault(keys: readonly JsonValue[]): Judgement | null {
  const secret = keys.find((key) => privateMembers.some((name) => member(key, name) !== undefined))
  if (secret)
    return deviates(`${nameOf(secret)} has members of a private or shared key.`, { section: rfc(7517, '4') })
  const short = keys.find((key) => bitsOf(key) < 2048)
  if (short) return deviates(`${nameOf(short)} has ${bitsOf(short)} bits.`)
  const kids = keys.flatMap((key) => asString(member(key, 'kid')) ?? [])
  const twice = kids.find((kid, at) => kids.indexOf(kid) !== at)
  return twice === undefined
    ? null
    : deviates(`Two keys are called “${quoted(twice)}”.`, { weight: 'should', section: rfc(7517, '4.5') })
}

const nameOf = (key: JsonValue): string => {
  const kid = asString(member(key, 'kid'))
  return kid === undefined ? 'A key without a name' : `The key “${quoted(kid)}”`
}

/** Of an RSA key; of another, more than enough. */
function bitsOf(key: JsonValue): number {
  if (asString(member(key, 'kty')) !== 'RSA') return Infinity
  const { bytes } = decodeBase64url(asString(member(key, 'n')) ?? '')
  const first = bytes?.findIndex((byte) => byte !== 0) ?? -1
  if (!bytes || first < 0) return 0
  return (bytes.length - first - 1) * 8 + (32 - Math.clz32(bytes[first] ?? 0))
}

function usable(seen: Seen): Judgement {
  const set = keySetOf(seen)
  if (!set) return skipped('There is no key set.')
  const unfit = keysOf(seen).find((key) => {
    const ops = member(key, 'key_ops')
    return ops?.kind === 'array' && !ops.items.some((one) => asString(one) === 'verify')
  })
  return unfit
    ? deviates(`${nameOf(unfit)} has key_ops without verify.`, { evidence: set.sent })
    : ok('Each key may verify.', { evidence: set.sent })
}
