import { isRegistered } from '../../../oauth/response/carried.ts'
import { asString, type JsonValue, member } from '../../../json/value.ts'

/** A text of a body, and the name that it is under, in lower case. */
export type Said = readonly [name: string, text: string]

/** Members in which servers put words, in addition to those of the standards. */
const speaking =
  /^(\w*(description|messages?|msg|summary|faultstring|details?|reason|explanation)|(error|status|fault)_?text|errors?|err|error_?(hint|debug|uri)|hint|title|exception|fault|moreinformation)$/i

/** Members in which servers put a code other than under `error`. */
const coding = /^(errors?|error_?codes?|error_?type|code|type|title|message|reason)$/i

/** Members that have a name of the server’s own for what went wrong. */
const naming = /^(\w*code|\w*type|error|status|name|reason|exception)$/i

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

/** A registered code under another name than `error`, in capitals, or at the end of a URI (RFC 9457); empty if there is none. */
export const codeIn = (body: JsonValue): string =>
  textsIn(body)
    .filter(({ name }) => coding.test(name))
    .map(({ text }) => lastPart(text).toLowerCase().replaceAll('-', '_'))
    .find(isRegistered) ?? ''

/** Names of the server’s own for what went wrong, as `oauth.v2.InvalidApiKey` or `BAD_CLIENT_ID`, without what leads to them. */
export const namesIn = (body: JsonValue): readonly string[] =>
  textsIn(body)
    .filter(({ name }) => naming.test(name))
    .map(({ text }) => lastPart(text).split('.').at(-1) ?? '')
    .filter(
      (text) => !isRegistered(text.toLowerCase()) && text.length <= 80 && /^[a-z]+([_-][a-z]+)*$/i.test(text),
    )

const lastPart = (text: string): string =>
  /^(https?:|urn:)\S+$/i.test(text) ? (text.split(/[/:#]/).at(-1) ?? '') : text

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
      : [
          ...value.members.flatMap(({ key, value: of }) =>
            textsIn(of, key, isFault || isList.test(key), levels - 1),
          ),
          ...faultOf(value),
        ]
  const text = asString(value)
  return text === undefined ? [] : [{ name, text, isFault }]
}

/** A fault that is a field and a code, without a sentence: `{ field: "client_secret", code: "invalid" }`. */
function faultOf(value: JsonValue): readonly Text[] {
  const first = (...names: readonly string[]) =>
    names.map((name) => asString(member(value, name))).find((text) => text !== undefined)
  const field = first('field', 'parameter', 'param')
  const code = first('code', 'issue')
  return field === undefined || code === undefined
    ? []
    : [{ name: 'errors', text: `${field} ${code.replaceAll('_', ' ')}`, isFault: true }]
}
