/** A URL that white space breaks, in its scheme or its path, and nothing else. */
export const isBroken = (text: string): boolean =>
  /^(http s|https?)\s*:?\s*\/?\s*\/\s*[\w[]\S*$/i.test(text) && /\s/.test(text)
    ? true
    : /^https?:\/\/[^\s"'`?]+(\s+(?!HTTP\/)[\w.~%/-]*[\w/])+$/i.test(text) && !/\s-/.test(text)

/** A URL without what encloses it in a command, a message, a document or a list, its scheme mended; `null` if there is none. */
export function urlIn(text: string): string | null {
  const [, path, host] =
    /^(?:POST|GET) (\/\S*) HTTP\/[\d.]+[^]*?(?<![A-Za-z-])Host:\s*([\w.:[\]-]+)/i.exec(text) ?? []
  if (path !== undefined && host !== undefined)
    return `http${/^(localhost|127\.|\[::1\])/i.test(host) ? '' : 's'}://${host}${path}`
  const all = [...text.replaceAll('\\/', '/').matchAll(/https?:\/\/[^\s"`“”‘’«»]+/gi)].map(([url]) =>
    withoutEnd(url),
  )
  const found =
    all.find((url) => /token/i.test(url)) ?? all[0] ?? withoutEnd(text.replace(/^["'`“”‘’<(]+/, ''))
  let rest = found
  // A scheme that was pasted after the one that was there.
  while (/^https?:\/\/+(?=h?ttps?(?::|\/\/))/i.test(rest)) rest = rest.replace(/^https?:\/\/+/i, '')
  return mendScheme(rest)
}

/** `http:/`, `https//`, `htps://`: what was meant is clear; a host alone is another matter. */
export function mendScheme(text: string): string | null {
  if (/^https?:\/\/[^/]/i.test(text)) return text
  // Its first letters are missing.
  const [cut, letters = ''] = /^([htps]{0,4}):\/\/(?=[\w[])/i.exec(text) ?? []
  if (cut !== undefined) {
    const rest = text.slice(cut.length)
    const isHere = letters === '' && /^(localhost|127\.|\[::1\])/i.test(rest)
    return `http${isHere || /p$/i.test(letters) ? '' : 's'}://${rest}`
  }
  const [all, s = ''] =
    /^h{1,2}t{1,3}p{1,2}(s{0,2})(?:[:;.]{1,2}[\\/]{0,4}|[\\/]{1,3})(?=[\w[])/i.exec(text) ?? []
  if (all === undefined || /\s/.test(text)) return null
  const url = `http${s === '' ? '' : 's'}://${text.slice(all.length).replaceAll('\\', '/')}`
  return URL.canParse(url) ? url : null
}

/** Signs at the end are of the sentence, unless a bracket was opened before. */
function withoutEnd(url: string): string {
  let rest = url
  for (;;) {
    const [sign] = /[.,;:!…\\^<>)\]}'’]$/.exec(rest) ?? []
    if (sign === undefined) return rest
    const open = { ')': '(', ']': '[', '}': '{', '>': '<' }[sign]
    if (open !== undefined && rest.includes(open)) return rest
    rest = rest.slice(0, -1)
  }
}
