import type { Exchange, HttpRequest } from '../http/message.ts'

/** A file that whoever hosts the page may edit: its text, if that is in the document, or its URL. */
export type NextToPage = { readonly text: string } | { readonly url: string }

/**
 * The text of such a file, `null` if there is none; a host that has a page for everything that is missing gives HTML.
 * @param place `null` if there can be none
 * @param ask sends the one request that is needed if the text is not in the document
 * @throws {Error} if no response came
 */
export async function hostFile(
  place: NextToPage | null,
  ask: (request: HttpRequest) => Promise<Exchange>,
): Promise<string | null> {
  if (place === null || 'text' in place) return place?.text ?? null
  const { url } = place
  const { outcome } = await ask({ method: 'GET', url, headers: [['Accept', 'application/json']], body: null })
  if (outcome.kind !== 'response') throw new Error(`There was no response for ${url}.`)
  if (outcome.response.status !== 200) return null
  const text = new TextDecoder().decode(outcome.response.body)
  return text.trimStart().startsWith('<') ? null : text
}
