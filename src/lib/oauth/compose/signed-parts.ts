import { headerValue, type HttpRequest } from '../../http/message.ts'
import { authMethodOf } from '../config/auth-methods.ts'
import type { TokenRequestConfig } from '../config/config.ts'

/** A JWT this page signed, by its name in the request. */
interface SignedPart {
  readonly name: 'client_assertion' | 'DPoP'
  readonly jwt: string
}

/** A request that was made once more, and the JWTs in it that were signed for it alone. */
export interface SignedAnew {
  readonly request: HttpRequest
  readonly written: readonly string[]
}

/** The signed parts that this page made: another JWT of that name may be the user's own. */
export const signedHere = (request: HttpRequest, { dpop, ...config }: TokenRequestConfig): SignedPart[] =>
  signedParts(request).filter(({ name }) =>
    name === 'DPoP' ? dpop.on : authMethodOf(config).parameters.includes('client_assertion'),
  )

/** The signed parts of a request, in the order of the request. @see RFC 7523 section 2.2, RFC 9449 section 4.1 */
export function signedParts({ headers, body }: HttpRequest): SignedPart[] {
  const proof = headerValue(headers, 'dpop')
  const assertion = new URLSearchParams(body ?? '').get('client_assertion')
  return [
    ...(proof === null ? [] : [{ name: 'DPoP', jwt: proof } as const]),
    ...(assertion === null ? [] : [{ name: 'client_assertion', jwt: assertion } as const]),
  ]
}
