/** The version of the format that is written. */
export const linkVersion = '1'

/** In characters of the fragment, entries of a list, and characters of the name of a lesson. */
export const linkBounds = { fragment: 4000, list: 20, lesson: 40 }

/** How a lesson is named. */
export const lessonId = /^[a-z0-9-]{1,40}$/

/**
 * A text as it is in a link: readable on a slide, and with nothing at its end that a chat or a mail program leaves out of a link.
 * Spaces are `+`, as in a form.
 * @see RFC 3986 section 3.5
 */
export function writeText(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, asCode)
    .replace(/%20/g, '+')
    .replace(/%(?:3A|2F)/g, decodeURIComponent)
    .replace(/[^\w/~]$/, (last) => (last === '+' ? '%20' : asCode(last)))
}

const asCode = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`

/** The text again; `null` if it is not encoded as it has to be. */
export function readText(written: string): string | null {
  try {
    return decodeURIComponent(written.replaceAll('+', ' '))
  } catch {
    // URIError: a % without two digits, or bytes that are no UTF-8
    return null
  }
}

/**
 * What addresses of one server begin with: the issuer, or the URL of its metadata without what is added for that.
 * @see RFC 8414 section 3
 */
const rootOf = (discovery: string): string => discovery.replace(/\/(?:\.well-known\/.*)?$/, '')

/** An address as what is after the root of the server, `~/token`, if it begins with that. */
export function shorten(address: string, discovery: string): string {
  const root = rootOf(discovery)
  const rest = address.slice(root.length)
  return root !== '' && address.startsWith(root) && /^(?:\/|$)/.test(rest) ? `~${rest}` : address
}

/** The whole address again. */
export function lengthen(written: string, discovery: string): string {
  const root = rootOf(discovery)
  return root !== '' && /^~(?:\/|$)/.test(written) ? root + written.slice(1) : written
}
