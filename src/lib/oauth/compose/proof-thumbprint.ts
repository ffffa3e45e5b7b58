import { asString, member, type JsonValue } from '../../json/value.ts'
import { thumbprint } from '../../keys/public-key.ts'

/** The thumbprint of the key that the header of a proof names; `null` if it names none of a known kind. @see RFC 9449 section 4.2 */
export async function proofThumbprint(header: JsonValue | null): Promise<string | null> {
  const jwk = member(header, 'jwk')
  if (jwk?.kind !== 'object') return null
  const members = Object.fromEntries(jwk.members.map(({ key, value }) => [key, asString(value) ?? '']))
  try {
    return await thumbprint(members)
  } catch {
    // TypeError: a kty that has no thumbprint
    return null
  }
}
