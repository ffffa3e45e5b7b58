import { unknown } from '../unknown.ts'

/** `@name = value` of a file for an editor, wherever it is. */
const definition = /^[ \t]*@([^\s=]{1,100})[ \t]*=(.*)$/

const use = /\{\{([^{}\n]{1,200})\}\}/g

/** More is not put in, in characters: a few variables can multiply. */
const longest = 4 * 1024 * 1024

/** Puts the variables of a file into a text. */
export type Fill = (text: string) => string

/** Whether a line of a file sets a variable. */
export const setsVariable = (line: string): boolean => definition.test(line)

/**
 * The variables that a file sets itself, each in terms of others. What comes from the environment, from a prompt or from the
 * response to another request is unknown.
 * @see https://github.com/Huachao/vscode-restclient#variables, https://www.jetbrains.com/help/idea/http-client-variables.html
 */
export function fileVariables(lines: readonly string[]): Fill {
  const written = new Map<string, string>()
  for (const line of lines) {
    const [, name, value = ''] = definition.exec(line) ?? []
    if (name !== undefined) written.set(name, value.trim())
  }
  const values = new Map<string, string>()
  let spent = 0
  const fill: Fill = (text) =>
    text.replace(use, (_all, typed: string) => {
      const inner = typed.trim()
      const isEncoded = inner.startsWith('%')
      const value = valueOf(isEncoded ? inner.slice(1) : inner)
      return isEncoded ? encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\uFFFD')) : value
    })
  const valueOf = (name: string): string => {
    const text = written.get(name)
    if (text === undefined) return unknown(spoken(name))
    if (!values.has(name)) {
      // In terms of itself it has no value either.
      values.set(name, unknown(name))
      values.set(name, fill(text))
    }
    const value = values.get(name) ?? ''
    spent += value.length
    return spent > longest ? unknown(name) : value
  }
  return fill
}

/** `$processEnv NAME` and `$dotenv NAME` by the name alone. */
const spoken = (name: string): string =>
  name.replace(/^\$(?:processEnv|dotenv)\s+%?/, '').replace(/^\$env\./, '')
