import { jwt, type PastedJwt } from './jwt.ts'
import type { Kind } from './kind.ts'

/** What a pasted text is, with what was read of it on the way. */
export type Recognised = PastedJwt

/** A longer text is not examined, in characters: none of these kinds is that long. */
const longest = 8 * 1024 * 1024

/** The first that recognises a text has it, so what holds others in it comes before them. */
const kinds: readonly Kind<Recognised>[] = [jwt]

/** Says what a pasted text is; `null` if that is not clear. Never throws. */
export function recognise(text: string): Recognised | null {
  if (text.length > longest) return null
  for (const kind of kinds) {
    const found = kind.recognise(text)
    if (found !== null) return found
  }
  return null
}
