import { parsePlain } from '../../json/own-members.ts'
import { rfc, type SpecLink } from '../../spec.ts'
import { quoted } from '../../text/quoted.ts'
import { scopeTokens, type TokenRequestConfig } from '../config/config.ts'
import { bare, use } from '../../text/around.ts'
import { listed } from '../../text/listed.ts'
import { stray } from './check-text.ts'
import { entraScope } from './entra.ts'
import { placeholderIn } from '../../text/placeholder.ts'
import type { Remark, Rule } from './problem.ts'

const spec: SpecLink = rfc(6749, '3.3')

/** What a scope is besides the list of names that it should be; none of it prevents sending. @see RFC 6749 section 3.3 */
export const scopeRules: Rule = (value, config) => {
  const isNamed = /^[[<{(]+(your[-_ ]?)?scopes?[\])}>]+$/i.test(value.trim())
  const first = (isNamed ? placeholder(value) : null) ?? wrapped(value) ?? placeholder(value)
  if (first) return first
  for (const rule of [
    inside,
    separators,
    stray,
    repeatedSpaces,
    characters,
    repeated,
    plus,
    entraScope,
    openid,
  ]) {
    const remark = rule(value, config)
    if (remark) return remark
  }
  return null
}

/** Quotation marks, the name of the parameter, a list of JSON or another encoding. */
function wrapped(value: string): Remark | null {
  const { value: inner, around } = bare(value, /scopes?$/)
  const items = itemsOf(inner)
  // A plus sign means a space in a form, and `name=value` is one.
  const ofForm = around.some((what) => what.endsWith('=”')) && !/\s/.test(inner)
  const text = items?.join(' ') ?? (ofForm ? inner.replace(/\+/g, ' ') : inner)
  const decoded = decodedOf(text)
  const what = [...around, ...(items ? ['the signs of a list'] : [])]
  if (what.length === 0 && decoded === null) return null
  const mended = (decoded ?? text)
    .split(/[\s,;]+/)
    .map((name) => name.replace(/["“”„\\]|^['‘’`]+|['‘’`]+$/g, ''))
    .filter(Boolean)
    .join(' ')
  if (mended === '') return null
  const message =
    decoded === null
      ? `The scope is sent with what is around it: ${listed(what)}.`
      : `The scope is percent-encoded${what.length > 0 ? `, with ${listed(what)} around it` : ''}. The page encodes it once more when it is sent.`
  return { level: 'warning', message, fix: { label: use(mended), value: mended }, spec }
}

/** The names of a list as JSON, Python or YAML write it; `null` for no list. */
function itemsOf(text: string): readonly string[] | null {
  if (!/^\[.*\]$|^\(\s*["'].*\)$/s.test(text)) return null
  const parsed = parsePlain(text)
  if (parsed.ok && Array.isArray(parsed.value) && parsed.value.every((item) => typeof item === 'string'))
    return parsed.value
  return text
    .slice(1, -1)
    .split(/[\s,;]+/)
    .map((item) => item.replace(/^["'`“‘]+|["'`”’]+$/g, ''))
    .filter(Boolean)
}

/** Decoded, as a form is; twice if it was encoded twice. `null` if it is not encoded. */
function decodedOf(text: string): string | null {
  let decoded = text
  for (let round = 0; round < 3 && /%[\da-f]{2}/i.test(decoded); round += 1) {
    try {
      decoded = decodeURIComponent(decoded.replace(/\+/g, ' '))
    } catch {
      // A percent sign that is part of a name, or bytes that are no UTF-8.
      return null
    }
  }
  return decoded === text ? null : decoded
}

function placeholder(value: string): Remark | null {
  const found = placeholderIn(value)
  if (!found) return null
  return {
    level: 'warning',
    message: `${quoted(value)} ${found.what}: enter a scope of the server, or leave it empty.`,
    fix: { label: 'Clear the scope', value: '' },
  }
}

/** A placeholder in the middle of a scope; that of a client is known. */
function inside(value: string, { client_id }: TokenRequestConfig): Remark | null {
  const [found] = /\$?\{\{?[^{}]+\}?\}|<[^<>]+>/.exec(value) ?? []
  if (found === undefined) return null
  const isClient = client_id !== '' && /(client|app|application)[-_ ]?id/i.test(found)
  const mended = value.replace(found, client_id)
  return {
    level: 'warning',
    message: `${quoted(found)} is a placeholder: enter in its place what it is at your server.`,
    ...(isClient ? { fix: { label: use(mended), value: mended } } : {}),
  }
}

/** Commas, semicolons and bars between names. */
function separators(value: string): Remark | null {
  const [separator] = /[,;|]/.exec(value) ?? []
  if (separator === undefined) return null
  const name = { ',': 'a comma', ';': 'a semicolon', '|': 'a bar' }[separator] ?? separator
  return {
    level: 'warning',
    message: `Scopes are separated by spaces; ${name} becomes part of a name.`,
    fix: {
      label: 'Use spaces',
      value: value
        .split(/[\s,;|]+/)
        .filter(Boolean)
        .join(' '),
    },
    spec,
  }
}

function repeatedSpaces(value: string): Remark | null {
  if (!/\S {2,}\S/.test(value)) return null
  return {
    level: 'warning',
    message: 'Exactly one space is between two scopes.',
    fix: { label: 'Use single spaces', value: value.replace(/ {2,}/g, ' ') },
    spec,
  }
}

function characters(value: string): Remark | null {
  const [outside] = /[^\x21\x23-\x5B\x5D-\x7E\s\p{Cf}]/u.exec(value) ?? []
  if (outside === undefined) return null
  const mended = scopeTokens(value.replace(/\\[nrt]/g, ' ').replace(/["'“”‘’„`\\]/g, '')).join(' ')
  const fix =
    /["“”‘’„\\]/.test(outside) && mended !== '' ? { fix: { label: use(mended), value: mended } } : {}
  return { level: 'warning', message: `${outside} is not allowed in a scope.`, ...fix, spec }
}

function repeated(value: string): Remark | null {
  const seen = scopeTokens(value)
  const again = seen.find((token, index) => seen.indexOf(token) !== index)
  if (again === undefined) return null
  const fix = { label: 'Remove repeats', value: [...new Set(seen)].join(' ') }
  return { level: 'note', message: `${again} is asked for twice; some servers refuse that.`, fix }
}

/** A space is a plus sign in a form; in a name it is a sign like others. */
function plus(value: string): Remark | null {
  if (!/[^\s+]\+[^\s+]/.test(value)) return null
  return {
    level: 'note',
    message: 'The plus sign is sent as part of a name. In a form that is encoded it means a space.',
    fix: { label: 'Use spaces', value: value.replace(/\++/g, ' ') },
    spec,
  }
}

function openid(value: string): Remark | null {
  if (!scopeTokens(value).includes('openid')) return null
  return {
    level: 'note',
    message: 'openid asks who the user is, and this grant has no user: many servers refuse it.',
    spec: rfc(6749, '4.4'),
  }
}
