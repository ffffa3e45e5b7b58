import type { Setting } from './setting.ts'

/** References that are followed for one value, one inside the other and in all, and characters of what they lead to. */
const bounds = { depth: 10, count: 200, length: 20_000 }

/** `${NAME}`, `${NAME:-default}` of a shell, `${name:default}` of Spring; `$NAME` in capitals. */
const reference =
  /\$\{([A-Za-z_][\w.-]{0,200})(?:(:-|-|:)([^{}]{0,2000}))?\}|\$([A-Z][A-Z0-9_]{2,80})(?![\w{])/g

/** A setting with its references put in. */
interface Expanded {
  readonly setting: Setting
  /** The names of which the text says nothing, and the reference has a default. */
  readonly defaults: readonly string[]
}

/**
 * Puts in what the same text says of a name, or the default that the reference has. Nothing else is known here: what refers to the environment of a
 * program stays as it is, and is then no value. So does a value with more references than a file has.
 * @param lookup what the text has under a name; `undefined` for nothing
 * @see https://www.gnu.org/software/bash/manual/bash.html#Shell-Parameter-Expansion
 * @see https://docs.spring.io/spring-boot/reference/features/external-config.html#features.external-config.files.property-placeholders
 */
export function expanded(setting: Setting, lookup: (name: string) => string | undefined): Expanded {
  const defaults = new Set<string>()
  let count = 0
  const put = (text: string, depth: number): string =>
    depth === 0 || !text.includes('$') || text.length > bounds.length
      ? text
      : text.replace(
          reference,
          (whole: string, braced?: string, mark?: string, other = '', bare?: string) => {
            count += 1
            const name = braced ?? bare ?? ''
            const value = count > bounds.count ? undefined : lookup(name)
            if (value !== undefined) return put(value, depth - 1)
            if (mark === undefined) return whole
            defaults.add(name)
            return String(other)
          },
        )
  const values = setting.values.map((value) => {
    const text = put(value, bounds.depth)
    return count > bounds.count || text.length > bounds.length ? value : text
  })
  return { setting: { ...setting, values }, defaults: [...defaults] }
}
