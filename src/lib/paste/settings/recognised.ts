import { isSecretName } from '../../text/hides-secret.ts'
import { listed } from '../../text/listed.ts'
import { onOneLine, quoted } from '../../text/quoted.ts'
import type { NotUsed, Recognised } from '../kind.ts'
import type { PastedConfig, Proposal } from '../proposal.ts'
import { clientsIn, type FoundClient } from './clients.ts'
import { type Composed, connectionOf, hasAnything } from './connection.ts'
import type { Role } from './roles.ts'
import type { Setting } from './setting.ts'

/** How settings of a kind are read. */
interface Reading {
  /** A noun phrase: what the text is. */
  readonly what: string
  /** Whether settings without the ID of a client are used, too. */
  readonly alone?: boolean
  /** What such settings have if they do not say otherwise. */
  readonly base?: PastedConfig
}

/** Names that are said. */
const most = 12

/** What else a client has to have, so that settings are about one: the ID alone is in many texts. */
const telling: readonly Role[] = [
  'clientSecret',
  'tokenEndpoint',
  'issuer',
  'key',
  'tenant',
  'realm',
  'domain',
]

/** The clients of settings, each as a proposal; `null` if there is none. */
export function clientSettings(
  settings: readonly Setting[],
  { what, alone = false, base = {} }: Reading,
): Recognised | NotUsed | null {
  const clients = clientsIn(settings, alone).filter(({ values }) =>
    telling.some((role) => values[role] !== undefined),
  )
  return proposalsOf(
    what,
    clients.map((client) => ({ client, composed: connectionOf(client.values, base) })),
    settings,
  )
}

/** A client, and what it is in the form. */
export interface ReadClient {
  readonly client: FoundClient
  readonly composed: Composed
}

/** What was recognised in settings: what is filled in, and what of them is not, by its name. */
export function proposalsOf(
  what: string,
  clients: readonly ReadClient[],
  settings: readonly Setting[],
): Recognised | NotUsed | null {
  if (clients.length === 0) return null
  const used = clients.filter(({ composed }) => hasAnything(composed))
  const ignored = [
    ...clients.flatMap(({ client, composed }) => sentencesOf(client, composed, clients.length > 1)),
    ...unusedOf(clients, settings),
  ]
  const [first, ...others] = used.map(({ client, composed }): Proposal => ({
    ...composed.proposal,
    name: onOneLine(client.name),
  }))
  if (first === undefined)
    return { what, refusal: `Nothing of it can be filled in. ${ignored.slice(0, 5).join(' ')}`.trim() }
  return { what, proposals: [first, ...others], ignored: [...new Set(ignored)] }
}

function sentencesOf(
  { name, unclear }: FoundClient,
  { sentences }: Composed,
  isOneOfSeveral: boolean,
): readonly string[] {
  const said = [
    ...sentences,
    ...(unclear.length === 0
      ? []
      : [`${namesOf(unclear)} say the same of different things, and are not filled in.`]),
  ]
  return isOneOfSeveral && name !== ''
    ? said.map((one) => (one.includes(quoted(name)) ? one : `${quoted(name)}: ${one}`))
    : said
}

/** Of what is next to a client the names, of all else how many. */
function unusedOf(clients: readonly ReadClient[], settings: readonly Setting[]): readonly string[] {
  const known = new Set(
    clients.flatMap(({ client }) => [
      ...Object.values(client.values).map(({ name }) => name),
      ...client.unclear,
    ]),
  )
  const unused = settings.filter(({ name }) => !known.has(name))
  const isNear = ({ name }: Setting) =>
    clients.some(({ client }) => client.name !== '' && name.startsWith(client.name)) || isSecretName(name)
  const near = unused.filter(isNear).map(({ name }) => name)
  const others = unused.length - near.length
  return [
    ...(near.length === 0 ? [] : [`${namesOf(near)}: not used.`]),
    ...(others === 0
      ? []
      : [`${others === 1 ? 'One more setting is' : `${others} more settings are`} not about a client.`]),
  ]
}

function namesOf(names: readonly string[]): string {
  const each = [...new Set(names)]
  const more = each.length - most
  return more > 0
    ? `${each.slice(0, most).map(quoted).join(', ')} and ${more} more`
    : listed(each.map(quoted))
}

/** Variables that the text does not have, and a default for each. */
export const defaultsSaid = (names: readonly string[]): readonly string[] =>
  names.length === 0
    ? []
    : [`${listed(names.slice(0, 12).map(quoted))}: not in the text, so its default is used.`]

/** Adds sentences to what was recognised. */
export const withSentences = (
  found: Recognised | NotUsed | null,
  sentences: readonly string[],
): Recognised | NotUsed | null =>
  found === null || 'refusal' in found ? found : { ...found, ignored: [...found.ignored, ...sentences] }
