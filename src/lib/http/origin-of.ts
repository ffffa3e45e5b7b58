/** The origin of a URL, `null` where the text is none. @see https://url.spec.whatwg.org/#concept-url-origin */
export function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null
}
