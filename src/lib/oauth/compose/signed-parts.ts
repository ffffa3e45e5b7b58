import { headerValue, type HttpRequest } from '../../http/message.ts'

/** A JWT this page signed, by its name in the request. */
interface SignedPart {
  readonly name: 'client_assertion' | 'DPoP'
  readonly jwt: string
}

/** The signed parts of a request, in the order of the request. @see RFC 7523 section 2.2, RFC 9449 section 4.1 */
export function signedParts({ headers, body }: HttpRequest): SignedPart[] {
  const proof = headerValue(headers, 'dpop')
  const assertion = new URLSearchParams(body ?? '').get('client_assertion')
  return [
    ...(proof === null ? [] : [{ name: 'DPoP', jwt: proof } as const]),
    ...(assertion === null ? [] : [{ name: 'client_assertion', jwt: assertion } as const]),
  ]
}
