/** Browsers differ in what they let a page do and notice; of `other` nothing is assumed. */
export type Engine = 'chromium' | 'firefox' | 'webkit' | 'other'

/**
 * What a browser is made with, by what it says of itself: no feature tells it, as each engine soon has those of the others.
 * Every browser of iOS is made with WebKit, whatever its name.
 */
export function engineOf(userAgent: string): Engine {
  if (/\bFirefox\//.test(userAgent)) return 'firefox'
  if (/\bChrom(e|ium)\//.test(userAgent)) return 'chromium'
  return /\bAppleWebKit\//.test(userAgent) ? 'webkit' : 'other'
}
