import { httpUrl } from '../http/http-url.ts'
import { isObject, parsePlain } from '../json/own-members.ts'
import { authMethods } from '../oauth/config/auth-methods.ts'
import type { Server } from '../servers/servers.ts'
import { hidesSecret, isSecretName } from '../text/hides-secret.ts'
import { spelledOut } from '../text/invisible.ts'
import { quoted } from '../text/quoted.ts'

/** Its name, next to index.html. */
export const siteFileName = 'playground.json'

/** The parts of the page that a copy can go without. One that is in use is shown all the same. */
const hideable = ['dpop', 'guide', 'keys', 'parameters', 'saved', 'share'] as const
type Hideable = (typeof hideable)[number]

/** What whoever hosts a copy of the page says of it. What is not said is as it is built in. */
export interface SiteFile {
  readonly title: string | null
  /** Plain text; URLs in it are links. */
  readonly notice: string | null
  /** The servers of the picker, in this order. */
  readonly servers: readonly Server[] | null
  /** The id of the one to begin with. */
  readonly server: string | null
  readonly hide: readonly Hideable[]
  /** What of the file is not used, and why: sentences for whoever wrote it. */
  readonly problems: readonly string[]
}

/** In characters: of the file, of its texts, and entries of a list. */
const bounds = { file: 65_536, title: 60, notice: 2000, name: 80, text: 2000, list: 50 }

const nothing: SiteFile = { title: null, notice: null, servers: null, server: null, hide: [], problems: [] }

/** Reads a member, says what is wrong with it, and gives `undefined` then. */
type Read<T> = (value: unknown, where: string, say: (problem: string) => void) => T | undefined

/**
 * Reads the text of `playground.json`. Each member that is wrong is left out and said; the others count. Never throws.
 * @param known the servers that are built in
 */
export function readSiteFile(text: string, known: readonly Server[]): SiteFile {
  const unusable = (problem: string): SiteFile => ({ ...nothing, problems: [problem] })
  if (text.length > bounds.file)
    return unusable(`It has ${text.length} characters, and at most ${bounds.file} are read.`)
  const parsed = parsePlain(text.replace(/^\uFEFF/, ''))
  if (!parsed.ok) return unusable(quoted(parsed.message))
  if (!isObject(parsed.value)) return unusable('It is JSON, and not an object: {"title": "..."}.')

  const problems: string[] = []
  const say = (problem: string): void => {
    if (problems.length < bounds.list) problems.push(problem)
  }
  const file = parsed.value
  sayUnknown(file, ['title', 'notice', 'servers', 'server', 'hide'], 'the file', say)
  const read = <T>(member: string, reader: Read<T>): T | null =>
    file[member] === undefined ? null : (reader(file[member], member, say) ?? null)
  const servers = read('servers', list(serverAmong(known)))
  return {
    title: read('title', shortText(bounds.title)),
    notice: read('notice', shortText(bounds.notice)),
    servers: servers && servers.length > 0 ? withoutRepeats(servers, say) : null,
    server: read('server', oneOf(servers && servers.length > 0 ? servers : known)),
    hide: read('hide', list(part)) ?? [],
    problems,
  }
}

/** Text in which nothing is hidden: characters that nobody sees are spelled out. */
const shortText =
  (longest: number): Read<string> =>
  (value, where, say) => {
    if (typeof value === 'string' && value.trim() !== '' && value.length <= longest)
      return spelledOut(value.trim())
    say(
      typeof value === 'string' && value.trim() !== ''
        ? `${where} has ${value.length} characters, and at most ${longest} are shown.`
        : `${where} has to be a text.`,
    )
    return undefined
  }

const list =
  <T>(item: Read<T>): Read<readonly T[]> =>
  (value, where, say) => {
    if (!Array.isArray(value)) {
      say(`${where} has to be a list: [...].`)
      return undefined
    }
    if (value.length > bounds.list)
      say(`${where} has ${value.length} entries, and at most ${bounds.list} are read.`)
    return value
      .slice(0, bounds.list)
      .map((one: unknown, index) => item(one, `${where}[${index}]`, say))
      .filter((one) => one !== undefined)
  }

const part: Read<Hideable> = (value, where, say) => {
  const found = hideable.find((name) => name === value)
  if (!found) say(`${where} is ${shown(value)}, and only these can be hidden: ${hideable.join(', ')}.`)
  return found
}

/** A server by its id, or an own one by its name. */
const oneOf =
  (servers: readonly Server[]): Read<string> =>
  (value, where, say) => {
    const found = servers.find(({ id }) => id === value) ?? servers.find(({ name }) => name === value)
    if (!found)
      say(
        `${where} is ${shown(value)}, which is none of the picker’s: ${servers.map(({ id, group, name }) => (group === 'site' ? name : id)).join(', ')}.`,
      )
    return found?.id
  }

/** How the texts of an own server are read; what is sent with a token request, and never a secret. */
const ownMembers: Readonly<Record<string, Read<string>>> = {
  name: shortText(bounds.name),
  discovery: url,
  token_endpoint: url,
  client_id: shortText(bounds.text),
  scope: shortText(bounds.text),
  token_endpoint_auth_method: (value, where, say) => {
    if (typeof value === 'string' && Object.hasOwn(authMethods, value)) return value
    say(`${where} is ${shown(value)}, and has to be one of ${Object.keys(authMethods).join(', ')}.`)
    return undefined
  },
}

/** A built-in one by its id; an own one by what it has, and `like` names the built-in one whose guide applies. */
const serverAmong =
  (known: readonly Server[]): Read<Server> =>
  (value, where, say) => {
    if (typeof value === 'string') {
      const id = oneOf(known)(value, where, say)
      return known.find((server) => server.id === id)
    }
    if (!isObject(value)) {
      say(`${where} has to be the id of a server, or an object with its name and addresses.`)
      return undefined
    }
    const secret = secretIn(value)
    if (secret !== null) {
      say(
        `${where}.${quoted(secret)} is a secret, or has one in it. Everybody can read this file, so the server is not used: take the secret out, and change it at the server.`,
      )
      return undefined
    }
    sayUnknown(value, [...Object.keys(ownMembers), 'like'], where, say)
    const entries = Object.entries(ownMembers).map(([name, read]): [string, string | undefined] => [
      name,
      value[name] === undefined ? undefined : read(value[name], `${where}.${name}`, say),
    ])
    const like = value['like'] === undefined ? 'own' : oneOf(known)(value['like'], `${where}.like`, say)
    const base = known.find(({ id }) => id === like)
    const { name, ...config } = Object.fromEntries(entries.filter(([, text]) => text !== undefined))
    if (name === undefined || (!config['discovery'] && !config['token_endpoint']) || !base) {
      say(`${where} is not used: it needs a name, and a discovery or a token_endpoint.`)
      return undefined
    }
    const own = { ...base.config, discovery: '', token_endpoint: '', client_id: '', scope: '', ...config }
    return {
      ...base,
      id: `site-${name}`,
      name,
      group: 'site',
      inPage: false,
      config: { ...own, client_secret: '' },
    }
  }

/** The name of the first member that is a secret or has one in it. */
function secretIn(server: Readonly<Record<string, unknown>>): string | null {
  const found = Object.entries(server).find(
    ([name, value]) =>
      (!Object.hasOwn(ownMembers, name) && isSecretName(name)) ||
      (typeof value === 'string' && hidesSecret(value, '')),
  )
  return found?.[0] ?? null
}

function url(value: unknown, where: string, say: (problem: string) => void): string | undefined {
  const text = typeof value === 'string' && value.length <= bounds.text ? httpUrl(value.trim()) : null
  if (!text) say(`${where} is ${shown(value)}, and has to be a URL that starts with https:// or http://.`)
  return text ? String(value).trim() : undefined
}

function withoutRepeats(servers: readonly Server[], say: (problem: string) => void): readonly Server[] {
  return servers.filter(({ id, name }, index) => {
    const isFirst = servers.findIndex((other) => other.id === id) === index
    if (!isFirst) say(`servers has ${quoted(name)} twice.`)
    return isFirst
  })
}

function sayUnknown(
  value: Readonly<Record<string, unknown>>,
  known: readonly string[],
  where: string,
  say: (problem: string) => void,
): void {
  for (const name of Object.keys(value)
    .filter((one) => !known.includes(one))
    .slice(0, bounds.list))
    say(
      `${quoted(name)} of ${where} is not known to this version of the page, which reads ${known.join(', ')}.`,
    )
}

const shown = (value: unknown): string => quoted(JSON.stringify(value))
