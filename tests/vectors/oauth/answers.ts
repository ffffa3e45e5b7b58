import type { HeaderList, Outcome } from '../../../src/lib/http/message.ts'

/** A token endpoint's response as an outcome; fields as a page could read them. */
export function answer(
  status: number,
  body: string,
  contentType: string | null = 'application/json',
): Outcome {
  const type: HeaderList = contentType === null ? [] : [['content-type', contentType]]
  const headers: HeaderList = [['cache-control', 'no-store'], ...type]
  return {
    kind: 'response',
    response: { status, statusText: '', headers, body: new TextEncoder().encode(body) },
  }
}

const claims = {
  aud: ['shopApi'],
  client_id: 'm2m',
  scope: ['read'],
  exp: 1706342604,
  iss: 'http://localhost:5001/master',
}
const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token as SimpleIdServer makes them: `typ` JWT, `scope` and `aud` arrays, no `sub`, no `jti`. */
export const simpleIdServerToken = [
  base64url({ alg: 'RS256', kid: 'wsFedKid', x5t: 'GN698jZCJWNy69P1r05Cwrl4Yw8', typ: 'JWT' }),
  base64url(claims),
  'c2lnbmF0dXJl',
].join('.')

/** Its response, members in its order. */
export const simpleIdServerAnswer = `{"expires_in":1800,"scope":"read","access_token":"${simpleIdServerToken}","refresh_token":"5c0c2b8e-6a0e-4e7a-9d0b-0f6a0d5d1c11","token_type":"Bearer"}`

/** RFC 6749 section 4.4.3, the example of an access token response. */
export const rfc6749Issued = `{
  "access_token":"2YotnFZFEjr1zCsicMWpAA",
  "token_type":"example",
  "expires_in":3600,
  "example_parameter":"example_value"
}`

/** RFC 6749 section 5.2, the example of an error response. */
export const rfc6749Refused = `{
  "error":"invalid_request"
}`
