import { headerValue, type HttpRequest } from '../../http/message.ts'
import { decode } from '../../jwt/decode/decode.ts'
import { quoted } from '../../text/quoted.ts'
import { rfc } from '../../spec.ts'
import { type Check, fail, pass, skipped } from '../../check.ts'
import { proofThumbprint } from '../compose/proof-thumbprint.ts'
import { boundKey } from '../response/token-facts.ts'
import { type Reading, text } from '../response/read-response.ts'

/**
 * Whether a token asked for with a proof is bound to the proof's key: derived from its type and, if it can be read,
 * the thumbprint in it. Nothing if no proof was sent.
 * @see RFC 9449 sections 5 and 6.1
 */
export async function bindingChecks(reading: Reading, request: HttpRequest): Promise<Check[]> {
  const proof = headerValue(request.headers, 'dpop')
  if (reading.kind !== 'issued' || proof === null) return []
  const type = text(reading.answer, 'token_type') ?? ''
  const jkt = boundKey(reading.claims) ?? undefined
  const bound = /^dpop$/i.test(type)
  const sent = `token_type ${quoted(type)}, after a DPoP proof`
  const typeCheck: Check = {
    what: 'DPoP: the token is bound to the key of the proof',
    ...(bound ? pass(sent) : fail(`${sent}. ${jkt === undefined ? ignored : misnamed}`)),
    spec: rfc(9449, '5'),
  }
  return [typeCheck, ...(jkt === undefined && !bound ? [] : [await thumbprintCheck(jkt, proof)])]
}

const ignored = 'The proof was ignored: the token is bound to no key, and whoever has it can use it.'
const misnamed = 'The token names the key of the proof, and is called by a type that asks for no proof.'

async function thumbprintCheck(jkt: string | undefined, proof: string): Promise<Check> {
  const rule = { what: 'cnf.jkt is the thumbprint of the key that signed the proof', spec: rfc(9449, '6.1') }
  if (jkt === undefined) return { ...rule, ...skipped(unseen) }
  const decoded = decode(proof)
  const own = await proofThumbprint(decoded.kind === 'opaque' ? null : decoded.header.value)
  const found = `cnf.jkt ${quoted(jkt)}`
  if (own === jkt) return { ...rule, ...pass(found) }
  const other = `The key that signed the proof has another thumbprint: ${own ?? 'none'}.`
  return { ...rule, ...fail(`${found}. ${other}`) }
}

const unseen = 'No cnf.jkt that a client can read. Only the server knows which key the token is bound to.'
