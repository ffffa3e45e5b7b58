/** What a request said, short enough for a sentence: a pasted novel is cut. */
export function quote(value: string): string {
  return value.length > 60 ? `'${value.slice(0, 60)}...'` : `'${value}'`
}

/**
 * Parameter names for a sentence. What does not look like a name is counted and not shown: a JSON body sent as a
 * form is one long parameter "name" with the secret in it.
 */
export function listNames(names: readonly string[]): string {
  const shown = names.filter((name) => /^[\w.-]{1,40}$/.test(name))
  const odd = names.length - shown.length
  return [
    ...shown,
    ...(odd > 0 ? [`${odd} that ${odd === 1 ? 'does' : 'do'} not look like a name`] : []),
  ].join(', ')
}

/**
 * Keeps to the characters that `error_description` may have, which are also those of a quoted-string.
 * @see RFC 6749 section 5.2: `%x20-21 / %x23-5B / %x5D-7E`
 */
export function describable(sentence: string): string {
  return sentence.replaceAll('"', "'").replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?')
}
