/** The elements of an RSA key in XML, by the name of the member of JWK. @see RFC 7518 section 6.3, RFC 3275 section 4.4.2.2 */
const elements: readonly (readonly [element: string, name: string])[] = [
  ['Modulus', 'n'],
  ['Exponent', 'e'],
  ['D', 'd'],
  ['P', 'p'],
  ['Q', 'q'],
  ['DP', 'dp'],
  ['DQ', 'dq'],
  ['InverseQ', 'qi'],
]

/** The most characters of one element: 16384 bits have 2732. */
const value = '([\\w+/=\\s-]{1,4000})'

/**
 * The JWK, as JSON, of an RSA key in XML: what `ToXmlString` of .NET writes, or a `ds:RSAKeyValue`. `null` for another
 * text.
 * @see RFC 3275 section 4.4.2.2
 */
export function jwkOfXml(text: string): string | null {
  if (!/<(?:\w+:)?(?:RSAKeyValue|RSAParameters)\b/i.test(text)) return null
  const found = elements.flatMap(([element, name]) => {
    const base64 = new RegExp(`<(?:\\w{1,20}:)?${element}>${value}</`).exec(text)?.[1]
    if (base64 === undefined) return []
    const strict = base64.replace(/[\s=]/g, '').replaceAll('+', '-').replaceAll('/', '_')
    return [[name, strict] as const]
  })
  return found.some(([name]) => name === 'n')
    ? JSON.stringify({ kty: 'RSA', ...Object.fromEntries(found) })
    : null
}
