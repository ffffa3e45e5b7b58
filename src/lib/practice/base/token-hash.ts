import { base64url } from 'jose'

/** SHA-256 of an access token, in base64url: how a proof names the token it comes with. @see RFC 9449 section 4.2 */
export async function hashToken(token: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
  return base64url.encode(new Uint8Array(digest))
}
