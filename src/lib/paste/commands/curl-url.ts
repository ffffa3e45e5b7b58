import type { Refused } from '../pasted-request.ts'

/** A range of numbers or letters, for which curl makes several URLs. */
const range = /^\[(?:\d+-\d+|[a-zA-Z]-[a-zA-Z])(?::\d+)?\]/

/**
 * The URL of a command. curl makes several URLs of lists in braces and of ranges in brackets, and reads a backslash before
 * a brace or a bracket as an escape. Braces with one name in them are a placeholder, which no server has.
 * @param isPlain whether braces and brackets have no meaning: `--globoff`
 * @param added what goes into the query
 * @see https://curl.se/docs/manpage.html
 */
export function curlUrl(
  written: string,
  isPlain: boolean,
  added: readonly (string | null)[],
): { readonly url: string } | Refused {
  const several = { refusal: 'curl makes several URLs of the braces or brackets in this one. Write one URL.' }
  if (!isPlain) {
    const unescaped = written.replace(/\\[[\]{}]/g, '')
    if (/\{[^{},]*,[^{}]*\}/.test(unescaped)) return several
    const bracket = unescaped.indexOf('[')
    if (bracket >= 0 && range.test(unescaped.slice(bracket, bracket + 100))) return several
  }
  const plain = isPlain ? written : written.replace(/\\([[\]{}])/g, '$1')
  const query = added.filter((text) => text !== null && text !== '').join('&')
  if (query === '') return { url: plain }
  const [before = ''] = plain.split('#', 1)
  return { url: before + (before.includes('?') ? (/[?&]$/.test(before) ? '' : '&') : '?') + query }
}
