import { parsePlain } from '../json/own-members.ts'

/** Whether a name, of a parameter, a header field or a JSON member, is that of a secret. */
export function isSecretName(name: string): boolean {
  if (/(?:type|details|endpoint|method|format)s?$/i.test(name)) return false
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1-$2')
  return (
    /secret|token|passw|passphrase|assertion|credential|(?:api|private)[-_]?key/i.test(name) ||
    secretWord.test(words)
  )
}

/** Too short to be looked for inside of other words: "keyword", "author", "design". */
const secretWord =
  /(?:^|[^a-z])(?:keys?|auth|authorization|cookies?|pass|pwd|pin|otp|sig|signature|jwt|session)(?:[^a-z]|$)|^code$/i

/**
 * Whether a text may be hiding a secret: the client's own as it is or percent-encoded, a JWT, a private key, a URL with a
 * password, or a query member that is named like a secret. Rather once too often: what it finds is only not stored.
 */
export function hidesSecret(text: string, secret: string): boolean {
  return (
    holdsItself(text, secret) ||
    /\beyJ[\w-]{8}/.test(text) ||
    /-----BEGIN [A-Z ]{0,30}PRIVATE KEY/.test(text) ||
    (/"kty"/.test(text) && /"(?:d|k|p|q|priv)"/.test(text)) ||
    /:\/\/[^/?#@:"\s]*:[^/?#@"\s]*@/.test(text) ||
    text.split(/[?&#]/).some(namesSecret)
  )
}

/** The same of a JSON text, finished or not: its members' names count as well, and what it escapes. */
export function jsonHidesSecret(text: string, secret: string): boolean {
  if (hidesSecret(text, secret)) return true
  // A string that is not closed ends with the text, so that every character is read once.
  for (const { 0: quotedName, index } of text.matchAll(/"(?:[^"\\]|\\.)*(?:"|$)/gs)) {
    const named = /^\s{0,100}:/.test(text.slice(index + quotedName.length, index + quotedName.length + 101))
    if (named && isSecretName(quotedName.slice(1, -1))) return true
  }
  const parsed = parsePlain(text)
  const values = parsed.ok ? [parsed.value] : []
  // Not by recursion: the text may be nested deeper than calls can be.
  for (const value of values) {
    if (typeof value === 'string' && hidesSecret(value, secret)) return true
    if (typeof value !== 'object' || value === null) continue
    if (Object.keys(value).some((name) => isSecretName(name) || holdsItself(name, secret))) return true
    values.push(...(Object.values(value) as unknown[]))
  }
  return false
}

/** A secret of three characters is looked for as a whole value only: it is part of too many words. */
function holdsItself(text: string, secret: string): boolean {
  if (secret === '') return false
  if (secret.length < 4) return text === secret
  const forms = [
    secret,
    new URLSearchParams([['', secret]]).toString().slice(1),
    encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '')),
    JSON.stringify(secret).slice(1, -1),
  ]
  return forms.some((form) => text.includes(form))
}

/** Before the first `?` a member is one by its plain name only: what is there may be a JSON text or a URL. */
const namesSecret = (member: string, index: number): boolean =>
  /^[^=]*(?:secret|token|pass|pwd|key|assertion|code|sig|auth|cred)/i.test(member) &&
  (index === 0 ? /^\s*[\w.-]+=/ : /=/).test(member)
