import { isRegistered } from '../../../oauth/response/carried.ts'
import { asString, type JsonValue } from '../../../json/value.ts'

/** A text of a body, and the name that it is under, in lower case. */
export type Said = readonly [name: string, text: string]

/** Members in which servers put words, in addition to those of the standards. */
const speaking =
  /^(error_?description|error_?hint|hint|error_?debug|error_?uri|error_?reason|error_?message|reason|details?|message|msg|errmsg|title|errorsummary|faultstring|description|error|exception|moreinformation|httpmessage)$/i

/** Members in which servers put a code other than under `error`. */
const coding = /^(error|error_?code|error_?type|code|type|title|message|reason)$/i

/** What a member of that name has in it are faults, by the name of their field as a rule. */
const isList = /^errors$/i

const most = { items: 3, levels: 4 }

/**
 * The texts of a body that say something, the outermost first; a body without any known name has those that are of more
 * than one word. Never throws. @see RFC 6749 section 5.2, RFC 9457 section 3
 */
export function sentencesIn(body: JsonValue): readonly Said[] {
  const all = textsIn(body)
  const named = all.filter((one) => speaking.test(one.name) || (one.isFault && isSentence(one)))
  return (named.length > 0 ? named : all.filter(isSentence)).map(({ name, text }): Said => [
    name.toLowerCase(),
    text,
  ])
}

/** A registered code under another name than `error`, or in capitals; empty if there is none. */
export const codeIn = (body: JsonValue): string =>
  textsIn(body)
    .filter(({ name }) => coding.test(name))
    .map(({ text }) => text.toLowerCase())
    .find(isRegistered) ?? ''

interface Text {
  readonly name: string
  readonly text: string
  readonly isFault: boolean
}

const isSentence = ({ text }: Text): boolean => /\w\s+\w/.test(text)

function textsIn(value: JsonValue, name = '', isFault = false, levels = most.levels): readonly Text[] {
  if (value.kind === 'array')
    return value.items.slice(0, most.items).flatMap((item) => textsIn(item, name, isFault, levels))
  if (value.kind === 'object')
    return levels === 0
      ? []
      : value.members.flatMap(({ key, value: of }) =>
          textsIn(of, key, isFault || isList.test(key), levels - 1),
        )
  const text = asString(value)
  return text === undefined ? [] : [{ name, text, isFault }]
}
