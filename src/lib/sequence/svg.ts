import { quoted } from '../text/quoted.ts'
import {
  detailLine,
  isDashed,
  type Message,
  requestLine,
  responseLine,
  type Sequence,
  stopLine,
} from './sequence.ts'

/** In pixels. */
const laneWidth = 250
const lineHeight = 16
const margin = 16

/** Colours of its own on a ground of its own: it is read the same on a white page and on a dark one. */
const colour = {
  ground: '#ffffff',
  ink: '#12161d',
  muted: '#4f5866',
  line: '#868f9c',
  plain: '#4f5866',
  ok: '#0c6636',
  warn: '#7d4b00',
  bad: '#ae231b',
} as const

/** How many characters fit into that width, at 12 px in the widest of usual fonts. */
const fitting = (width: number): number => Math.floor(width / 7)

/** The middle of a lane. */
const middle = (lane: number): number => margin + laneWidth * (lane + 0.5)

/** A part of the picture, and where the next one may begin. */
interface Drawn {
  readonly shapes: readonly string[]
  readonly bottom: number
}

/** The sequence as an SVG document that needs nothing else and contains neither script nor link. */
export function toSvg(sequence: Sequence): string {
  const { lanes, messages } = sequence
  const heads = lanes.map(({ title, detail }, index) => {
    const fits = fitting(laneWidth - 16)
    const name = text(middle(index), margin + 12, wrapped(title, fits), { weight: 600, anchor: 'middle' })
    const place = text(middle(index), name.bottom, wrapped(detail, fits), {
      fill: colour.muted,
      anchor: 'middle',
    })
    return { shapes: [...name.shapes, ...place.shapes], bottom: place.bottom }
  })
  const top = Math.max(...heads.map(({ bottom }) => bottom))
  const rows: Drawn[] = []
  for (const message of messages) rows.push(drawn(message, (rows.at(-1)?.bottom ?? top) + 14))
  const bottom = (rows.at(-1)?.bottom ?? top) + 12
  const width = 2 * margin + laneWidth * lanes.length
  const height = bottom + margin
  const lifelines = lanes.map((_lane, index) =>
    line(middle(index), top, middle(index), bottom, { stroke: colour.line, dashed: false }),
  )
  const names = lanes.map(({ name }) => name).join(', ')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escaped(`Sequence: ${names}`)}</title>`,
    `<rect width="${width}" height="${height}" fill="${colour.ground}"/>`,
    ...[...lifelines, ...heads.flatMap(({ shapes }) => shapes), ...rows.flatMap(({ shapes }) => shapes)],
    '</svg>',
    '',
  ].join('\n')
}

function drawn(message: Message, top: number): Drawn {
  if (message.kind === 'note') {
    const left = margin + 8
    const words = text(left + 8, top + 14, wrapped(message.text, fitting(laneWidth - 32)), {})
    const height = words.bottom - top - 8
    const box = `<rect x="${left}" y="${top}" width="${laneWidth - 16}" height="${height}" rx="4" fill="${colour.ground}" stroke="${colour.line}"/>`
    return { shapes: [box, ...words.shapes], bottom: top + height }
  }
  const { to, response } = message
  const start = middle(0)
  const end = middle(to)
  const fits = fitting(end - start - 16)
  const dashed = isDashed(message)
  const request = text(start + 8, top + 12, wrapped(requestLine(message), fits), { weight: 600 })
  const detail = text(start + 8, request.bottom, wrapped(detailLine(message), fits), { fill: colour.muted })
  const out = detail.bottom - 8
  const lost = response?.came === false
  const stop = text(end - 8, out + 18, wrapped(stopLine(message), fits), {
    fill: colour.bad,
    weight: 600,
    anchor: 'end',
  })
  const shapes = [
    ...request.shapes,
    ...detail.shapes,
    line(start, out, end, out, { stroke: colour.ink, dashed }),
    lost ? cross(end, out) : head(end, out, -1, colour.ink),
    ...stop.shapes,
  ]
  if (!response) return { shapes, bottom: stop.bottom - 14 }
  const fill = colour[response.tone]
  const words = text(end - 8, stop.bottom, wrapped(responseLine(response), fits), { fill, anchor: 'end' })
  const back = words.bottom - 8
  if (lost) return { shapes: [...shapes, ...words.shapes], bottom: back }
  const way = line(start, back, end, back, { stroke: fill, dashed: dashed || response.when !== '' })
  return { shapes: [...shapes, ...words.shapes, way, head(start, back, 1, fill)], bottom: back + 4 }
}

interface Look {
  readonly fill?: string
  readonly weight?: number
  readonly anchor?: 'middle' | 'end'
}

/** Lines of text, the first one's base at `y`. Their ground is drawn with them, so that they can be read over a line. */
function text(x: number, y: number, content: readonly string[], look: Look): Drawn {
  const { fill = colour.ink, weight = 400, anchor = 'start' } = look
  const shapes = content.map(
    (words, index) =>
      `<text x="${x}" y="${y + index * lineHeight}" fill="${fill}" font-weight="${weight}" text-anchor="${anchor}" stroke="${colour.ground}" stroke-width="4" paint-order="stroke">${escaped(words)}</text>`,
  )
  return { shapes, bottom: y + content.length * lineHeight }
}

function line(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  { stroke, dashed }: { readonly stroke: string; readonly dashed: boolean },
): string {
  const dashes = dashed ? ' stroke-dasharray="5 4"' : ''
  return `<path d="M${x1} ${y1}L${x2} ${y2}" stroke="${stroke}" stroke-width="1.25"${dashes}/>`
}

/** An arrow’s head with its point at `x`; `away` is the side it comes from. */
const head = (x: number, y: number, away: 1 | -1, fill: string): string =>
  `<path d="M${x} ${y}l${away * 8} -4v8z" fill="${fill}"/>`

const cross = (x: number, y: number): string =>
  `<path d="M${x - 10} ${y - 5}l10 10m0 -10l-10 10" stroke="${colour.bad}" stroke-width="2"/>`

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as XML can hold it: no markup, and none of the characters that no document may contain. */
function escaped(words: string): string {
  return quoted(words)
    .replace(/[\p{Surrogate}\uFFFE\uFFFF]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

/**
 * A text in lines of so many characters, broken after a space, a slash or a hyphen, and elsewhere only if there is none
 * for a whole line. A picture cannot measure its text, so characters are counted.
 */
export function wrapped(text: string, fits: number): string[] {
  // By code points: half of a pair is no character.
  const line = new RegExp(`.{1,${fits}}`, 'gsu')
  const lines: string[] = []
  for (const piece of text.split(/(?<=[ /-])/u)) {
    const last = lines.at(-1)
    if (last !== undefined && (last + piece).trimEnd().length <= fits) lines[lines.length - 1] = last + piece
    else lines.push(...(piece.match(line) ?? []))
  }
  return lines.map((words) => words.trim()).filter(Boolean)
}
