import { unknown } from '../unknown.ts'
import type { CurlOption } from './curl-options.ts'

/** The known variables of a command. */
type Variables = ReadonlyMap<string, string>

/**
 * Expanding options as what they expand to. A variable from the environment or a file is unknown, and so is one that a
 * function changes.
 * @see https://curl.se/docs/manpage.html#--variable
 */
export function expandOptions(options: readonly CurlOption[]): readonly CurlOption[] {
  const variables = new Map<string, string>()
  return options.map(({ name, value }) => {
    if (name === 'variable') set(variables, value)
    return name.startsWith('expand-')
      ? { name: name.slice('expand-'.length), value: expanded(value, variables) }
      : { name, value }
  })
}

function set(variables: Map<string, string>, definition: string): void {
  const [, name = '', content] = /^(\w+)=(.*)$/s.exec(definition) ?? []
  if (content !== undefined) variables.set(name, content)
}

const expanded = (text: string, variables: Variables): string =>
  text.replace(/\\\{\{|\{\{(\w{1,128})((?::\w+)*)\}\}/g, (all, name?: string, functions?: string) => {
    if (name === undefined) return all.slice(1)
    const known = functions === '' ? variables.get(name) : undefined
    return known ?? unknown(name)
  })
