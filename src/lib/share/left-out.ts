import { encodeBase64url } from '../encoding/base64.ts'
import type { Entry, TokenRequestConfig } from '../oauth/config/config.ts'
import { hidesSecret, isSecretName } from '../text/hides-secret.ts'
import { eachInvisible, invisibleIn } from '../text/invisible.ts'

/** Texts of a configuration that may not be in a link, whatever field they are in. */
export function secretsOf({ client_secret, parameters, headers }: TokenRequestConfig): readonly string[] {
  const isSecret = ({ name, value }: Entry) =>
    isSecretName(name) || hidesSecret(value, client_secret) || /^\s*(?:basic|bearer|dpop)\s/i.test(value)
  const values = [...parameters, ...headers].filter(isSecret).map(({ value }) => value.trim())
  return [client_secret, ...values].filter((secret) => secret !== '')
}

/** Why a text can be in no link, as what is said of it; `null` if it can. */
export function unfit(text: string, secrets: readonly string[]): string | null {
  if (isHiding(text) || secrets.some((secret) => isHiding(text, secret)))
    return 'looks like a secret or a token'
  if (/[\t\r\n]/.test(text)) return 'has a line break or a tab in it'
  if (text.search(eachInvisible) >= 0)
    return `has characters in it that nobody sees: ${invisibleIn(text).join(', ')}`
  return /\p{Surrogate}/u.test(text) ? 'has half a character in it' : null
}

/** A password may be in a URL that has no scheme yet; a secret may be in base64, behind something else. */
const isHiding = (text: string, secret = ''): boolean =>
  hidesSecret(text, secret) ||
  /^[^?#:]*:[^?#@]*@/.test(text) ||
  (secret !== '' && base64Of(secret).some((form) => plainBase64(text).includes(form)))

const plainBase64 = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_')

/** What the base64 of a secret looks like at each of the three places where it can begin in a group, if that is long enough to be known by. */
function base64Of(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret)
  return [0, 1, 2]
    .map((before) => {
      const all = new Uint8Array(before + bytes.length)
      all.set(bytes, before)
      // Of the first and the last character only some bits may be of the secret.
      return encodeBase64url(all).slice([0, 2, 3][before], Math.floor((all.length * 8) / 6))
    })
    .filter((form) => form.length >= 6)
}

/** What a link never has in it, as phrases: what was typed there, unless it is what the server starts with anyway. */
export function keptOut(config: TokenRequestConfig, base: TokenRequestConfig): readonly string[] {
  const isOwn = (get: (of: TokenRequestConfig) => string) => get(config) !== '' && get(config) !== get(base)
  return [
    ...texts.filter(([, get]) => isOwn(get)).map(([phrase]) => phrase),
    ...valuesOf('parameter', config.parameters, base.parameters),
    ...valuesOf('header', config.headers, base.headers),
  ]
}

const texts: readonly (readonly [phrase: string, get: (config: TokenRequestConfig) => string])[] = [
  ['the client secret', ({ client_secret }) => client_secret],
  ['which key signs the assertion', ({ assertion }) => assertion.key],
  ['which key the token is bound to', ({ dpop }) => dpop.key],
  ['the authorization details', ({ authorization_details }) => authorization_details],
  ['header members of the assertion', ({ assertion }) => assertion.header],
  ['payload members of the assertion', ({ assertion }) => assertion.payload],
  ['the text of aud', ({ assertion }) => assertion.custom_aud],
  ['the text of kid', ({ assertion }) => assertion.custom_kid],
  ['payload members of the proof', ({ dpop }) => dpop.payload],
]

/** Values by their number, and what is switched off. */
function valuesOf(what: string, entries: readonly Entry[], own: readonly Entry[]): readonly string[] {
  const isPreset = ({ name, value }: Entry) => own.some((one) => one.name === name && one.value === value)
  const values = entries.filter((entry) => entry.on && entry.value !== '' && !isPreset(entry)).length
  const off = entries.filter(({ on }) => !on).length
  return [
    ...(values === 0 ? [] : [`${values} ${what} ${values === 1 ? 'value' : 'values'}`]),
    ...(off === 0
      ? []
      : [`${off} ${what}${off === 1 ? '' : 's'} that ${off === 1 ? 'is' : 'are'} switched off`]),
  ]
}
