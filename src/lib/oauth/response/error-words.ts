/**
 * Sentences that say no more than the code that they come with: those of the standard, as libraries put them before the
 * reason (fosite of Ory, for one). What they list as alternatives proves none of it. @see RFC 6749 section 5.2
 */
const openings: readonly RegExp[] = [
  /^Client authentication failed \(e\.g\.,? [^)]*\)\.?/i,
  /^The request is missing a required parameter, includes an? [^.]*\./i,
  /^Client authentication failed due to unknown client, [^.]*\.?/i,
  /^The provided authorization grant (?:\(e\.g\.,? [^)]*\)|or refresh token)[^.]*\.?/i,
  /^The access token (?:provided )?is expired, revoked,[^.]*\.?/i,
  /^The (?:authenticated )?client is not authorized to request a token using this method\./i,
  /^The requested scope is invalid, unknown,[^.]*\.?/i,
  /^The (?:resource owner or )?authorization server (?:denied the request|encountered an unexpected condition)[^.]*\./i,
  /^The authorization grant type is not supported by the authorization server\./i,
  /^The request could not be authorized\.(?: Check that you provided valid credentials in the right format\.)?/i,
  /^The error is unrecognizable\.?/i,
]

/** What a description says beyond its code: without a sentence that every refusal of that code opens with. May be empty. */
export function withoutOpening(text: string): string {
  const opening = openings.map((one) => one.exec(text)?.[0]).find((found) => found !== undefined)
  return opening === undefined ? text : text.slice(opening.length).trim()
}

/**
 * What a server says of a refusal, to be quoted: the reason without the opening of its code, with what it adds in members
 * of its own; the opening alone if that is all. Empty if it says nothing. @see RFC 6749 section 5.2
 */
export function quotableWords(description: string | null, hints: readonly string[]): string {
  const said = [withoutOpening(description ?? ''), ...hints].filter((words) => words !== '').join(' ')
  return said === '' ? (description ?? '') : said
}
