import { isObject } from '../../json/own-members.ts'
import { hidesSecret } from '../../text/hides-secret.ts'
import { invisibleIn } from '../../text/invisible.ts'
import { quoted } from '../../text/quoted.ts'

/** Says what is wrong with a lesson, and so refuses it. */
export type Say = (problem: string) => void

/** What a member of a lesson has to be. */
export interface Kind<T> {
  /** After “has to be”, in a sentence and in the table of the README. */
  readonly is: string
  /** Reads it, or says what is wrong and gives anything. Its place is a path, such as `lessons[0].steps[1].what`. */
  readonly read: (value: unknown, place: string, say: Say) => T | undefined
  /** What it is if it is left out; `null` if it must not be. */
  readonly leftOut: { readonly value: T | undefined } | null
  /** The members of the objects in it, for the table. */
  readonly rows: Rows | null
}

/** Kinds by the names of members. */
export type Rows = Readonly<Record<string, Kind<unknown>>>

type RowsOf<T> = { readonly [Name in keyof Required<T>]: Kind<Exclude<T[Name], undefined>> }

/** A kind by what it has to be, and a function that gives `undefined` for a value that is of another kind. */
export function kind<T>(is: string, pick: (value: unknown) => T | undefined): Kind<T> {
  return {
    is,
    read: (value, place, say) => {
      const picked = pick(value)
      if (picked === undefined) say(`${place} has to be ${is}.`)
      return picked
    },
    leftOut: null,
    rows: null,
  }
}

/** The same that may be left out, and is this value then; without one it is not there. */
export const mayLack = <T>(one: Kind<T>, value?: T): Kind<T> => ({ ...one, leftOut: { value } })

export const orNull = <T>(one: Kind<T>): Kind<T | null> => ({
  ...one,
  is: `${one.is}, or null`,
  read: (value, place, say) => (value === null ? null : one.read(value, place, say)),
  leftOut: { value: null },
})

export const flag = kind('true or false', (value) => (typeof value === 'boolean' ? value : undefined))

export const whole = (least: number, most: number): Kind<number> =>
  kind(`a number from ${least} to ${most}`, (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most ? Number(value) : undefined,
  )

/** One of the names of a table. */
export const oneOf = <Name extends string>(table: Readonly<Record<Name, unknown>>): Kind<Name> =>
  kind(`one of ${Object.keys(table).join(', ')}`, (value) =>
    typeof value === 'string' && Object.hasOwn(table, value) ? (value as Name) : undefined,
  )

/** A text that is compared or filled in, and that no markup, no hidden character and no secret is in. */
export const value = (most: number, hides = hidesSecret): Kind<string> =>
  textual(`a text of at most ${most} characters`, most, (text) => hides(text, ''))

/** Text that is shown, on one line. What assigns is no secret here: `client_secret=...` is what lessons are about. */
export const sentence = (most: number): Kind<string> => {
  const one = textual(`one line of text, at most ${most} characters`, most, (text) =>
    hidesSecret(text.replaceAll('=', ' '), ''),
  )
  return {
    ...one,
    read: (text, place, say) => {
      if (typeof text === 'string' && (text.trim() !== text || text === '' || /[\t\r\n]/.test(text)))
        say(`${place} has to be one line of text, with no space around it.`)
      return one.read(text, place, say)
    },
  }
}

/** A text of a certain form. */
export const matching = (is: string, form: RegExp, most: number): Kind<string> =>
  kind(is, (text) => (typeof text === 'string' && text.length <= most && form.test(text) ? text : undefined))

function textual(is: string, most: number, hides: (text: string) => boolean): Kind<string> {
  return {
    ...kind(is, (text) => (typeof text === 'string' && text.length <= most ? text : undefined)),
    read: (text, place, say) => {
      if (typeof text !== 'string' || text.length > most) say(`${place} has to be ${is}.`)
      else sayStray(text, place, say, hides)
      return typeof text === 'string' ? text : undefined
    },
  }
}

/** What no text of a lesson may have in it. The text itself is not repeated. */
function sayStray(text: string, place: string, say: Say, hides: (text: string) => boolean): void {
  const [tag] = /<[a-z!/?][^\s>]{0,20}>?/i.exec(text) ?? []
  if (tag !== undefined) say(`${place} has markup in it, ${quoted(tag)}. A lesson is text: take it out.`)
  sayUnseen(text, place, say)
  if (hides(text)) say(secretIn(place))
}

/** What is said of a secret, which is not repeated. */
export const secretIn = (place: string): string =>
  `${place} is a secret, or has one in it. Everybody can read this file, so the lesson is not used: take the secret out, and change it at the server.`

/** Characters that nobody sees, or that reorder others, are refused instead of shown by their names: a lesson needs none. */
export function sayUnseen(text: string, place: string, say: Say): void {
  const unseen = invisibleIn(text)
  if (unseen.length > 0)
    say(`${place} has characters in it that nobody sees: ${unseen.slice(0, 5).join(', ')}. Take them out.`)
}

export function list<T>(item: Kind<T>, least: number, most: number): Kind<readonly T[]> {
  const is = `a list of ${least} to ${most}, each ${item.is}`
  return {
    is,
    rows: item.rows,
    leftOut: null,
    read: (value, place, say) => {
      if (!Array.isArray(value) || value.length < least || value.length > most) {
        say(`${place} has to be a list of ${least} to ${most}.`)
        return undefined
      }
      return value.flatMap((one: unknown, index) => item.read(one, `${place}[${index}]`, say) ?? [])
    },
  }
}

/** The same, in which nothing is twice. */
export const distinct = (one: Kind<readonly string[]>): Kind<readonly string[]> => ({
  ...one,
  read: (value, place, say) => {
    const read = one.read(value, place, say)
    const repeat = read?.findIndex((text, index) => read.indexOf(text) !== index) ?? -1
    if (repeat >= 0) say(`${place} has the same twice.`)
    return read
  },
})

export function object<T extends object>(rows: RowsOf<T>): Kind<T> {
  const kinds = Object.entries<Kind<unknown>>(rows)
  return {
    is: 'an object',
    rows: Object.fromEntries(kinds),
    leftOut: null,
    read: (value, place, say) => {
      if (!isObject(value)) {
        say(`${place} has to be an object.`)
        return undefined
      }
      sayUnknown(
        value,
        kinds.map(([name]) => name),
        place,
        say,
      )
      const read = kinds.flatMap(([name, one]) => {
        if (Object.hasOwn(value, name))
          return [[name, one.read(value[name], `${place}.${name}`, say)] as const]
        if (one.leftOut === null) say(`${place}.${name} is missing: it has to be ${one.is}.`)
        return one.leftOut?.value === undefined ? [] : [[name, one.leftOut.value] as const]
      })
      return Object.fromEntries(read) as T
    },
  }
}

/** Names that mean something to JavaScript, and nothing here. */
const ofPrototypes = ['__proto__', 'constructor', 'prototype']

/** Names of the author's choice, each with a value: those of claims and parameters. */
export function named<T>(
  item: Kind<T>,
  sayOf: (name: string, value: T, place: string, say: Say) => void,
): Kind<Readonly<Record<string, T>>> {
  return {
    is: `an object of names, each with ${item.is}`,
    rows: null,
    leftOut: null,
    read: (value, place, say) => {
      if (!isObject(value) || Object.keys(value).length > 20) {
        say(`${place} has to be an object with at most 20 names.`)
        return undefined
      }
      const entries = Object.entries(value).flatMap(([name, of]) => {
        const inside = `${place}.${shortened(name)}`
        if (ofPrototypes.includes(name) || name.length > 100) say(`${inside} is no name that is compared.`)
        sayUnseen(name, place, say)
        const read = item.read(of, inside, say)
        if (read !== undefined) sayOf(name, read, inside, say)
        return read === undefined ? [] : [[name, read] as const]
      })
      return Object.fromEntries(entries)
    },
  }
}

/** Says of members that are not known that they are not; what they hold is not repeated. */
export function sayUnknown(
  value: Readonly<Record<string, unknown>>,
  known: readonly string[],
  place: string,
  say: Say,
): void {
  const unknown = Object.keys(value).filter((name) => !known.includes(name))
  for (const name of unknown.slice(0, 20))
    say(`${place}.${shortened(name)} is not known. What may be there: ${known.join(', ')}.`)
}

const shortened = (name: string): string => quoted(name.length > 60 ? `${name.slice(0, 60)}…` : name)
