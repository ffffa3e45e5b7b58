import { isSecret, leftOpen, type Pair } from './pasted-fields.ts'
import { unknownIn } from './unknown.ts'

/** The URL of a pasted request, without what has no place in the form. */
export interface Address {
  /** `null` if part of its host or path is unknown. */
  readonly url: string | null
  /** All members of its query. */
  readonly query: readonly Pair[]
  /** Its path without any query, for parameters that go into the body. */
  readonly bare: string | null
  readonly userinfo: readonly [user: string, password: string] | null
  /** The names of the members of its query that are or may be secrets. */
  readonly secrets: readonly string[]
  /** What of it is unknown, in sentences. */
  readonly ignored: readonly string[]
}

/** A URL in its parts; a text that is none stays as it is. @see RFC 3986 section 3 */
export function addressOf(text: string): Address {
  const [before = '', ...rest] = (text.split('#', 1)[0] ?? '').split('?')
  const search = rest.join('?')
  const query = [...new URLSearchParams(search)]
  if (unknownIn(before).length > 0)
    return {
      url: null,
      bare: null,
      query,
      userinfo: null,
      secrets: [],
      ignored: [leftOpen('The URL', before)],
    }
  const { bare, userinfo } = withoutUserinfo(before)
  const members = search === '' ? [] : search.split('&')
  const isLeft = (member: string) => {
    const [pair = ['', '']] = [...new URLSearchParams(member)] as Pair[]
    return isSecret(pair) || unknownIn(pair[1]).length > 0
  }
  const kept = members.filter((member) => !isLeft(member))
  const isWhole = kept.length === members.length && rest.length > 0
  return {
    url: isWhole || kept.length > 0 ? `${bare}?${isWhole ? search : kept.join('&')}` : bare,
    bare,
    query,
    userinfo,
    secrets: query.filter(isSecret).map(([name]) => name),
    ignored: query
      .filter(([, value]) => unknownIn(value).length > 0)
      .slice(0, 10)
      .map((pair) => leftOpen(...pair)),
  }
}

/** @see RFC 9110 section 4.2.4 */
function withoutUserinfo(url: string): Pick<Address, 'userinfo'> & { readonly bare: string } {
  const [, scheme = '', user, password = '', others = ''] =
    /^(https?:\/\/)([^/?#@:]*):?([^/?#@]*)@(.*)$/is.exec(url) ?? []
  return user === undefined
    ? { bare: url, userinfo: null }
    : { bare: scheme + others, userinfo: [decoded(user), decoded(password)] }
}

/** As it is, if it is not percent-encoded UTF-8. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // URIError: a percent sign that begins no character.
    return text
  }
}
