import { parsePlain } from '../../json/own-members.ts'
import { rfc } from '../../spec.ts'
import { hidesSecret } from '../../text/hides-secret.ts'
import { quoted } from '../../text/quoted.ts'
import { bare, use } from '../../text/around.ts'
import { listed } from '../../text/listed.ts'
import { placeholderIn } from '../../text/placeholder.ts'
import type { Remark, Rule } from './problem.ts'
import { placeholderInUrl } from './typed-endpoint.ts'

/**
 * What a value of any parameter has that was copied along: quotation marks, its name, an encoding; or that it is a
 * placeholder. `names` is what its plain name is.
 */
export const copiedValue =
  (names: RegExp): Rule =>
  (value) => {
    const { value: inner, around } = bare(value, names)
    // A JSON text is a value of its own.
    if (around.length > 0 && !/^\s*[[{]/.test(value))
      return {
        level: 'warning',
        message: `The value is sent with what is around it: ${listed(around)}.`,
        fix: { label: hidesSecret(inner, '') ? 'Use the value alone' : use(inner), value: inner },
      }
    const [item, ...others] = itemsOf(value)
    if (item !== undefined && others.length === 0)
      return {
        level: 'warning',
        message: 'This is a list of JSON with one value. The value alone is what a server compares.',
        fix: { label: use(item), value: item },
      }
    const decoded = /^[a-z][\w+.-]*%3A/i.test(value.trim()) ? decodedOf(value.trim()) : null
    if (decoded !== null)
      return {
        level: 'warning',
        message: 'The value is percent-encoded. The page encodes it once more when it is sent.',
        fix: { label: use(decoded), value: decoded },
      }
    const [found, what] = placeholderOf(value)
    if (found === null) return null
    return {
      level: 'warning',
      message: `${quoted(found)} ${what}: enter in its place what it is at your server.`,
      ...(found === value.trim() ? { fix: { label: 'Clear it', value: '' } } : {}),
    }
  }

/** The texts of a JSON array; none if it is no such array. */
function itemsOf(value: string): readonly string[] {
  const parsed = /^\s*\[/.test(value) ? parsePlain(value) : null
  return parsed?.ok && Array.isArray(parsed.value) && parsed.value.every((item) => typeof item === 'string')
    ? parsed.value
    : []
}

function placeholderOf(value: string): readonly [found: string | null, what: string] {
  const whole = placeholderIn(value)
  if (whole?.level === 'warning' && whole.isHarmless) return [value.trim(), whole.what]
  return [placeholderInUrl(value), 'is a placeholder']
}

function decodedOf(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    // A percent sign that encodes nothing.
    return null
  }
}

/** Fields whose values have quotation marks: entity tags, and lists of texts. @see RFC 9110 section 8.8.3, RFC 9651 */
const quotedFields =
  /^(if-(none-)?match|if-range|etag|sec-.*|accept|content-type|link|cookie|signature.*|.*digest|prefer|priority|forwarded|x-json.*)$/i

/** What the value of a header field has that was copied along: its own name, a scheme twice, quotation marks. @see RFC 9110 section 5.5 */
export function copiedHeader(name: string, value: string): Remark | null {
  const text = value.trim()
  const spec = rfc(9110, '5.5')
  const remark = (message: string, mended: string, label = 'Remove it'): Remark => ({
    level: 'warning',
    message,
    fix: { label, value: mended },
    spec,
  })
  const [colon, before = ''] = /^(Bearer|DPoP|Basic)\s*:\s*(?=\S)/i.exec(text) ?? []
  if (colon !== undefined)
    return remark(
      `A space is between ${before} and the value, and no colon.`,
      `${before} ${text.slice(colon.length)}`,
    )
  const own = `${name.toLowerCase()}:`
  if (name !== '' && text.toLowerCase().startsWith(own))
    return remark('The value begins with the name of the field.', text.slice(own.length).trim())
  const [twice, again = ''] = /^(Bearer|DPoP|Basic|Token|ApiKey)\s+\1\s+/i.exec(text) ?? []
  if (twice !== undefined)
    return remark(`The scheme ${again} is there twice.`, `${again} ${text.slice(twice.length)}`)
  const [, scheme = '', inner] =
    /^((?:Bearer|DPoP|Basic|Token|ApiKey)\s+)?["'“”‘’`]([^"'“”‘’`]+)["'“”‘’`][,;]?$/i.exec(text) ?? []
  if (inner !== undefined && !quotedFields.test(name))
    return remark('The quotation marks are sent as part of the value.', scheme + inner, 'Remove them')
  const found = placeholderIn(text.replace(/^(?:Bearer|DPoP|Basic|Token|ApiKey)\s+/i, ''))
  return found?.level === 'warning' && found.isHarmless
    ? { level: 'warning', message: `The value ${found.what}.`, fix: { label: 'Clear it', value: '' }, spec }
    : null
}
