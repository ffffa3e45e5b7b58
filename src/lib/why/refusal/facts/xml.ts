import type { JsonValue } from '../../../json/value.ts'

const most = { characters: 20_000, elements: 60 }

const text = (value: string): JsonValue => ({ kind: 'string', value, source: JSON.stringify(value) })

const entities: Readonly<Record<string, string>> = { quot: '"', apos: "'", amp: '&', lt: '<', gt: '>' }

const readable = (value: string): string =>
  value.replace(/&(quot|apos|amp|lt|gt);/g, (_, name: string) => entities[name] ?? '').trim()

/** An element with text alone in it, plain or as CDATA; the prefix of its name is left out. */
const leaf =
  /<(?:[\w.-]+:)?([\w.-]+)(?:\s[^<>]{0,2000})?>(?:\s*<!\[CDATA\[([^\]]{1,2000})\]\]>\s*|([^<]{1,2000}))<\//g

const attribute = /\s(?:[\w.-]+:)?([\w.-]+)="([^"<>]{1,2000})"/g

/** Whether it looks like XML, and is no web page. */
const isXml = (body: string): boolean =>
  /^\s*<(?:\?xml\b|[A-Za-z_][\w.:-]*[\s/>])/.test(body) &&
  !/^\s*<(?:!doctype html|html|head|body)\b/i.test(body) &&
  !/<html\b/i.test(body.slice(0, 500))

/**
 * What XML of any vocabulary says, flat: the texts of its innermost elements and of its attributes by their names
 * without prefixes, as members of an object. A fault has the same names there as in JSON. `null` if it is no XML.
 * Never throws, reads a bounded part, resolves no entity of its own.
 */
export function membersOfXml(body: string): JsonValue | null {
  if (!isXml(body)) return null
  const read = body.slice(0, most.characters)
  const tags = read.replace(
    /<\?[^>]{0,300}\?>|\sxmlns(?::\w+)?="[^"]{0,300}"|\s\w+:schemaLocation="[^"]{0,300}"/g,
    '',
  )
  const found = [
    ...[...tags.matchAll(leaf)].map(([, name = '', data, plain = '']) => [name, data ?? plain] as const),
    ...[...tags.matchAll(attribute)].map(([, name = '', value = '']) => [name, value] as const),
  ]
  const members = found.slice(0, most.elements).flatMap(([key, value]) => {
    const said = readable(value)
    return said === '' ? [] : [{ key, keySource: JSON.stringify(key), value: text(said), duplicate: false }]
  })
  return members.length === 0 ? null : { kind: 'object', members }
}
