import { empty } from '../base/response.ts'

type Fields = Readonly<Record<string, string>>

/** How System.Text.Json writes what could end an HTML attribute or element, and all that is not ASCII. */
const escaped = /[&'+<>`\u007f-\uffff]/g

/**
 * JSON as System.Text.Json writes it, with two spaces for each level or on one line.
 * @see https://learn.microsoft.com/dotnet/standard/serialization/system-text-json/character-encoding
 */
export function dotnetJson(value: object, indented = false): string {
  return JSON.stringify(value, undefined, indented ? 2 : undefined)
    .replaceAll('\\"', '\\u0022')
    .replace(escaped, (one) => `\\u${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
}

/** A response with a text of JSON in it, whose media type is part of the fields. */
export function withBody(status: number, body: string, fields: Fields): Response {
  const { statusText, headers } = empty(status, fields)
  return new Response(body, { status, statusText, headers })
}
