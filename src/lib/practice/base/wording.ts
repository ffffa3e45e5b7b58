/** What a request said, short enough for a sentence: a pasted novel is cut. */
export function quote(value: string): string {
  return value.length > 60 ? `'${value.slice(0, 60)}...'` : `'${value}'`
}

/** A value out of JSON for a sentence; what is nested deeper than a list is not looked into. */
export function show(value: unknown): string {
  if (!Array.isArray(value)) return showOne(value)
  const shown = value.slice(0, 4).map(showOne)
  return `[${[...shown, ...(value.length > 4 ? ['...'] : [])].join(', ')}]`
}

function showOne(value: unknown): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value !== 'object' || value === null) return String(value)
  return Array.isArray(value) ? 'a list' : 'an object'
}

/** When something was or will be, both in seconds: "30 s ago", "in 5 s". */
export function when(time: number, now: number): string {
  return time <= now ? `${now - time} s ago` : `in ${time - now} s`
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
