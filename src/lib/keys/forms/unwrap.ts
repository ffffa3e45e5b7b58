/** A text without what it is wrapped in, and in words what that was; both as they came if there is nothing. */
export interface Unwrapped {
  readonly text: string
  readonly removed: readonly string[]
}

/** What changes all of a text on its way: what it looks like, and how to undo it. */
interface Layer {
  readonly says: string
  readonly seen: RegExp
  readonly undo: (text: string) => string
}

const entity =
  /&(?:#(\d{1,6})|#x([\da-f]{1,5})|(quot|apos|amp|lt|gt|nbsp|newline|tab|plus|sol|equals|hyphen));?/gi
const names: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  newline: '\n',
  tab: '\t',
  plus: '+',
  sol: '/',
  equals: '=',
  hyphen: '-',
}

/** The layers that are looked for, the outermost first. */
const layers: readonly Layer[] = [
  {
    says: 'characters that cannot be seen',
    seen: /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/,
    undo: (text) => text.replace(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/g, ''),
  },
  { says: 'HTML entities', seen: new RegExp(entity.source, 'i'), undo: withoutEntities },
  // base64 and JSON have no percent sign, and a percent-encoded text has no line break.
  {
    says: 'percent-encoding',
    seen: /%(?:0[AD]|2[0BDF]|3[AD]|5[BD]|7[BD]|22)/i,
    undo: (text) =>
      (/[\s]/.test(text.trim()) ? text : text.replaceAll('+', ' ')).replace(
        /%([\da-f]{2})/gi,
        (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)),
      ),
  },
  {
    says: 'quotation marks',
    seen: /^\s*"(?=[^"{[])[^"]*"\s*$|^\s*'[^']*'\s*$|^\s*`[^]*`\s*$|^\s*[\u2018\u201C\u201E\u00AB][^]*[\u2019\u201C\u201D\u00BB]\s*$/,
    undo: (text) => (isJson(text) ? text : text.trim().slice(1, -1).trim()),
  },
]

const isJson = (text: string): boolean => /^\s*"(?:[^"\\]|\\[^])*"\s*$/.test(text)

function withoutEntities(text: string): string {
  return text.replace(entity, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return names[name.toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/** Removes what the whole of a text was encoded with or put between. The text inside may be wrapped again. */
export function unwrap(text: string): Unwrapped {
  let inner = text
  const removed: string[] = []
  for (const { says, seen, undo } of layers) {
    const undone = seen.test(inner) ? undo(inner) : inner
    if (undone === inner) continue
    inner = undone
    removed.push(says)
  }
  return { text: inner.trim(), removed }
}
