import { member } from '../../../json/value.ts'
import { boundKey } from '../../../oauth/response/token-facts.ts'
import type { Facts } from '../facts/facts.ts'
import { headerOf, numericClaim } from '../facts/sent.ts'

/** The scheme under which a token was sent, in lower case; empty for none. */
export const schemeOf = ({ sent }: Facts): string => sent.authorization?.scheme.toLowerCase() ?? ''

/** The schemes that the API asks for, in lower case. */
export const wantedSchemes = ({ came }: Facts): readonly string[] =>
  came.challenges.map(({ scheme }) => scheme.toLowerCase())

export const isDpop = (facts: Facts): boolean => schemeOf(facts) === 'dpop'

/** Whether two fields `Authorization` were sent: they arrive as one, joined by a comma. */
export const hasTwoCredentials = ({ sent }: Facts): boolean =>
  /, *\w+ /.test(sent.authorization?.credentials ?? '')

export const hasTwoSpaces = ({ sent }: Facts): boolean =>
  /^ +\S/.test(sent.authorization?.credentials ?? '') && !isNamedTwice(sent.authorization?.credentials ?? '')

const isNamedTwice = (credentials: string): boolean => /^ *(bearer|dpop)\b/i.test(credentials)

export const hasSchemeTwice = ({ sent }: Facts): boolean =>
  isNamedTwice(sent.authorization?.credentials ?? '')

/** Whether the header has one word alone, and it is longer than the name of any scheme. @see RFC 9110 section 11.4 */
export const isWithoutScheme = ({ sent: { authorization } }: Facts): boolean =>
  authorization?.credentials.trim() === '' && authorization.scheme.length >= 20

/** Whether a scheme was sent, and no token after it. */
export const isEmpty = (facts: Facts): boolean =>
  facts.sent.authorization?.credentials.trim() === '' && !isWithoutScheme(facts)

export const isInUrl = ({ sent: { url } }: Facts): boolean => url.searchParams.has('access_token')

/** Whether the token has a character that none may have. @see RFC 6750 section 2.1 */
export const hasOtherCharacters = (facts: Facts): boolean =>
  facts.sent.authorization !== null &&
  /^(bearer|dpop)$/.test(schemeOf(facts)) &&
  !isWrapped(facts) &&
  !/^([\w\-.~+/]+=*)?$/.test(facts.sent.authorization.credentials.trim())

export const isInQuotes = ({ sent }: Facts): boolean =>
  /^["'“]|["'”]$/.test(sent.authorization?.credentials.trim() ?? '')

/** Whether what is around the token keeps an API from reading it. */
const isWrapped = (facts: Facts): boolean =>
  [hasTwoCredentials, hasTwoSpaces, hasSchemeTwice, isInQuotes].some((look) => look(facts))

/** A JWT in good shape, whose claims can be read here. */
export const isReadable = (facts: Facts): boolean => {
  const { token } = facts.sent
  return (
    token?.kind === 'jws' && token.claims !== null && token.raw.split('.').length === 3 && !isWrapped(facts)
  )
}

export const isEncrypted = (facts: Facts): boolean => facts.sent.token?.kind === 'jwe' && !isWrapped(facts)

/** What OpenIddict does if nothing else is set up. */
export const isOpenIddictJwe = ({ sent: { token } }: Facts): boolean =>
  headerOf(token, 'alg') === 'RSA-OAEP' &&
  headerOf(token, 'enc') === 'A256CBC-HS512' &&
  headerOf(token, 'typ') === 'at+jwt'

/** No JWT, nor a part of one. */
export const isOpaque = (facts: Facts): boolean => facts.sent.token?.kind === 'opaque' && !isWrapped(facts)

/** Whether it looks as references do: those of OpenIddict have 43 characters, those of Spring 128. */
export const hasReferenceForm = ({ sent: { token } }: Facts): boolean =>
  /^([\w-]{43}|[\w-]{128})$/.test(token?.raw ?? '')

/** Whether the header of a JWT can be read, and its payload is no JSON object. @see RFC 7519 section 7.2 */
export const hasBrokenPayload = ({ sent: { token } }: Facts): boolean =>
  token?.kind === 'jws' && token.header?.kind === 'object' && token.claims === null

/** Claims of time that are no numbers. @see RFC 7519 section 4.1.4 */
export const timesOfOtherType = ({ sent: { token } }: Facts): readonly string[] =>
  ['exp', 'nbf', 'iat'].filter((name) => {
    const value = member(token?.claims, name)
    return value !== undefined && value.kind !== 'number'
  })

/** By its own exp. */
export const isOver = ({ sent, now }: Facts): boolean =>
  (numericClaim(sent.token, 'exp') ?? Infinity) * 1000 <= now

/** Whether a shared secret signs it, which no key set has. @see RFC 7518 section 3.2 */
export const isOfSecret = ({ sent: { token } }: Facts): boolean => /^HS/.test(headerOf(token, 'alg') ?? '')

export const isUnsigned = ({ sent: { token } }: Facts): boolean =>
  /^none$/i.test(headerOf(token, 'alg') ?? '')

/** Whether it is of pieces, and these are no whole JWT. An opaque token may have a dot too: pieces of a JWT begin with `{"`, encoded. */
export const isInPieces = (facts: Facts): boolean =>
  /\beyJ.*\.|\.eyJ/.test(facts.sent.token?.raw ?? '') &&
  !isReadable(facts) &&
  !isEncrypted(facts) &&
  !isWrapped(facts)

/** The thumbprint of the key that the token is bound to; `null` if it names none. @see RFC 9449 section 6.1 */
export const boundTo = ({ sent: { token } }: Facts): string | null => boundKey(token?.claims ?? null)
