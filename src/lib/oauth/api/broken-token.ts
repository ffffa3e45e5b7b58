/**
 * The token with one character changed, so that whoever verifies it must refuse it. Of a token in parts it is the first
 * character of the last part, which of a JWT is the signature (of an encrypted one the tag): the last character could
 * be changed without changing a single byte. Of any other token it is the last character.
 * @see RFC 7515 section 5.2
 */
export function brokenToken(token: string): string {
  const at = whereToBreak(token)
  const instead = token.charAt(at) === '0' ? '1' : '0'
  return token.slice(0, at) + instead + token.slice(at + 1)
}

/** Decoded base64url shows no padding, so that is left alone. */
function whereToBreak(token: string): number {
  const lastPart = token.lastIndexOf('.') + 1
  if (token.split('.', 3).length === 3 && lastPart < token.length) return lastPart
  return Math.max(0, token.search(/[^.=]=*\.?$/))
}
