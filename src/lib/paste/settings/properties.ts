import { isObject } from '../../json/own-members.ts'
import { type Setting, settingsOf } from './setting.ts'

/** Characters and lines that are read. */
const bounds = { characters: 500_000, lines: 5000 }

const property = /^([^\s=:]+(?:\\[ :=][^\s=:]*)*)[ \t]*(?:[=:][ \t]*|[ \t]+)(.*)$/

/**
 * The entries of a `.properties` file, with its escapes and the lines that go on.
 * @see https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)
 */
function propertiesIn(text: string): readonly Setting[] {
  if (text.length > bounds.characters) return []
  const lines = text.replace(/(?<!\\)((?:\\\\)*)\\\r?\n[ \t]*/g, '$1').split(/\r?\n/, bounds.lines)
  return lines.flatMap((line) => {
    const [, name, value = ''] = /^\s*[#!]/.test(line) ? [] : (property.exec(line.trimStart()) ?? [])
    return name === undefined
      ? []
      : [{ name: unescaped(name), values: [unescaped(value.trimEnd())], type: 'text' as const }]
  })
}

const unescaped = (text: string): string =>
  text.replace(/\\(?:u([\da-fA-F]{4})|([^]))/g, (_, hex?: string, sign = '') =>
    hex === undefined
      ? ({ n: '\n', t: '\t', r: '\r', f: '\f' }[sign as string] ?? String(sign))
      : String.fromCharCode(Number.parseInt(hex, 16)),
  )

/** A setting of Spring under its canonical name: relaxed binding ignores case and hyphens. */
export interface Property {
  /** In lower case, without hyphens. */
  readonly path: readonly string[]
  /** As it is written. */
  readonly names: readonly string[]
  readonly setting: Setting
}

/**
 * The properties of a YAML document or a `.properties` text; elements of a list are one of them.
 * @see https://docs.spring.io/spring-boot/reference/features/external-config.html#features.external-config.typesafe-configuration-properties.relaxed-binding
 */
export function springProperties(text: string, document: unknown): readonly Property[] {
  const settings = isObject(document) ? settingsOf(document) : propertiesIn(text)
  const found = new Map<string, Property>()
  for (const setting of settings) {
    const [whole = '', index] = /^(.*?)(?:\[(\d+)\])?$/s.exec(setting.name)?.slice(1) ?? []
    const names = whole.split('.').flatMap((name) => name.replace(/^\[(.*)\]$/, '$1'))
    const path = names.map((name) => name.toLowerCase().replaceAll('-', ''))
    const before = index === undefined ? undefined : found.get(path.join('.'))
    const values = [...(before?.setting.values ?? []), ...setting.values]
    found.set(path.join('.'), { path, names, setting: { ...setting, name: whole, values } })
  }
  return [...found.values()]
}
