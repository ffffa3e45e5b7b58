/** What the page runs in, oldest versions first: the README and the notice of the page name these. */
const browsers = { 'Chrome or Edge': '120', Firefox: '125', Safari: '17.4' } as const

/** As a sentence goes on: “Chrome or Edge 120, Firefox 125, Safari 17.4, or a later version”. */
export const supportedBrowsers = [
  ...Object.entries(browsers).map(([name, version]) => `${name} ${version}`),
  'or a later version',
].join(', ')

/**
 * What the page needs that a browser before those lacks, each with the condition by which a script sees that it is there.
 * The script in the HTML tests them, in any browser; a page that lacks one does not start.
 */
export const neededFeatures: Readonly<Record<string, string>> = {
  // Chromium 120, Firefox 115, Safari 17
  'URL.canParse': '"canParse" in URL',
  // Chromium 110, Firefox 115, Safari 16
  'Array.prototype.toSorted': '"toSorted" in []',
  // Chromium 114, Firefox 125, Safari 17
  popover: '"popover" in document.documentElement',
  // Chromium 105, Firefox 106, Safari 17.4
  checkVisibility: '"checkVisibility" in document.documentElement',
  // Chromium 105, Firefox 121, Safari 15.4
  ':has()': 'CSS.supports("selector(:has(a))")',
}
