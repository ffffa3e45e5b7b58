import { isSecret, isSecretMember, privateMembers } from './secret-names.ts'

/** A part of a text: past its beginning, before its end. */
export type Span = readonly [start: number, end: number]

/** Finds in a text what is a secret by its look or its name; each in a time that grows with the text and no faster. */
type Look = (text: string) => Iterable<Span>

/** A JWT in compact form, with whatever follows after further dots. @see RFC 7515 section 7.1, RFC 7516 section 7.1 */
function* jwts(text: string): Iterable<Span> {
  for (const { 0: run, index } of text.matchAll(/[\w.-]{8,}/g)) {
    const at = run.indexOf('eyJ')
    if (at >= 0 && run.indexOf('.', at) > at) yield [index + at, index + run.length]
  }
}

/** @see RFC 7468 sections 10 and 11 */
function* privateKeys(text: string): Iterable<Span> {
  const pattern = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g
  for (const { 0: found, index } of text.matchAll(pattern)) yield [index, index + found.length]
}

/** Credentials after their scheme, in words as well. What is letters alone is a word. @see RFC 9110 section 11.4 */
function* credentials(text: string): Iterable<Span> {
  const pattern = /\b(?:basic|bearer|dpop)\s{1,3}([\w+/.~-]{6,}=*)(?![\w+/.~"=-])/dgi
  for (const { 1: value = '', indices } of text.matchAll(pattern)) {
    const span = indices?.[1]
    if (span && (/\d|[a-z][A-Z]/.test(value) || value.length >= 24)) yield span
  }
}

/** The password of a URL, and the user name that comes before it. @see RFC 3986 section 3.2.1 */
function* userinfo(text: string): Iterable<Span> {
  for (const { indices } of text.matchAll(/:\/\/([^/?#@\s"'<>]{1,2000}:[^/?#@\s"'<>]{0,2000})@/dg))
    if (indices?.[1]) yield indices[1]
}

/** The value of a member of a JSON text, or of a dictionary of Python, that is named like a secret; without its quotation marks. */
function* members(text: string): Iterable<Span> {
  const ofKey = /"kty"|'kty'/.test(text)
  const isMasked = (name: string): boolean => isSecretMember(name) || (ofKey && privateMembers.has(name))
  const pattern =
    /(["'])((?:[^"'\\]|\\.){1,64})\1\s{0,20}:\s{0,20}(?:"((?:[^"\\]|\\.)*)|'((?:[^'\\]|\\.)*)|(-?\d[\d.e+-]*))/dgis
  for (const { 2: name = '', indices } of text.matchAll(pattern)) {
    const span = indices?.[3] ?? indices?.[4] ?? indices?.[5]
    if (span && isMasked(name)) yield span
  }
}

/** The value of a parameter in a form, a query, a cookie or a command. */
function* parameters(text: string): Iterable<Span> {
  for (const { 1: name = '', indices } of text.matchAll(
    /(?<![\w.%[\]-])([\w.%[\]-]{1,64})=((?:[^&\s"'<>\\;,#]|'(?=[\w%]))+)/dg,
  ))
    if (indices?.[2] && isSecret(name)) yield indices[2]
}

/** Every look. */
export const looks: readonly Look[] = [jwts, privateKeys, credentials, userinfo, members, parameters]

/** The values that a name says are secrets. */
export const namedValues: readonly Look[] = [members, parameters]
