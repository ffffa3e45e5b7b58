import type { Rule } from './problem.ts'
import { strayText } from '../../text/stray-text.ts'

/** What a paste brought along unseen. */
export const stray: Rule = (value) => {
  const found = strayText(value)
  if (!found || found.cleaned === '') return null
  return {
    level: 'warning',
    message: `Contains ${found.what}, which may come from a paste.`,
    fix: { label: 'Remove', value: found.cleaned },
  }
}

/** Half a character cannot be put into bytes. */
export const loneSurrogate: Rule = (value) => {
  if (!/\p{Surrogate}/u.test(value)) return null
  return {
    level: 'error',
    message: 'Contains half a character (a lone surrogate): there is no UTF-8 for it.',
  }
}
