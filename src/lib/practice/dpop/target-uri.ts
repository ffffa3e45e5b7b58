/** Characters that need no percent-encoding. @see https://www.rfc-editor.org/rfc/rfc3986#section-2.3 */
const unreserved = /^[A-Za-z0-9\-._~]$/

/**
 * A URI of http or https as two spellings of it are compared: without query and fragment, and normalised by syntax
 * and scheme. `null` if it is none.
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2
 */
export function comparableUri(uri: string): string | null {
  if (!/^https?:\/\//i.test(uri) || !URL.canParse(uri)) return null
  // Cases of scheme and host, default ports, dot segments and an empty path are the parser's work.
  const { protocol, username, password, host, pathname } = new URL(uri)
  const path = pathname.replace(/%[0-9a-f]{2}/gi, (encoded) => {
    const character = String.fromCharCode(parseInt(encoded.slice(1), 16))
    return unreserved.test(character) ? character : encoded.toUpperCase()
  })
  const user = username === '' && password === '' ? '' : `${username}:${password}@`
  return `${protocol}//${user}${host}${path}`
}
