import { httpUrl } from '../../http/http-url.ts'
import type { NotUsed, Recognised } from '../kind.ts'
import type { Proposal } from '../proposal.ts'
import { clientSettings } from '../settings/recognised.ts'
import { setting } from '../settings/setting.ts'
import { unknownIn } from '../unknown.ts'
import { Names, secretsIn } from './names.ts'
import type { Environment } from './offer.ts'
import { filler, type Variables } from './variables.ts'

/** How many environments are offered, and how many variables of each are read. */
const bounds = { environments: 20, variables: 5_000, sentences: 12 }

/**
 * What environments have by the names of their variables, as settings of a client have it.
 * @param shared what all of them have, unless one has its own
 */
export function offerEnvironments(
  what: string,
  environments: readonly Environment[],
  shared: Variables = new Map(),
): Recognised | NotUsed {
  const read = environments
    .slice(0, bounds.environments)
    .map(({ name, variables }) => ({ name, ...readOne(what, new Map([...shared, ...variables])) }))
  const names = new Names(read.flatMap(({ secrets }) => [...secrets]))
  const offered = read.flatMap(({ name, found }) =>
    found === null || 'refusal' in found ? [] : [{ name: names.short(name), found }],
  )
  const [first, ...others] = offered.flatMap(({ name, found }) =>
    found.proposals.map((proposal): Proposal => ({
      ...proposal,
      name: [name, names.short(proposal.name)].filter(Boolean).join(' / '),
    })),
  )
  const sentences = [...new Set(offered.flatMap(({ found }) => found.ignored))].map((one) =>
    names.sentence(one),
  )
  if (first === undefined)
    return {
      what,
      refusal:
        'None of its variables has a value and a name of a client or its server, like client_id, client_secret, token_url or issuer. Paste the collection that uses it.',
    }
  return {
    what,
    proposals: [first, ...others],
    ignored: [
      ...sentences.slice(0, bounds.sentences),
      ...(environments.length > bounds.environments
        ? [`Of ${environments.length} environments only the first ${bounds.environments} are read.`]
        : []),
    ],
  }
}

interface Read {
  readonly found: Recognised | NotUsed | null
  readonly secrets: ReadonlySet<string>
}

function readOne(what: string, variables: Variables): Read {
  const fill = filler([variables], new Set())
  const filled = [...variables].slice(0, bounds.variables).map(([name, text]) => {
    const value = fill(text)
    return [name, unknownIn(value).length > 0 ? '' : value] as const
  })
  return {
    found: clientSettings(
      filled.map(([name, value]) => setting(isApi(name, value) ? 'api_url' : name, value)),
      { what, alone: true },
    ),
    secrets: secretsIn([variables, new Map(filled)], []),
  }
}

/** In a file of settings it may be the server; in an API tool it is what requests begin with. */
const isApi = (name: string, value: string): boolean =>
  /^base[-_ ]?ur[il]$/i.test(name) && httpUrl(value) !== null
