/**
 * A part of a text whose value the text does not have: a variable of a shell, an editor or a program. Readers put a mark
 * in its place, of characters that no text is made of, so that it survives every encoding a request has.
 * @see https://www.unicode.org/faq/private_use.html#noncharacters
 */
export const unknown = (name: string): string => `\uFDD0{${name.replace(/[{}\uFDD0\uFDD1]/g, '')}}\uFDD1`

const eachUnknown = /\uFDD0\{([^{}\uFDD0\uFDD1]{1,200})\}\uFDD1/g

/** The names of the unknown parts of a text, each once; empty if its value is whole. */
export const unknownIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(eachUnknown)].map(([, name = '']) => name)),
]
