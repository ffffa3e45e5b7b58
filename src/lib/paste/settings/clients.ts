import { type Fact, factOf, type Role } from './roles.ts'
import type { Setting } from './setting.ts'

/** The settings of one client, by what they are. */
export type Values = Partial<Readonly<Record<Role, Setting>>>

/** A client that settings name. */
export interface FoundClient {
  /** What is before its own names: `AzureAd`, `KEYCLOAK`; empty if nothing is. */
  readonly name: string
  readonly values: Values
  /** Names of settings of which it is not clear that they are of this client: several say the same of different ones. */
  readonly unclear: readonly string[]
}

/** Clients of one text that are looked at. */
const most = 20

/**
 * The clients that settings are about, in order. What is called as the ID of a client is belongs to it: `A_CLIENT_SECRET` to `A_CLIENT_ID`. An issuer
 * or a scope elsewhere is of all clients that have none of their own. A secret is not, unless there is one client and one secret.
 * @param alone whether settings without the ID of a client are read, too, as those of a single one
 */
export function clientsIn(settings: readonly Setting[], alone = false): readonly FoundClient[] {
  const facts = settings.map(factOf).filter((fact) => fact !== null)
  const ids = facts.filter(({ role }) => role === 'clientId')
  const owners = ids
    .filter(({ group }, index) => ids.findIndex((other) => same(other.group, group)) === index)
    .slice(0, most)
  if (owners.length === 0)
    return alone
      ? [
          clientOf(
            { group: [], label: '' },
            facts.filter(({ isSure }) => isSure),
            [],
          ),
        ]
      : []
  const others = facts.filter(({ role }) => role !== 'clientId')
  return owners.map((owner) => {
    const own = others.filter((fact) => isOf(fact, owner, owners) && mayBeOf(fact, owner, owners, others))
    return clientOf(owner, own, ids)
  })
}

type Owner = Pick<Fact, 'group' | 'label'>

function clientOf(owner: Owner, facts: readonly Fact[], ids: readonly Fact[]): FoundClient {
  const all = [...ids.filter(({ group }) => same(group, owner.group)), ...facts]
  const unclear: string[] = []
  const values: Partial<Record<Role, Setting>> = {}
  for (const role of new Set(all.map((fact) => fact.role))) {
    const ranked = all
      .filter((fact) => fact.role === role)
      .map((fact) => ({ ...fact, rank: rankOf(fact, owner) }))
      .toSorted((one, other) => other.rank - one.rank)
    const [first] = ranked
    if (first === undefined) continue
    const equals = ranked.filter(({ rank }) => rank === first.rank)
    const isClear = equals.every(
      ({ setting, group }) =>
        same(group, first.group) || setting.values.join(' ') === first.setting.values.join(' '),
    )
    // Of names that are the same the last one counts, as it does wherever such a file is read.
    if (isClear)
      values[role] = (equals.findLast(({ setting }) => setting.name === first.setting.name) ?? first).setting
    else unclear.push(...equals.map(({ setting }) => setting.name))
  }
  return { name: owner.label, values, unclear }
}

/** Next to the ID it counts most, then by how many words are the same. */
const rankOf = ({ group, isSure }: Fact, owner: Owner): number =>
  (same(group, owner.group) ? 1000 : 10 * common(group, owner.group)) + (isSure ? 1 : 0)

/** Whether no other client has more of its name. */
const isOf = ({ group }: Fact, owner: Owner, owners: readonly Owner[]): boolean =>
  owners.every((other) => common(group, other.group) <= common(group, owner.group)) &&
  !owners.some((other) => other !== owner && same(other.group, group))

/** Whether a name may be about that client: what is called so elsewhere may be the secret of a database. */
function mayBeOf(fact: Fact, owner: Owner, owners: readonly Owner[], all: readonly Fact[]): boolean {
  if (isNear(fact.group, owner.group)) return true
  if (!fact.isSure) return false
  if (fact.role !== 'clientSecret' && fact.role !== 'key') return true
  return owners.length === 1 && all.filter(({ role, isSure }) => role === fact.role && isSure).length === 1
}

/** In what the client is in, or in a part of it that is called as such a part is. */
const isNear = (group: readonly string[], owner: readonly string[]): boolean =>
  startsWith(owner, group) ||
  (startsWith(group, owner) && group.slice(owner.length).every((word) => parts.has(word)))

/** What a part of the settings of a client is called. */
const parts: ReadonlySet<string> = new Set(
  'client credentials credential auth authentication oauth oauth2 o oidc openid connect jwt token provider options config configuration settings api app 0 1 2'.split(
    ' ',
  ),
)

const startsWith = (words: readonly string[], beginning: readonly string[]): boolean =>
  common(words, beginning) === beginning.length

const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && common(one, other) === one.length

function common(one: readonly string[], other: readonly string[]): number {
  const differs = one.findIndex((word, index) => word !== other[index])
  return differs < 0 ? one.length : differs
}
