/** The values of a pattern's variables, by name. */
export type Values = Readonly<Record<string, string>>

/** A variable, with the slash before it. */
const variable = /(\/?)\{(\w+)\}/g

/**
 * Puts values into a pattern such as `{base}/realms/{realm}/token`; a value that is not there counts as empty. `{base}`
 * goes in as it is, without slashes at its end; every other value as one segment of a path, percent-encoded, and an
 * empty one leaves no segment: no address has two slashes where the pattern has one. @see RFC 3986 section 2.1
 */
export function expand(pattern: string, values: Values): string {
  return pattern.replace(variable, (_whole, slash: string, name: string) => {
    const value = values[name] ?? ''
    if (name === 'base') return slash + value.replace(slashesAtEnd, '$1')
    return value === '' ? '' : slash + encodeURIComponent(wellFormed(value))
  })
}

/** Those of a path; those of `https://` are no end of a base, but its beginning. */
const slashesAtEnd = /(^|[^:/])\/+$/

/** The inverse of `expand`: the values that make a pattern into this URL; `null` if none do. */
export function match(pattern: string, url: string): Values | null {
  const names = [...pattern.matchAll(variable)].map(([, , name = '']) => name)
  const shapes = names.map((name) => (name === 'base' ? base : segment))
  const literals = pattern
    .split(/\/?\{\w+\}/)
    .map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const source = literals.map((literal, index) => literal + (shapes[index] ?? ''))
  const found = new RegExp(`^${source.join('')}$`, 's').exec(url)
  if (!found) return null
  const read = (name: string, text = ''): string => (name === 'base' ? text : decoded(text))
  return Object.fromEntries(names.map((name, index) => [name, read(name, found[index + 1])]))
}

/**
 * It may have slashes and a port, and is as short as can be, since a segment may be missing. It does not end in a slash,
 * nor inside of `://`, where a realm would replace the host.
 */
const base = '(.*?)(?<!:/?|(?:^|[^:/])/+)'
const segment = '(?:/([^/?#]+))?'

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // URIError: a percent sign that is none of the encoding's
    return text
  }
}

/** Half a character cannot be encoded; the replacement character is used for it. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD')
