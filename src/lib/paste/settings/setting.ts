import { isObject } from '../../json/own-members.ts'

/** A value of a file under its name. */
export interface Setting {
  /** With all that it is in: `AzureAd.ClientId`, `KEYCLOAK_CLIENT_ID`. */
  readonly name: string
  /** Several for a list. */
  readonly values: readonly string[]
  /** A number may be written otherwise than its digits, and `true` is no text. */
  readonly type: 'text' | 'number' | 'other'
}

/** A word of a name, in lower case, and where it begins. */
export interface Word {
  readonly text: string
  readonly at: number
}

/** Levels, settings and characters of a name that are looked at: no file of settings has more. */
const bounds = { depth: 14, settings: 5000, name: 300, list: 100 }

/** A text under a name. */
export const setting = (name: string, value: string): Setting => ({ name, values: [value], type: 'text' })

/** The words of a name, whatever separates them: `clientId`, `client-id`, `CLIENT_ID` and `Client ID` have two. */
export const wordsOf = (name: string): readonly Word[] =>
  [...name.matchAll(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g)].map(({ 0: text, index }) => ({
    text: text.toLowerCase(),
    at: index,
  }))

/**
 * All values of a document with their names, own members only, in order. A list of objects with `name` and `value`, and one of texts such as
 * `NAME=value`, is read as the variables that it is; a JWK is one value.
 * @param separator between the names of objects inside each other
 */
export function settingsOf(document: unknown, separator = '.'): readonly Setting[] {
  const found: Setting[] = []
  const add = (name: string, values: readonly string[], type: Setting['type']): void => {
    if (name !== '' && name.length <= bounds.name) found.push({ name, values, type })
  }
  const walk = (value: unknown, name: string, depth: number): void => {
    if (found.length >= bounds.settings) return
    const inside = (own: string): string => (name === '' ? own : `${name}${separator}${own}`)
    if (Array.isArray(value)) {
      const items: readonly unknown[] = value
      const texts = items.slice(0, bounds.list).flatMap(textOf)
      const variables = texts.map((text) => variable.exec(text))
      if (items.length > 0 && variables.length === items.length && variables.every((one) => one !== null))
        for (const [, own = '', text = ''] of variables) add(inside(own), [text], 'text')
      else if (items.length > 0 && texts.length === items.length) add(name, texts, typeOf(items[0]))
      else if (depth > 0) items.forEach((item, index) => walkItem(item, inside, index, depth))
    } else if (!isObject(value)) {
      if (value !== null && value !== undefined) add(name, textOf(value), typeOf(value))
    } else if (Object.hasOwn(value, 'kty')) add(name, [JSON.stringify(value)], 'text')
    else if (depth > 0) for (const own of Object.keys(value)) walk(value[own], inside(own), depth - 1)
  }
  const walkItem = (item: unknown, inside: (own: string) => string, index: number, depth: number): void => {
    const { name, value } = isObject(item) ? item : {}
    if (
      typeof name === 'string' &&
      variableName.test(name) &&
      (typeof value === 'string' || typeof value === 'number')
    )
      walk(value, inside(name), depth - 1)
    else walk(item, inside(String(index)), depth - 1)
  }
  walk(document, '', bounds.depth)
  return found
}

const variableName = /^[A-Za-z_][\w.-]{0,200}$/
const variable = /^([A-Za-z_][\w.-]{0,200})=([^]*)$/

const textOf = (value: unknown): readonly string[] =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : []

const typeOf = (value: unknown): Setting['type'] =>
  typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'other'
