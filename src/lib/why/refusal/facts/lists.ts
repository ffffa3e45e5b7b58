const fault =
  '(?:invalid|expired|revoked|malformed|unknown|missing|unsupported|inactive|incorrect|wrong|disabled|not (?:yet )?(?:valid|found|allowed|supported|known|active|recogni[sz]ed)|no longer (?:valid|recogni[sz]ed))'
const part = '(?:issuer|audience|signature|algorithm|expiry|lifetime)'
const between = '(?:,? (?:or|and/or) |, (?:or )?| ?/ ?)'
const filler = '(?:(?:the|is|are|was|were|has|have|been|it|either) )*'

const list = new RegExp(
  `\\b${fault}${between}${filler}${fault}\\b|\\b${part}${between}${filler}${part}\\b`,
  'i',
)

/**
 * The words without sentences that list alternatives ("expired, revoked, malformed or invalid"): these are said of every
 * fault, and prove none. @see RFC 6750 section 3.1
 */
export const withoutLists = (words: string): string =>
  words
    .split(/(?<=[.!?])\s+|\n/)
    .filter((sentence) => !list.test(sentence))
    .join('\n')
