/** What browsers say of a module that did not load, and Vite of its styles. */
const didNotLoad = [
  // Chromium and Firefox
  /dynamically imported module/,
  // Safari; the second if a host sends a page in place of a script that it does not have
  /Importing a module script failed/,
  /is not a valid JavaScript MIME type/,
  /Unable to preload CSS/,
]

/**
 * Said if a part of the page did not load: there is no connection any more, or a newer version is in its place. Firefox does not
 * ask for it again before the page is reloaded.
 */
export const partMissing =
  'A part of this page did not load. Reload the page: a newer version may be there. A reload keeps what this browser stores of the form. It forgets secrets, tokens, the API call, History, and keys that are not remembered.'

/** What to say of an error that kept the page itself from doing its part. Nothing was sent then, or not by that. */
export function troubleWords(error: unknown): string {
  const text = String(error)
  return didNotLoad.some((words) => words.test(text)) ? partMissing : `The page could not do that: ${text}`
}
