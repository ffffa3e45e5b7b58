import type { HttpRequest } from '../http/message.ts'
import { signedParts } from '../oauth/compose/signed-parts.ts'
import { type Parts, variableNamesOf, variablesOf } from './parts.ts'

const signers = {
  client_assertion: 'the key or the secret of the client: RFC 7523 section 3',
  DPoP: 'the key that the token is bound to: RFC 9449 section 4.2',
} as const

/** Whether the code has the JWT itself, not a variable. A form does not encode any of its characters. */
const isWritten = ({ fields, body }: Parts, jwt: string): boolean =>
  [...fields.map(([, value]) => value), ...(body ?? [])]
    .flat()
    .some((piece) => typeof piece === 'string' && piece.includes(jwt))

/**
 * What is worth a comment in the code, a line each. Without quotes, as some shells read a pasted comment as a command.
 */
export function notesOf(request: HttpRequest, parts: Parts): string[] {
  const variables = variablesOf(parts)
  const names = variableNamesOf(parts)
  // A variable alone is a whole body that is no form.
  const inForm = (parts.body ?? []).filter((text) => text.length > 1).flat()
  const encoded = new Set([...parts.target, ...inForm])
  const asItIs = variables.filter((one) => encoded.has(one) && !one.formEncoded)
  const beyondAscii = request.headers.filter(([, value]) => /[^\0-\x7F]/u.test(value))
  return [
    ...(names.length === 0 ? [] : [`Set in the environment: ${names.join(', ')}`]),
    ...asItIs.map(({ variable }) => `${variable} holds the value as it is sent, percent-encoded`),
    ...signedParts(request).map(({ name, jwt }) =>
      isWritten(parts, jwt)
        ? `${name} is good for one request within seconds: copy it anew for the next`
        : `${name} lives for seconds: a JWT made for each request and signed with ${signers[name]}`,
    ),
    ...beyondAscii.map(([name]) => `A browser sends ${name} in Latin-1, where this may send UTF-8`),
  ]
}
