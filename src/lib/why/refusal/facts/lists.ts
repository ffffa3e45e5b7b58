const fault =
  '(?:invalid|expired|revoked|malformed|unknown|missing|unsupported|inactive|incorrect|wrong|disabled|not (?:yet )?(?:valid|found|allowed|supported|known|active|recogni[sz]ed)|no longer (?:valid|recogni[sz]ed))'
const part = '(?:issuer|audience|signature|algorithm|expiry|lifetime)'
const between = '(?:,? (?:or|and/or) |, (?:or )?| ?/ ?)'
const filler = '(?:(?:the|is|are|was|were|has|have|been|it|either) )*'

/** The two halves of the credentials, of which a server that names both says neither. */
const id = '(?:client|user(?:name)?|app(?:lication)?|key)(?:[_ -]?id(?:entifier)?)?'
const halves = `${id}\\b.{0,20}(?:\\b(?:or|and\\/or|and)\\b|\\/).{0,20}(?:\\b|_|app|client)(?:secret|password|credentials?)\\b`

const list = new RegExp(
  `\\b${fault}${between}${filler}${fault}\\b|\\b${part}${between}${filler}${part}\\b|\\b${halves}|\\b${fault}\\b[^.\\n]{0,40} or (?:an? |the |has |is )*${fault}\\b`,
  'i',
)

/** What the user may look at, several things at once: “Check that the client exists and is enabled”. */
const advice =
  /^\W*(?:please )?(?:check|verify|make sure|ensure|confirm)\b.*\b(?:and|or)\b(?! (?:re)?try)|^\W*(?:possible|likely) (?:causes?|reasons?)\b/i

/** What is denied of a fault: “not expired”, “was never revoked”, “isn't disabled”. */
const denied =
  /(?:\b(?:is|are|was|were|has|have)(?: not| never|n['’]t)|\bnot|\bnever)(?: (?:been|yet))* (?:expired|disabled|revoked|locked|suspended|blocked|deactivated|malformed|missing|wrong|incorrect)\b/gi

/** A clause that says what is right, before one that says what is not: “signature ok, …”. */
const praise =
  /^(?:[\w'"’]+ ){1,4}(?:(?:is|are|was|looks) )?\S*(?:(?<= )(?:ok(?:ay)?|fine|good|valid|correct|verified|accepted))[,;]?$/i
const isDoubted = /\b(?:no|not|never|without|must|should|expected|requires?|if|unless|ensure)\b|n['’]t\b/i
const goesOn = /^(?:(?:but|yet|however),? )?(?:has|is|was|it|not|no|expired|or|and)\b/i

const isRight = (clause: string, next: string | undefined): boolean =>
  next !== undefined && praise.test(clause) && !isDoubted.test(clause) && !goesOn.test(next)

const withoutPraise = (sentence: string): string =>
  sentence
    .split(/(?<=[,;])\s+|\s+(?=(?:but|yet|however)\b)/)
    .filter((clause, at, all) => !isRight(clause, all[at + 1]))
    .join(' ')

/**
 * What the words name. Sentences that list alternatives ("expired, revoked, malformed or invalid") are said of every
 * fault, and prove none; what is said to be right, or not to be so, is no fault either. @see RFC 6750 section 3.1
 */
export const namedBy = (words: string): string =>
  words
    .split(/(?<=[.!?])\s+|\n/)
    .filter((sentence) => !list.test(sentence) && !advice.test(sentence))
    .map((sentence) => withoutPraise(sentence).replace(denied, ''))
    .join('\n')
