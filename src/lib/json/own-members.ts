/** What the text of a JSON value came to, without a promise that no digit is lost: it is for checking and for merging. */
export type Parsed =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string }

/** Parses JSON; what is wrong is said in the platform's words. Never throws. @see RFC 8259 */
export function parsePlain(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) as unknown }
  } catch (error) {
    // SyntaxError: the text is being typed
    return { ok: false, message: `Not JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** The members of a JSON object that the user typed; empty text is an empty object. */
export type OwnMembers =
  | { readonly ok: true; readonly members: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly message: string }

/** Reads the text of a JSON object. Never throws. @see RFC 8259 section 4 */
export function ownMembers(text: string): OwnMembers {
  const parsed = parsePlain(text.trim() === '' ? '{}' : text)
  if (!parsed.ok) return parsed
  if (isObject(parsed.value)) return { ok: true, members: { ...parsed.value } }
  return { ok: false, message: 'This is JSON, and not an object: {"name": "value"}.' }
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
