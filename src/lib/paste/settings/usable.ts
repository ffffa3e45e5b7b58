import { httpUrl } from '../../http/http-url.ts'
import { looksLikePem } from '../../encoding/pem.ts'
import { readPrivateKey } from '../../keys/read-private-key.ts'
import { placeholderInUrl } from '../../oauth/check/typed-endpoint.ts'
import { hidesSecret } from '../../text/hides-secret.ts'
import { placeholderIn } from '../../text/placeholder.ts'
import { quoted } from '../../text/quoted.ts'
import type { Setting } from './setting.ts'

/** Says something of a setting: never its value. */
export type Say = (sentence: string) => void

/** Characters of a value and of a key that are filled in. */
const longest = { value: 20_000, key: 65_536 }

/**
 * The value of a setting, `null` if it is none: then it was said why, or there is nothing.
 * @param mayBeSecret whether it goes where a secret may be; what looks like one stays out of every other field
 */
export function usableText(setting: Setting | undefined, say: Say, mayBeSecret = false): string | null {
  if (setting === undefined) return null
  const value = (setting.values[0] ?? '').trim()
  const name = quoted(setting.name)
  const left = (why: string): null => {
    say(`${name} ${why}. It is not filled in.`)
    return null
  }
  if (setting.values.length > 1) return left('has several values')
  if (value === '') return left('is empty')
  if (setting.type === 'other') return left('is no text')
  if (setting.type === 'number' && !Number.isSafeInteger(Number(value)))
    return left('is a number, of which digits may be lost. Put it in quotation marks')
  const placeholder = placeholderIn(value)
  if (placeholder?.level === 'warning') return left(placeholder.what)
  if (value.length > longest.value) return left(`has more than ${longest.value} characters`)
  if (!mayBeSecret && hidesSecret(value, '')) return left('may have a secret in it')
  if (setting.type === 'number') say(`${name} is a number there, and no text. Its digits are filled in.`)
  return value
}

/** The values of a list or of a text with spaces or commas in it, without what is no value. */
export function usableList(setting: Setting | undefined, say: Say): readonly string[] {
  if (setting === undefined) return []
  // A key has spaces and line ends of its own.
  const plain = setting.values.filter((value) => !hidesSecret(value, ''))
  if (plain.length < setting.values.length)
    say(`${quoted(setting.name)} may have a secret in it. It is not filled in.`)
  return plain
    .flatMap((value) => value.split(/[\s,]+/))
    .filter((value) => value !== '')
    .slice(0, 200)
    .flatMap((value) => usableText({ ...setting, values: [value], type: 'text' }, say) ?? [])
}

/** The URL of a setting as it is spelled; `null`, with the reason, for what is no http(s) URL or has a secret in it. */
export function usableUrl(setting: Setting | undefined, say: Say): string | null {
  const value = usableText(setting, say, true)
  if (setting === undefined || value === null) return null
  const url = httpUrl(value)
  const why =
    url === null
      ? 'is no URL that begins with https:// or http://'
      : url.username !== '' || url.password !== '' || hidesSecret(value, '')
        ? 'has a password, or another secret, in its URL'
        : placeholderInUrl(value) !== null
          ? 'has a placeholder in its URL'
          : null
  if (why === null) return value
  say(`${quoted(setting.name)} ${why}. It is not filled in.`)
  return null
}

/** Whether a value is a key rather than a secret: some libraries have one member for both. */
export const looksLikeKey = (value: string): boolean =>
  (/^\{/.test(value) && /"kty"/i.test(value)) || looksLikePem(value) || /^<RSAKeyValue/i.test(value)

/** A private key as `Keys` imports it; `null`, with the reason, for any other text. */
export function usableKey(setting: Setting | undefined, say: Say): string | null {
  const value = setting?.values[0]?.trim() ?? ''
  if (setting === undefined || value === '') return null
  if (value.length <= longest.key && readPrivateKey(value).ok) return value
  say(
    `${quoted(setting.name)} has no private key that is read here: import the key under Keys, which says why.`,
  )
  return null
}
