import { httpUrl } from '../../http/http-url.ts'
import { isObject } from '../../json/own-members.ts'
import { presentations } from '../../oauth/config/api-call.ts'
import { emptyConfig } from '../../oauth/config/config.ts'
import { parseStored, type StoredConfig } from '../../saved/stored-config.ts'
import { isSecretName, jsonHidesSecret } from '../../text/hides-secret.ts'
import type { Start } from '../lesson.ts'
import {
  type Kind,
  kind,
  mayLack,
  matching,
  object,
  oneOf,
  orNull,
  type Say,
  secretIn,
  sayUnseen,
  sayUnknown,
  value,
} from './kinds.ts'

/** What a lesson may begin with: all that the form holds, but the secret and what is on one device alone. */
const configNames = Object.keys(emptyConfig).filter((name) => name !== 'client_secret')

/** Those that a request may go to. */
const addresses = ['discovery', 'issuer', 'token_endpoint']

/** An address to which a request may go, or none. */
const address = 'a URL that starts with https:// or http://, or empty'
const isAddress = (text: unknown): boolean =>
  typeof text === 'string' && (text === '' || httpUrl(text) !== null)

/** What of a configuration may be stored may be in a lesson, and nothing else. What storing would leave out is refused with its reason. */
const config: Kind<StoredConfig> = {
  ...kind('an object', (value) => (isObject(value) ? value : undefined)),
  read: (value, place, say) => {
    if (!isObject(value)) {
      say(`${place} has to be an object.`)
      return undefined
    }
    const secret = Object.keys(value).find((name) => !configNames.includes(name) && isSecretName(name))
    if (secret !== undefined) say(secretIn(`${place}.${secret.slice(0, 60)}`))
    else sayUnknown(value, configNames, place, say)
    for (const name of addresses)
      if (Object.hasOwn(value, name) && !isAddress(value[name])) say(`${place}.${name} has to be ${address}.`)
    for (const part of ['assertion', 'dpop']) sayKey(value[part], `${place}.${part}`, say)
    const stored = parseStored(value)
    for (const name of configNames)
      if (Object.hasOwn(value, name))
        sayLost(value[name], stored[name as keyof StoredConfig], `${place}.${name}`, say)
    return stored
  },
}

/** The thumbprint of a public key is no secret: with one, a lesson could have a key of the user sign for whoever wrote it. */
function sayKey(part: unknown, place: string, say: Say): void {
  if (isObject(part) && Object.hasOwn(part, 'key') && part['key'] !== '')
    say(`${place}.key names a key. Which key signs is for the user to say: take it out.`)
}

/** Compares what the file has with what of it is kept, member by member, and says what is lost. */
function sayLost(given: unknown, kept: unknown, place: string, say: Say): void {
  if (typeof given === 'string') {
    sayUnseen(given, place, say)
    // What is kept blank instead was taken for a secret.
    if (given !== kept) say(kept === '' ? secretIn(place) : `${place} is no value that this member can have.`)
  } else if (Array.isArray(given) && Array.isArray(kept) && given.length === kept.length)
    given.forEach((one, index) => {
      sayLost(one, kept[index], `${place}[${index}]`, say)
    })
  else if (isObject(given) && isObject(kept)) {
    sayUnknown(given, Object.keys(kept), place, say)
    for (const [name, one] of Object.entries(given))
      if (Object.hasOwn(kept, name)) sayLost(one, kept[name], `${place}.${name}`, say)
  } else if (given !== kept) say(`${place} is no value that this member can have.`)
}

const url: Kind<string> = {
  ...kind(address, (text) => (isAddress(text) ? (text as string) : undefined)),
  read: (text, place, say) => {
    if (!isAddress(text)) say(`${place} has to be ${address}.`)
    return value(2000).read(text, place, say)
  },
}

/** What a call of an API may begin with; a body is text, and is looked through for secrets as JSON, too. */
const call = object<Start['call']>({
  url: mayLack(url),
  method: mayLack(matching('a method, in letters', /^[a-z]+$/i, 20)),
  body: mayLack(value(4000, (text) => jsonHidesSecret(text, ''))),
  presentation: mayLack(oneOf(presentations)),
})

/**
 * What a lesson begins with.
 * @param servers the ids of the servers of the picker
 * @param clients the ids of the clients of the practice server
 */
export const startKind = (servers: readonly string[], clients: readonly string[]): Kind<Start> =>
  object<Start>({
    server: kind('the id of a server of the picker', (id) => servers.find((one) => one === id)),
    client: orNull(
      kind('the id of a client of the practice server', (id) => clients.find((one) => one === id)),
    ),
    config: mayLack(config, {}),
    call: mayLack(call, {}),
  })
