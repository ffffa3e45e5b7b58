import { mask } from '../http/redact.ts'
import { looks, type Span } from './looks.ts'
import { viewsOf } from './views.ts'

/** Masks secrets in any text: those it knows, in whatever they are encoded, and what is a secret by its look or its name. */
export class Masker {
  readonly #known: ReadonlyMap<string, readonly string[]>
  #places = 0

  /** @param known secrets that are long and odd enough to be looked for everywhere */
  constructor(known: Iterable<string>) {
    const byBeginning = new Map<string, string[]>()
    for (const secret of known) {
      const beginning = secret.slice(0, beginningLength)
      if (secret.length < beginningLength) continue
      byBeginning.set(beginning, [...(byBeginning.get(beginning) ?? []), secret])
    }
    this.#known = byBeginning
  }

  /** In how many places something was masked so far. */
  get places(): number {
    return this.#places
  }

  /** A mark in the place of a secret that was found without this. */
  put(mark: string): string {
    this.#places += 1
    return mark
  }

  /**
   * The text with each secret masked.
   * @param mark what is put in the place of a secret
   * @param limit at which character the text is cut; a secret on the cut is masked
   */
  hide(text: string, mark = mask, limit = Infinity): string {
    const spans = this.#spansIn(text).filter(([start]) => start < limit)
    let from = 0
    let hidden = ''
    for (const [start, end] of spans) {
      hidden += text.slice(from, start) + masked(text, [start, end], this.put(mark))
      from = end
    }
    return hidden + text.slice(from, Math.max(from, Math.min(text.length, limit)))
  }

  #spansIn(text: string): readonly Span[] {
    const found = viewsOf(text).flatMap(({ text: decoded, origin }) =>
      [...this.#knownIn(decoded), ...looks.flatMap((look) => [...look(decoded)])]
        .filter(([start, end]) => end > start && !isMark.test(decoded.slice(start, end)))
        .map(([start, end]) => origin(start, end)),
    )
    return joined(found)
  }

  *#knownIn(text: string): Iterable<Span> {
    if (this.#known.size === 0) return
    for (let at = 0; at + beginningLength <= text.length; at += 1) {
      const candidates = this.#known.get(text.slice(at, at + beginningLength)) ?? []
      for (const secret of candidates) if (text.startsWith(secret, at)) yield [at, at + secret.length]
    }
  }
}

/** As many characters of a secret are its entry in the index. */
const beginningLength = 4

/** What is masked by now is not masked again. */
const isMark = /^(?:(?:basic|bearer|dpop)\s)?(?:•+|\*{8})$/i

/** Those that overlap as one, in order. */
function joined(spans: readonly Span[]): readonly Span[] {
  const sorted = spans.toSorted(([one], [other]) => one - other)
  const all: [number, number][] = []
  for (const [start, end] of sorted) {
    const last = all.at(-1)
    if (last && start < last[1]) last[1] = Math.max(last[1], end)
    else all.push([start, end])
  }
  return all
}

/** A scheme stays readable, and a number of JSON becomes a string. */
function masked(text: string, [start, end]: Span, mark: string): string {
  const secret = text.slice(start, end)
  const scheme = /^(?:basic|bearer|dpop)\s+/i.exec(secret)?.[0] ?? ''
  const isNumber =
    /^-?\d[\d.e+-]*$/i.test(secret) && /:\s{0,20}$/.test(text.slice(Math.max(0, start - 24), start))
  return scheme + (isNumber ? `"${mark}"` : mark)
}
