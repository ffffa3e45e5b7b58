import { asString, type JsonValue } from '../../json/value.ts'

/** A token under a name. */
export interface NamedToken {
  /** As it is written: `access_token`, `data.accessToken`. */
  readonly name: string
  readonly value: string
}

/**
 * What a name is worth: the lower, the likelier an access token is under it. `null` for any other name. Spelling differs
 * (`accessToken`: Express, Cognito; `Token`: many APIs of their own), so that case, hyphens and underscores say nothing.
 */
function rankOf(name: string): number | null {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '')
  if (/(refresh|csrf|xsrf|device|push|page|sync|cancell?ation|next|continuation)token$/.test(plain))
    return null
  const rank = ranks.findIndex((names) => names.test(plain))
  return rank === -1 ? null : rank
}

const ranks: readonly RegExp[] = [
  /access_?tokens?$|^accessjwt$/,
  /(?<!id)token$|jwt$|^bearer$/,
  /idtoken$/,
  /^authorization$/,
]

/** What is looked at: a token response is small, and its token is near the top. */
const most = { levels: 5, values: 2000 }

/**
 * The tokens in a JSON value that are under a name that tells so, the likeliest first, each once.
 * @see RFC 6749 section 5.1
 */
export function tokensInJson(json: JsonValue): readonly NamedToken[] {
  const found: (NamedToken & { readonly rank: number })[] = []
  let left = most.values
  const look = (value: JsonValue, path: string, rank: number | null, level: number): void => {
    if (--left < 0) return
    const text = asString(value)
    if (text !== undefined) {
      if (rank !== null && text !== '') found.push({ name: path, value: text, rank: rank + level / 10 })
    } else if (level === most.levels) return
    else if (value.kind === 'array')
      for (const item of value.items.slice(0, most.values)) look(item, path, rank, level + 1)
    else if (value.kind === 'object')
      for (const { key, value: inner } of value.members) {
        const own = rankOf(key) ?? (rank !== null && /^(value|raw|encoded|id)$/i.test(key) ? rank : null)
        look(inner, path === '' ? key : `${path}.${key}`, own, level + 1)
      }
  }
  look(json, '', null, 0)
  return found
    .toSorted((one, other) => one.rank - other.rank)
    .filter(({ value }, at, all) => all.findIndex((one) => one.value === value) === at)
    .map(({ name, value }) => ({ name, value }))
}

/** A token under a name in a text: where its value begins and ends. */
export interface NamedPlace extends NamedToken {
  /** Under the name of the standard, or after a scheme: it is the access token, whatever else is there. */
  readonly isStandard: boolean
  readonly start: number
  readonly end: number
}

/** `access_token=…`, `"token": "…"`, `Authorization: Bearer …`, `export TOKEN="…"`, `--token …`. */
const assignment =
  /(?<![\w.-])([\w.-]{1,60}(?<=token|jwt|bearer|authorization|_token_\w+))(?:\\*["'`])?(?:\s{0,9}(?:=>|:=|[:=>]|%3D|%3A)\s{0,20}|\s+(?=["'\w]))(?:\\*["'`<({[*]){0,4}(?:(bearer|dpop|jwt|token|oauth)(?:[\s:]|%20|\+){1,5})?([\w.~+/%-]+={0,2})/gi

/** `Bearer …` without a name. */
const scheme = /(?<!\w)(bearer|dpop|jwt)(?:\s|%20|\+){1,5}([\w.~+/-]+={0,2})/gi

/** Places that are looked at. */
const mostPlaces = 200

/**
 * Where a text has a token under a name or after a scheme, the likeliest first. A word of a sentence is none.
 * @see RFC 6750 sections 2.1, 2.2 and 2.3
 */
export function tokensNamedIn(text: string): readonly NamedPlace[] {
  const found: (Omit<NamedPlace, 'isStandard'> & { readonly rank: number })[] = []
  const add = (match: RegExpExecArray, name: string, value: string, rank: number): void => {
    const end = match.index + match[0].length
    found.push({ name, value, start: end - value.length, end, rank })
  }
  for (const match of firstOf(text, assignment)) {
    const [, name = '', named, value = ''] = match
    const last = name.slice(name.lastIndexOf('.') + 1)
    const rank = rankOf(last)
    if (rank === null) continue
    // Under the name of the standard anything is a token; elsewhere a word of prose is none.
    if (rank === 0 || isLikely(value))
      add(match, last, value, named === undefined ? rank : Math.min(rank, 0.5))
  }
  for (const match of firstOf(text, scheme)) {
    const [, name = '', value = ''] = match
    if (isLikely(value)) add(match, name, value, 0.5)
  }
  return found
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ rank, ...place }) => ({ ...place, isStandard: rank < 1 }))
}

const isLikely = (value: string): boolean =>
  value.length >= 8 && /\d|[a-z][A-Z]/.test(value) && !/^https?:/i.test(value)

function firstOf(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  const found: RegExpExecArray[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match && found.length < mostPlaces; match = pattern.exec(text))
    found.push(match)
  return found
}
