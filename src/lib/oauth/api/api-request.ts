import { protectedResourceRequest } from 'oauth4webapi'
import type { HttpRequest } from '../../http/message.ts'
import { type ApiCall, bodyOf, impliedType, methodOf } from '../config/api-call.ts'
import type { ReadToken } from '../response/read-response.ts'
import { schemeOf } from '../response/token-facts.ts'
import { brokenToken } from './broken-token.ts'
import type { TokenRequestConfig } from '../config/config.ts'
import { dpopKey } from '../config/derived-values.ts'
import { spoilerOf, withOtherKey } from './wrong-proof.ts'
import { dpopProof } from '../compose/dpop-proof.ts'
import { ownHeaders } from '../compose/own-headers.ts'
import { recordRequest } from '../compose/record-request.ts'
import type { Signing } from '../compose/signing.ts'

export type { ApiCall } from '../config/api-call.ts'

/**
 * Composes the call of an API for a call that `checkApiCall` found sendable. oauth4webapi builds it, with a new proof
 * if the token is presented under DPoP, signed by the key of the configuration whether or not that asks for bound
 * tokens now. `signing.nonce` is the one the API's own origin gave out.
 *
 * @param token `null` if there is none: then the call is sent without one, and the API responds with its challenge
 * @see RFC 6750 sections 2.1 and 3, RFC 9449 section 7.1
 */
export async function composeApiRequest(
  call: ApiCall,
  token: ReadToken | null,
  config: TokenRequestConfig,
  signing: Signing,
): Promise<HttpRequest> {
  const scheme = token && schemeOf(call, token.claims, config)
  const bound = { ...config, dpop: { ...config.dpop, on: true } }
  const signer = call.proof === 'key' ? await withOtherKey(signing, dpopKey(config)) : signing
  const wrong = { DPoP: { spoil: spoilerOf(call.proof) } }
  const proof = scheme === 'DPoP' ? dpopProof(bound, { ...signer, wrong }) : null
  const { headers, ...request } = await recordRequest(config, (recording) =>
    protectedResourceRequest(
      presented(call, token),
      methodOf(call),
      new URL(call.url),
      new Headers(),
      bodyOf(call),
      { ...recording, ...(proof ? { DPoP: proof } : {}) },
    ),
  )
  const type = impliedType(call)
  return {
    ...request,
    headers: [
      ...headers.filter(([name]) => scheme !== null || name !== 'authorization'),
      ...(type === null ? [] : [['content-type', type] as const]),
      // Not handed to the library, which would mistake a custom DPoP field for a proof of its own.
      ...ownHeaders(call.headers),
    ],
  }
}

/** The library composes no request without a token, so that it is given one whose field is then left out. */
function presented({ presentation }: ApiCall, token: ReadToken | null): string {
  if (presentation === 'none' || token === null) return 'unused'
  return presentation === 'broken' ? brokenToken(token.accessToken) : token.accessToken
}
