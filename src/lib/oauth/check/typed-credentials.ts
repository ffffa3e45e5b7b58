import { rfc } from '../../spec.ts'
import { quoted } from '../../text/quoted.ts'
import { usesSecret } from '../config/auth-methods.ts'
import { bare, use } from '../../text/around.ts'
import { listed } from '../../text/listed.ts'
import { decodedOf, names, pairIn, split } from './client-pair.ts'
import { isEntra, isGuid } from './entra.ts'
import { placeholderIn } from '../../text/placeholder.ts'
import type { Remark, Rule } from './problem.ts'

/** What a client ID is besides an ID. @see RFC 6749 section 2.2 */
export const idRule: Rule = (value, config) => {
  if (value.trim() === '') return null
  const found = pairIn(value)
  if (found)
    return {
      level: 'warning',
      message: `This is ${found.what}: ID and secret of a client together.`,
      fix: {
        label: 'Make it client ID and secret',
        value: found.pair.id,
        also: { client_secret: found.pair.secret },
      },
      spec: rfc(6749, '2.3.1'),
    }
  const { client_secret } = config
  if (
    client_secret.length > 3 &&
    value.length > client_secret.length + 1 &&
    value.endsWith(`:${client_secret}`)
  )
    return {
      level: 'warning',
      message: 'The ID ends with a colon and the secret, as the two are joined in a Basic header.',
      fix: { label: 'Use what is before the colon', value: value.slice(0, -client_secret.length - 1) },
      spec: rfc(6749, '2.3.1'),
    }
  const { value: id, around } = bare(value, names.id)
  if (around.length > 0)
    return {
      level: 'warning',
      message: `The ID is sent with what is around it: ${listed(around)}.`,
      fix: { label: use(id), value: id },
    }
  const instead = placeholderIn(value)
  if (instead)
    return {
      level: instead.level,
      message: `${quoted(value)} ${instead.what}: enter the ID of the client as the server has it.`,
      fix: { label: 'Clear the client ID', value: '' },
    }
  const joined =
    config.client_secret === '' && /^(?!urn:)[\w.-]+:(?!\/)[\w~.+/=-]{12,}$/.test(value) ? split(value) : null
  if (joined)
    return {
      level: 'note',
      message: 'This may be ID and secret of a client, joined by a colon.',
      fix: {
        label: 'Make it client ID and secret',
        value: joined.id,
        also: { client_secret: joined.secret },
      },
    }
  return isEntra(config) && looksLikeEntraSecret(value)
    ? swapped(value, config.client_secret, 'client_id')
    : null
}

/** What a client secret is besides a secret. The secret is in no sentence. @see RFC 6749 section 2.3.1 */
export const secretRule: Rule = (value, config) => {
  if (value.trim() === '' || !usesSecret(config)) return null
  for (const rule of [key, jwt, pair, aroundSecret, prefixed, noValue, entra, sameAsId, encoded]) {
    const remark = rule(value, config)
    if (remark) return remark
  }
  return null
}

const clear = { label: 'Clear the client secret', value: '' }

/** A private key is no secret of this kind; the method that it is for is another. @see RFC 7523 section 2.2 */
const key: Rule = (value) => {
  const isPrivate =
    /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/.test(value) || (/"kty"/.test(value) && /"d"/.test(value))
  if (isPrivate)
    return {
      level: 'warning',
      message:
        'This is a private key, which no client ever sends: it signs an assertion. Choose private_key_jwt, and import it under Keys.',
      fix: {
        label: 'Choose private_key_jwt',
        value,
        also: { token_endpoint_auth_method: 'private_key_jwt' },
      },
      spec: rfc(7523, '2.2'),
    }
  if (!/-----BEGIN [A-Z ]+-----/.test(value) && !/"kty"/.test(value)) return null
  return {
    level: 'warning',
    message: 'This is a certificate or a public key. Everybody may know it, so it proves nothing.',
    fix: clear,
  }
}

const jwt: Rule = (value) =>
  /^(bearer\s+)?eyJ[\w-]+\.[\w-]+\.[\w-]*$|^bearer\s+\S+$/i.test(value.trim())
    ? {
        level: 'warning',
        message:
          'This is a token that was issued, or an assertion. A secret is what the server shows when the client is made.',
        fix: clear,
      }
    : null

const pair: Rule = (value, { client_id }) => {
  const found = pairIn(value)
  // Random bytes that happen to have a colon are a secret like others.
  if (!found) return null
  const isOther = client_id !== '' && client_id !== found.pair.id
  return {
    level: 'warning',
    message: `This is ${found.what}: ID and secret of a client together${isOther ? ', and the ID is another than that of the form' : ''}.`,
    fix: {
      label: 'Make it client ID and secret',
      value: found.pair.secret,
      also: { client_id: found.pair.id },
    },
    spec: rfc(6749, '2.3.1'),
  }
}

const aroundSecret: Rule = (value) => {
  const { value: secret, around } = bare(value, names.secret)
  if (around.length === 0) return null
  // Random characters may begin or end with such a mark: it is no pair, so it is not certain that it was copied along.
  const one = value.trim()
  if (around.join('') === 'quotation marks' && secret.length === one.length - 1)
    return {
      level: 'note',
      message: 'The secret has a quotation mark at one end, which may have been copied along.',
      fix: { label: 'Use the secret without it', value: secret },
    }
  return {
    level: 'warning',
    message: `The secret is sent with what is around it: ${listed(around)}.`,
    fix: { label: 'Use the secret alone', value: secret },
  }
}

/** The form of curl -u. */
const prefixed: Rule = (value, { client_id }) =>
  client_id !== '' && value.startsWith(`${client_id}:`) && value.length > client_id.length + 1
    ? {
        level: 'warning',
        message: 'The secret begins with the client ID and a colon, as the two are joined in a Basic header.',
        fix: { label: 'Use what is after the colon', value: value.slice(client_id.length + 1) },
        spec: rfc(6749, '2.3.1'),
      }
    : null

const noValue: Rule = (value) => {
  const instead = placeholderIn(value)
  if (!instead) return null
  const subject = instead.isHarmless ? quoted(value) : 'This'
  return { level: instead.level, message: `${subject} ${instead.what}: enter the secret itself.`, fix: clear }
}

/** Its portal lists the ID of a secret next to its value (AADSTS7000215). */
const entra: Rule = (value, config) => {
  if (!isEntra(config) || !isGuid(value)) return null
  if (!isGuid(config.client_id) && config.client_id !== '')
    return swapped(value, config.client_id, 'client_secret')
  return {
    level: 'warning',
    message:
      'This looks like the Secret ID of Entra ID. The secret is in the column Value, which is shown once, when it is made.',
    fix: clear,
  }
}

const sameAsId: Rule = (value, { client_id }) =>
  value === client_id && value.length > 12
    ? { level: 'note', message: 'The secret is the same text as the client ID.', fix: clear }
    : null

/** A secret may have a percent sign; three such signs in a row of bytes come from a URL. */
const encoded: Rule = (value) => {
  if (!/%[\da-f]{2}/i.test(value) || /%(?![\da-f]{2})/i.test(value) || !/^[\w.~%*+-]+$/.test(value))
    return null
  const decoded = decodedOf(value)
  return decoded === null || decoded === value
    ? null
    : {
        level: 'note',
        message:
          'The secret may be percent-encoded, as it is in a URL. The page encodes it itself when it is sent.',
        fix: { label: 'Decode it', value: decoded },
      }
}

function swapped(value: string, other: string, field: 'client_id' | 'client_secret'): Remark {
  const also = field === 'client_id' ? { client_secret: value } : { client_id: value }
  return {
    level: 'warning',
    message:
      'Client ID and secret may be swapped: the ID of an application in Entra ID is a GUID, and its secret is none.',
    fix: { label: 'Swap them', value: other, also },
  }
}

/** 40 signs of which one is a tilde, as the secrets of Entra ID are. */
const looksLikeEntraSecret = (text: string): boolean => /^[\w.~-]{34,44}$/.test(text) && text.includes('~')
