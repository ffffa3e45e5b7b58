import { hasWebCrypto } from '../../keys/web-crypto.ts'
import { rfc } from '../../spec.ts'
import { quoted } from '../../text/quoted.ts'
import { chooseByCertificate, keysOfCertificate } from './by-certificate.ts'
import { type Choice, chooseKeys, confusion, listKeys, nameOf } from './choose-keys.ts'
import { type KeySource, readKeys, type VerificationKey } from './key-source.ts'
import type { Jws } from './readable-jws.ts'
import { saysNoOperation } from './key-fit.ts'
import type { SignatureAlg } from './signature-alg.ts'
import { type Stage, type Step, stepNames } from './step.ts'
import { type Candidate, tryKeys } from './try-keys.ts'
import { decodeBase64url } from '../../encoding/base64url.ts'

/** Whether there is anything to verify with, and what. @see RFC 7517 section 5 */
export function readSource(source: KeySource): Stage<null> {
  const common = { what: stepNames.keys, spec: rfc(7517, '5') } as const
  const none = (found: string): Stage<null> => ({
    ok: false,
    verdict: 'unchecked',
    step: { ...common, result: 'fail', found, remedy: 'paste' },
  })
  if (!hasWebCrypto()) {
    return none(
      'Browsers verify signatures on pages of https or localhost, or opened as a file; this is none.',
    )
  }
  switch (source.kind) {
    case 'unreadable':
      return none(source.message)
    case 'secret':
      if (source.secret === '') return none('The secret is empty.')
      return {
        ok: true,
        step: { ...common, result: 'pass', found: 'A shared secret.', spec: rfc(7518, '3.2') },
        value: null,
      }
    case 'set': {
      const { keys, notes } = source
      const count = keys.length === 1 ? 'One key' : `${keys.length} keys`
      const found = [`${count}${keys.length === 0 ? '' : `: ${listKeys(keys)}`}.`, ...notes].join(' ')
      return { ok: true, step: { ...common, result: notes.length > 0 ? 'warn' : 'pass', found }, value: null }
    }
    default:
      return source satisfies never
  }
}

const candidateOf = (key: VerificationKey): Candidate => ({ name: nameOf(key), key: key.jwk })

const common = { what: stepNames.choice, spec: rfc(7515, 'D') } as const

/** The keys that may have made the signature, by what the token and the keys say. Never rejects. */
export async function findCandidates(
  jws: Jws,
  alg: SignatureAlg,
  source: KeySource,
): Promise<Stage<readonly Candidate[]>> {
  if (source.kind !== 'set') return fromSecret(alg, source.kind === 'secret' ? source.secret : '')
  const choice = await chooseFor(jws, alg, source.keys)
  if (choice.ok) {
    const { sure, found, keys } = choice
    const value = keys.map(candidateOf)
    if (!keys.some(saysNoOperation))
      return { ok: true, step: { ...common, result: sure ? 'pass' : 'warn', found }, value }
    return {
      ok: true,
      step: { ...common, result: 'warn', found: `${found} ${noOperation}`, spec: rfc(7517, '4.3') },
      value,
    }
  }
  const hint = await underAnotherName(jws, alg, choice.otherwise, choice.remedy)
  return refuse(choice.found + hint, choice.remedy)
}

/** By kid, else by certificate. A kid that no key has is no reason to give up if a certificate is named besides. */
async function chooseFor(
  { kid, certificate }: Jws,
  alg: SignatureAlg,
  keys: readonly VerificationKey[],
): Promise<Choice> {
  if (certificate === null || keys.length === 0) return chooseKeys(alg, kid, keys)
  if (kid === null) return chooseByCertificate(alg, certificate, keys)
  const choice = chooseKeys(alg, kid, keys)
  if (choice.ok || keys.some((key) => key.kid === kid)) return choice
  const [same] = (await keysOfCertificate(certificate, keys)).filter((key) => choice.otherwise.includes(key))
  if (same === undefined) return choice
  const found = `The token names the key “${quoted(kid)}”, which no key here is called. Its ${certificate.name} is that of ${listKeys([same])}.`
  return { ok: true, keys: [same], found, sure: false }
}

/** As IdentityModel writes its keys when a server publishes them as they are. */
const noOperation =
  'An empty key_ops says nothing, so use decides. .NET verifies with such a key; WebCrypto and jose refuse it.'

function fromSecret(alg: SignatureAlg, secret: string): Stage<readonly Candidate[]> {
  if (alg.kty !== 'oct') {
    return refuse(
      `The token says ${alg.name}, which needs a public key, and what there is is a shared secret.`,
      'paste',
    )
  }
  const inside = readKeys(secret)
  const keys = inside.kind === 'set' ? inside.keys : []
  if (keys.some(({ kty }) => kty !== 'oct'))
    return refuse(
      `What was given as the secret is a key of its own: ${listKeys(keys)}. ${confusion}`,
      'paste',
    )
  const found = `${alg.name} is verified with the secret.`
  const value = [...keys.map(candidateOf), ...secretReadings(secret)]
  return { ok: true, step: { ...common, result: 'pass', found }, value }
}

const refuse = (found: string, remedy: NonNullable<Step['remedy']>): Stage<never> => ({
  ok: false,
  verdict: 'failed',
  step: { ...common, result: 'fail', found, remedy },
})

/** A key that was rotated and one that only has another name need different fixes. */
async function underAnotherName(
  { token }: Jws,
  alg: SignatureAlg,
  keys: readonly VerificationKey[],
  remedy: NonNullable<Step['remedy']>,
): Promise<string> {
  const { verifiedBy } = await tryKeys(token, alg.name, keys.map(candidateOf))
  if (verifiedBy !== null) {
    return ` Yet ${verifiedBy.name} verifies the signature: only the name is wrong, and most servers refuse that.`
  }
  return remedy === 'fetch-again'
    ? ' Servers change their keys: fetch them again, and look whether they are those of this token’s issuer.'
    : ''
}

/**
 * The bytes a secret may mean: its text in UTF-8, and if it looks like base64 or hexadecimal also what that
 * encodes, because servers differ.
 * @see RFC 7518 section 3.2
 */
function secretReadings(secret: string): readonly Candidate[] {
  const text = { name: 'the secret, as text', key: new TextEncoder().encode(secret) }
  const base64 = /^[\w+/-]{8,}={0,2}$/.test(secret)
    ? decodeBase64url(secret.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_')).bytes
    : null
  const hex = /^(?:[\da-f]{2}){8,}$/i.test(secret) ? fromHex(secret) : null
  return [
    text,
    ...(base64 === null ? [] : [{ name: 'the secret, decoded from base64', key: base64 }]),
    ...(hex === null ? [] : [{ name: 'the secret, decoded from hexadecimal', key: hex }]),
  ]
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
