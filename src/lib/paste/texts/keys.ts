import { looksLikePem } from '../../encoding/pem.ts'
import { isObject } from '../../json/own-members.ts'
import { type KeySource, longestKeyText, readKeys } from '../../jwt/verify/key-source.ts'
import type { ReadResult } from '../../keys/key-material.ts'
import { readPrivateKey } from '../../keys/read-private-key.ts'
import { onOneLine } from '../../text/quoted.ts'
import type { Kind, NotUsed, Recognised } from '../kind.ts'
import type { Proposal } from '../proposal.ts'

/** Characters of a text that `Keys` imports, and keys of a set that are offered one by one. */
const bounds = { private: 65_536, keys: 20 }

const isAboutKeys =
  /\\?["']?kty\\?["']?\s{0,9}[:=]|^\{\s*"keys"\s*:\s*\[\s*\]|<RSAKeyValue|PuTTY-User-Key-File|BEGIN SSH2|^(?:ssh-|ecdsa-sha2-)/i

/**
 * A private key, or keys to verify with: JWK, JWK Set, PEM, a certificate, whatever is around them. What imports and reads them elsewhere in the page
 * says what they are.
 * @see RFC 7517, RFC 7468
 */
export const keys: Kind = {
  kind: 'keys',
  read({ text, document }) {
    if (text.length > longestKeyText || !(isAboutKeys.test(text) || looksLikePem(text))) return null
    const own = text.length <= bounds.private ? readPrivateKey(text) : null
    const others = privateJwksIn(document)
    if (others.length > 0) return ofSet(text, others)
    if (own?.ok === true)
      return {
        what: `a private key, as ${own.format}`,
        proposals: [{ kind: 'private-key', name: onOneLine(own.kid), text }],
        ignored: own.removed.length === 0 ? [] : [`Removed: ${own.removed.join(', ')}.`],
      }
    const set = readKeys(text)
    return set.kind === 'set' ? ofPublic(text, set.keys, own) : notRead(set, own)
  },
}

/** The private keys of a JWK Set: each may be the one of the client. @see RFC 7518 sections 6.2.2 and 6.3.2 */
function privateJwksIn(document: unknown): readonly Readonly<Record<string, unknown>>[] {
  const all: unknown = isObject(document) && Object.hasOwn(document, 'keys') ? document['keys'] : []
  return (Array.isArray(all) ? (all as readonly unknown[]) : [])
    .filter(isObject)
    .filter(
      (jwk) =>
        Object.hasOwn(jwk, 'kty') &&
        jwk['kty'] !== 'oct' &&
        ['d', 'priv'].some((name) => Object.hasOwn(jwk, name) && typeof jwk[name] === 'string'),
    )
    .slice(0, bounds.keys)
}

function ofSet(text: string, jwks: readonly Readonly<Record<string, unknown>>[]): Recognised {
  const one = (jwk: Readonly<Record<string, unknown>>): Proposal => ({
    kind: 'private-key',
    name: typeof jwk['kid'] === 'string' ? onOneLine(jwk['kid']) : '',
    text: JSON.stringify(jwk),
  })
  const [first = {}, ...others] = jwks
  return {
    what: `a JWK Set with ${jwks.length === 1 ? 'a private key' : `${jwks.length} private keys`}`,
    proposals: [one(first), ...others.map(one), { kind: 'public-keys', name: '', text }],
    ignored: [
      'A private key is in it: whoever has this text can sign in its name. A set that a server publishes has public keys alone.',
    ],
  }
}

type PublicKeys = Extract<KeySource, { kind: 'set' }>['keys']

function ofPublic(text: string, found: PublicKeys, own: ReadResult | null): Recognised | NotUsed {
  if (found.length === 0)
    return { what: 'a JWK Set', refusal: 'It has no key in it: its list of keys is empty.' }
  const shared = found.filter(({ kty }) => kty === 'oct').length
  const isPrivate = /PRIVATE KEY|["']d["']\s{0,9}:/.test(text)
  return {
    what:
      shared === found.length
        ? 'a symmetric key (kty oct)'
        : found.length === 1
          ? 'a public key'
          : `a text with ${found.length} public keys`,
    proposals: [{ kind: 'public-keys', name: '', text }],
    ignored: [
      ...(shared === 0
        ? []
        : [
            'A symmetric key (kty oct) is a secret that server and client share, and no key pair: it verifies tokens signed with HS256, HS384 or HS512. To authenticate with it, choose client_secret_jwt, and use it as the client secret.',
          ]),
      ...(isPrivate && shared === 0 && own?.ok === false
        ? [`Its private half is not used. ${withoutValues(own.message)}`]
        : []),
    ],
  }
}

function notRead(set: KeySource, own: ReadResult | null): NotUsed {
  const refusal = own?.ok === false ? [own.message, own.command ?? ''] : []
  const other = set.kind === 'unreadable' ? [set.message] : []
  return {
    what: 'a text about a key',
    refusal: withoutValues((refusal.length > 0 ? refusal : other).filter(Boolean).join(' ')),
  }
}

/** A reason without what it quotes of the text, but for names of members: any value may be a secret. */
const withoutValues = (reason: string): string =>
  reason.replace(/“(?!(?:use|key_ops|d|priv|oct|kty|keys)”)[^”]*”/g, '“…”')
