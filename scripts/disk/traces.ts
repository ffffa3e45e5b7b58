import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mozLz4, snappyBlocks } from './decoders.ts'

/** A file that has one of the texts that were looked for. */
export interface Trace {
  readonly text: string
  /** From the folder that was searched. */
  readonly file: string
  /** How it is written there. */
  readonly form: string
}

/** Every file of a folder that has one of the texts, in whatever way a browser writes it down, compressed or not. */
export function tracesIn(folder: string, texts: readonly string[]): Trace[] {
  const forms = texts.flatMap(formsOf)
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return tracesOf(readFileSync(path), path.slice(folder.length + 1), forms)
    })
}

type Form = Omit<Trace, 'file'> & { readonly bytes: Buffer }

function tracesOf(content: Buffer, file: string, forms: readonly Form[]): Trace[] {
  const found = new Map<string, Trace>()
  for (const { how, bytes: layer } of layersOf(content))
    for (const { text, form, bytes } of forms)
      if (layer.includes(bytes)) found.set(`${text} ${form}`, { text, file, form: `${form}${how}` })
  return [...found.values()]
}

/** A file as it is, and what is compressed in it. */
function* layersOf(content: Buffer): Generator<{ how: string; bytes: Buffer }> {
  yield { how: '', bytes: content }
  const unpacked = mozLz4(content)
  if (unpacked) yield { how: ' in mozLz4', bytes: unpacked }
  // As one: there are many that are none, and a text is looked for in many forms.
  yield { how: ' in Snappy', bytes: Buffer.concat([...snappyBlocks(content)]) }
}

/** A text as it may be written: as bytes of UTF-8 and UTF-16, escaped as in URLs and JSON, in base64 of either, and what is in base64 itself as its bytes, as a key has them. */
function formsOf(text: string): Form[] {
  const percent = encodeURIComponent(text)
  const plain: Readonly<Record<string, string>> = {
    'as it is': text,
    'percent-encoded': percent,
    'percent-encoded in lower case': percent.replace(/%../g, (escape) => escape.toLowerCase()),
    'form-encoded': new URLSearchParams([['', text]]).toString().slice(1),
    'in JSON': JSON.stringify(text).slice(1, -1),
    ...base64Of('UTF-8', Buffer.from(text)),
    ...base64Of('UTF-16', Buffer.from(text, 'utf16le')),
  }
  const written = Object.entries(plain).filter(
    ([form, value], index, all) =>
      value !== '' && all.findIndex(([, other]) => other === value) === index && form !== '',
  )
  const decoded = /^[\w+/-]{40,}={0,2}$/.test(text)
    ? [{ text, form: 'as the bytes of its base64', bytes: Buffer.from(text, 'base64') }]
    : []
  return [
    ...decoded,
    ...written.flatMap(([form, value]) => [
      { text, form, bytes: Buffer.from(value) },
      { text, form: `${form}, UTF-16`, bytes: Buffer.from(value, 'utf16le') },
    ]),
  ]
}

/** What base64 has of some bytes wherever they are in what is encoded: without the characters that depend on what is next to them. */
function base64Of(of: string, bytes: Buffer): Record<string, string> {
  const aligned = [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '')
    const whole = Math.floor(((before + bytes.length) * 8) / 6)
    return encoded.slice([0, 2, 3][before], whole)
  })
  return Object.fromEntries(
    aligned.flatMap((text, before) => [
      [`in base64 of ${of}, ${before} bytes in`, text],
      [`in base64url of ${of}, ${before} bytes in`, text.replaceAll('+', '-').replaceAll('/', '_')],
    ]),
  )
}
