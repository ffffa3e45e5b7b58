import { headerValue, type HttpRequest } from '../../http/message.ts'
import { decode } from '../../jwt/decode/decode.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import type { Finding } from '../response/finding.ts'
import { proofThumbprint } from '../dpop/proof-thumbprint.ts'
import { boundKey, readClaims } from '../response/token-facts.ts'
import { text, type Reading } from '../response/read-response.ts'

/**
 * Whether a token asked for with a proof is bound to the proof's key: told by its type and, where it can be read, by
 * the thumbprint in it. Nothing where no proof was sent.
 * @see RFC 9449 sections 5 and 6.1
 */
export async function bindingFindings(reading: Reading, request: HttpRequest): Promise<Finding[]> {
  const proof = headerValue(request.headers, 'dpop')
  if (reading.kind !== 'issued' || proof === null) return []
  const type = text(reading.answer, 'token_type') ?? ''
  const jkt = boundKey(readClaims(reading.accessToken)) ?? undefined
  const bound = /^dpop$/i.test(type)
  const typeFinding: Finding = {
    level: bound ? 'ok' : 'violation',
    sent: `token_type ${quoted(type)}, after a DPoP proof`,
    standard: bound
      ? 'DPoP: the token is bound to the key of the proof.'
      : jkt === undefined
        ? 'The proof was ignored: the token is bound to no key, and whoever has it can use it.'
        : 'The token names the key of the proof, and is called by a type that asks for no proof.',
    spec: rfc(9449, '5'),
  }
  return [typeFinding, ...(await thumbprintFinding(jkt, proof, bound))]
}

async function thumbprintFinding(jkt: string | undefined, proof: string, bound: boolean): Promise<Finding[]> {
  const spec = rfc(9449, '6.1')
  if (jkt === undefined) {
    if (!bound) return []
    const sent = 'No cnf.jkt that a client can read'
    return [{ level: 'note', sent, standard: 'Only the server knows which key the token is bound to.', spec }]
  }
  const decoded = decode(proof)
  const own = await proofThumbprint(decoded.kind === 'opaque' ? null : decoded.header.value)
  const same = own === jkt
  return [
    {
      level: same ? 'ok' : 'violation',
      sent: `cnf.jkt ${quoted(jkt)}`,
      standard: same
        ? 'The thumbprint of the key that signed the proof.'
        : `The key that signed the proof has another thumbprint: ${own ?? 'none'}.`,
      spec,
    },
  ]
}
