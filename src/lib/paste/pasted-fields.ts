import { forbiddenHeader } from '../http/forbidden-headers.ts'
import type { HeaderList } from '../http/message.ts'
import type { Entry } from '../oauth/config/config.ts'
import { hidesSecret, isSecretName } from '../text/hides-secret.ts'
import { listed } from '../text/listed.ts'
import { quoted } from '../text/quoted.ts'
import { unknown, unknownIn } from './unknown.ts'

/** A name and a value, of a parameter or a header field. */
export type Pair = readonly [name: string, value: string]

/** What goes into the form, and what does not, in sentences. */
export interface Entries {
  readonly kept: readonly Entry[]
  readonly ignored: readonly string[]
}

/** What every browser adds to each request, and what other programs that send add to theirs. */
const ofSender =
  /^(?:host|content-length|connection|accept-encoding|accept-language|user-agent|origin|referer|pragma|cache-control|priority|dnt|te|expect|postman-token|sec-.*|:.*)$/i

const token = /^[\w!#$%&'*+.^`|~-]+$/

/** Why a header field is not used, the first that applies; the last is said with the reason. @see RFC 9110 section 5 */
const fieldRules: readonly (readonly [
  (name: string, value: string) => boolean,
  (names: string) => string,
])[] = [
  [(name) => !token.test(name), (names) => `${names}: no name of a header field.`],
  [
    (_name, value) => /[\0\r\n]/.test(value),
    (names) => `${names}: has a line break in it, which could hide another header field.`,
  ],
  [(name) => /^cookie2?$/i.test(name), () => 'Cookie: the page sends without cookies.'],
]

/**
 * The header fields that a page may send and that have no field of their own in the form.
 * @param made the names, in lower case, that the page makes itself
 * @see https://fetch.spec.whatwg.org/#forbidden-request-header
 */
export function ownFields(headers: HeaderList, made: readonly string[]): Entries {
  const others = headers.filter(([name]) => !made.includes(name.toLowerCase()) && !ofSender.test(name))
  const rule = ([name, value]: Pair) => fieldRules.find(([applies]) => applies(name, value))
  const barred = ([name, value]: Pair): string | null =>
    rule([name, value]) === undefined ? forbiddenHeader(name, value) : null
  const sendable = others.filter((field) => rule(field) === undefined && barred(field) === null)
  const { kept, ignored } = ownEntries(sendable)
  return {
    kept,
    ignored: [
      ...ignored,
      ...fieldRules.flatMap((one) => {
        const found = others.filter((field) => rule(field) === one).map(([name]) => name)
        return found.length === 0 ? [] : [one[1](named(found))]
      }),
      ...bounded(
        others.filter((field) => barred(field) !== null),
        (field) => `${quoted(field[0])}: ${barred(field) ?? ''}`,
      ),
    ],
  }
}

/** Those whose values are known and are no secret. */
export function ownEntries(pairs: readonly Pair[]): Entries {
  const known = pairs.filter(([, value]) => unknownIn(value).length === 0)
  return {
    kept: known.filter((pair) => !isSecret(pair)).map(([name, value]) => ({ name, value, on: true })),
    ignored: [
      ...secretsLeft(known.filter(isSecret).map(([name]) => name)),
      ...bounded(
        pairs.filter(([, value]) => unknownIn(value).length > 0),
        ([name, value]) => leftOpen(name, value),
      ),
    ],
  }
}

export const isSecret = ([name, value]: Pair): boolean => isSecretName(name) || hidesSecret(value, '')

/** That secrets are left out, by their names; nothing for none. */
export const secretsLeft = (names: readonly string[]): readonly string[] =>
  names.length === 0
    ? []
    : [`${named(names)}: may be a secret, and is not filled in. Type it if the server needs it.`]

/** That a value is left out, as it or part of it is unknown. */
export function leftOpen(name: string, value: string): string {
  const variables = unknownIn(value)
  const many = variables.length > 1 ? 's' : ''
  const isAll = value === unknown(variables[0] ?? '')
  return `${quoted(name)} ${isAll ? 'is in' : 'has'} the variable${many} ${named(variables)}${isAll ? '' : ' in it'}, whose value the text does not have. It is not filled in.`
}

const most = 10

/** Names in a sentence, of many the first ones. */
export function named(names: readonly string[]): string {
  const different = [...new Set(names)]
  const more = different.length - most
  return listed([
    ...different.slice(0, most).map((name) => quoted(name.length > 60 ? `${name.slice(0, 60)}…` : name)),
    ...(more > 0 ? [`${more} more`] : []),
  ])
}

/** A sentence for each, of many the first ones. */
function bounded(pairs: readonly Pair[], sentence: (pair: Pair) => string): readonly string[] {
  const more = pairs.length - most
  return [
    ...pairs.slice(0, most).map(sentence),
    ...(more > 0 ? [`${more} more header fields or parameters are not filled in.`] : []),
  ]
}
