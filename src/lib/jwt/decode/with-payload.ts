import { encodeBase64url } from '../../encoding/base64.ts'

/** The token with another payload under its old header and signature: what a forger would send. @see RFC 7515 section 7.1 */
export function withPayload(token: string, payload: string): string {
  const [header = '', , signature = ''] = token.split('.')
  return `${header}.${encodeBase64url(new TextEncoder().encode(payload))}.${signature}`
}
