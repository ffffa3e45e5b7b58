/** What a JSON object holds, before any check. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a value out of JSON is an object, which an array is not. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a JSON text says; `undefined`, which no JSON says, if it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // SyntaxError: the text is not JSON
    return undefined
  }
}
