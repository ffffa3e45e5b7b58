import type { Setting } from './setting.ts'

/** References that are followed, one inside the other, and characters of a value that they lead to. */
const bounds = { depth: 10, length: 20_000 }

/** `${NAME}`, `${NAME:-default}` of a shell, `${name:default}` of Spring. */
const reference = /\$\{([A-Za-z_][\w.-]{0,200})(?:(:-|-|:)([^{}]{0,2000}))?\}/g
/** `$NAME`, in capitals: signs of a secret are not followed by a whole name of the same file. */
const bare = /\$([A-Z][A-Z0-9_]{2,80})(?![\w{])/g

/** A setting with its references put in, and those that are not in the text, by name. */
interface Expanded {
  readonly setting: Setting
  /** What the default of the text itself was used for. */
  readonly defaults: readonly string[]
}

/**
 * Puts in what the same text says of a name, or the default that the reference has. Nothing else is known here: what refers to the environment of a
 * program stays as it is, and is then no value.
 * @param lookup what the text has under a name; `undefined` for nothing
 * @see https://www.gnu.org/software/bash/manual/bash.html#Shell-Parameter-Expansion
 * @see https://docs.spring.io/spring-boot/reference/features/external-config.html#features.external-config.files.property-placeholders
 */
export function expanded(setting: Setting, lookup: (name: string) => string | undefined): Expanded {
  const defaults = new Set<string>()
  const put = (text: string, depth: number): string => {
    if (depth === 0 || !text.includes('$') || text.length > bounds.length) return text
    const replaced = text
      .replace(
        reference,
        (whole: string, name: string, mark: string | undefined, other: string | undefined) => {
          const value = lookup(name)
          if (value !== undefined && value !== text) return put(value, depth - 1)
          if (mark === undefined) return whole
          defaults.add(name)
          return other ?? ''
        },
      )
      .replace(bare, (whole: string, name: string) => {
        const value = lookup(name)
        return value === undefined || value === text ? whole : put(value, depth - 1)
      })
    return replaced.length > bounds.length ? text : replaced
  }
  const values = setting.values.map((value) => put(value, bounds.depth))
  return { setting: { ...setting, values }, defaults: [...defaults] }
}
