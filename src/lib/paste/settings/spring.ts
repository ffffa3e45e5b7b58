import { listed } from '../../text/listed.ts'
import { quoted } from '../../text/quoted.ts'
import type { Kind, NotUsed, Recognised, Source } from '../kind.ts'
import type { Values } from './clients.ts'
import { connectionOf } from './connection.ts'
import { expanded } from './expand.ts'
import { type Property, springProperties } from './properties.ts'
import { defaultsSaid, proposalsOf, type ReadClient, withSentences } from './recognised.ts'
import type { Role } from './roles.ts'
import type { Setting } from './setting.ts'

/** Registrations that are read. */
const most = 20

/** What members are, by their canonical names. @see https://docs.spring.io/spring-security/reference/servlet/oauth2/client/core.html */
const registrationRoles: Readonly<Record<string, Role>> = {
  clientid: 'clientId',
  clientsecret: 'clientSecret',
  clientauthenticationmethod: 'method',
  authorizationgranttype: 'grant',
  scope: 'scope',
}
const providerRoles: Readonly<Record<string, Role>> = { issueruri: 'issuer', tokenuri: 'tokenEndpoint' }
const resourceServerRoles: Readonly<Record<string, Role>> = { issueruri: 'issuer', audiences: 'audience' }

/** Servers whose addresses are in Spring, and in no file. */
const builtIn = ['google', 'github', 'facebook', 'okta', 'x']

/** `application.yml` or `application.properties` of Spring Boot. */
export const spring: Kind = {
  kind: 'spring',
  read(source) {
    if (!['security', 'oauth2'].every((word) => source.text.includes(word))) return null
    const all = springProperties(source.text, source.document)
    const properties = all.filter(({ path }) => path.slice(0, 3).join('.') === 'spring.security.oauth2')
    const [known, defaults] = withReferences(properties, all)
    const found = clientsOf(known, all) ?? resourceServerOf(known, all)
    return withSentences(found, [...defaultsSaid(defaults), ...moreSaid(source)])
  },
}

const moreSaid = ({ more = [] }: Source): readonly string[] =>
  more.length === 0
    ? []
    : [
        `The first document of the text is read. ${more.length === 1 ? 'Another one follows' : `${more.length} others follow`}, as for profiles: paste one alone to read it.`,
      ]

/** With what the same file says of a property put in. */
function withReferences(
  properties: readonly Property[],
  all: readonly Property[],
): readonly [readonly Property[], readonly string[]] {
  const canonical = (name: string): string => name.toLowerCase().replaceAll('-', '')
  const values = new Map(all.map(({ path, setting }) => [path.join('.'), setting.values[0]]))
  const defaults = new Set<string>()
  const read = properties.map((property) => {
    const found = expanded(property.setting, (name) => values.get(canonical(name)))
    for (const one of found.defaults) defaults.add(one)
    return { ...property, setting: found.setting }
  })
  return [read, [...defaults]]
}

/** The members of one object of the file. */
interface Section {
  /** As it is written. */
  readonly name: string
  readonly members: ReadonlyMap<string, Setting>
}

function sectionsAt(properties: readonly Property[], place: string): ReadonlyMap<string, Section> {
  const found = new Map<string, { readonly name: string; readonly members: Map<string, Setting> }>()
  for (const { path, names, setting } of properties) {
    const [client, kind, id, member] = path.slice(3)
    if (client !== 'client' || kind !== place || id === undefined || member === undefined) continue
    const section = found.get(id) ?? { name: names[5] ?? id, members: new Map<string, Setting>() }
    section.members.set(member, setting)
    found.set(id, section)
  }
  return found
}

function rolesIn(members: ReadonlyMap<string, Setting>, roles: Readonly<Record<string, Role>>): Values {
  return Object.fromEntries(
    Object.entries(roles).flatMap(([name, role]) => {
      const setting = members.get(name)
      return setting === undefined ? [] : [[role, setting]]
    }),
  )
}

interface Registration {
  readonly read: ReadClient
  readonly isOfThisGrant: boolean
}

function clientsOf(properties: readonly Property[], all: readonly Property[]): Recognised | NotUsed | null {
  const providers = sectionsAt(properties, 'provider')
  const registrations = [...sectionsAt(properties, 'registration')]
    .filter(([, { members }]) => members.has('clientid'))
    .slice(0, most)
    .map(([id, section]) => registrationOf(id, section, providers))
  const wanted = registrations.filter(({ isOfThisGrant }) => isOfThisGrant)
  const others = registrations.filter(({ isOfThisGrant }) => !isOfThisGrant).map(({ read }) => read)
  // If there is no client of this grant, those of others may be it, too.
  const offered = wanted.length > 0 ? wanted.map(({ read }) => read) : others
  const what = 'a settings file of Spring Boot, with its OAuth clients'
  const left = wanted.length > 0 ? others.map(({ client }) => quoted(client.name)) : []
  return withSentences(
    proposalsOf(
      what,
      offered,
      all.map(({ setting }) => setting),
    ),
    left.length === 0 ? [] : [`${listed(left)}: not of the grant client_credentials.`],
  )
}

function registrationOf(
  id: string,
  { name, members }: Section,
  providers: ReadonlyMap<string, Section>,
): Registration {
  const own = rolesIn(members, registrationRoles)
  const named = members.get('provider')?.values[0]?.toLowerCase().replaceAll('-', '') ?? id
  const provider = providers.get(named)
  const values = { ...own, ...(provider && rolesIn(provider.members, providerRoles)) }
  const base =
    own.clientSecret !== undefined ? { token_endpoint_auth_method: 'client_secret_basic' as const } : {}
  const composed = connectionOf(values, base)
  const isBuiltIn = provider === undefined && builtIn.includes(named)
  return {
    isOfThisGrant: /^client[_-]credentials$/i.test(own.grant?.values[0]?.trim() ?? ''),
    read: {
      client: { name, values, unclear: [] },
      composed: {
        ...composed,
        sentences: [
          ...composed.sentences,
          ...(isBuiltIn
            ? ['Spring knows the addresses of this server, and the file does not have them.']
            : []),
        ],
      },
    },
  }
}

/** An API: it names the issuer of its tokens, and no client. @see https://docs.spring.io/spring-security/reference/servlet/oauth2/resource-server/jwt.html */
function resourceServerOf(
  properties: readonly Property[],
  all: readonly Property[],
): Recognised | NotUsed | null {
  const members = new Map(
    properties
      .filter(({ path }) => path.slice(3, 5).join('.') === 'resourceserver.jwt')
      .map(({ path, setting }) => [path[5] ?? '', setting]),
  )
  const values = rolesIn(members, resourceServerRoles)
  if (values.issuer === undefined) return null
  const client = { name: '', values, unclear: [] }
  const what = 'a settings file of an API of Spring Boot: the issuer of its tokens, and no client'
  return proposalsOf(
    what,
    [{ client, composed: connectionOf(values) }],
    all.map(({ setting }) => setting),
  )
}
