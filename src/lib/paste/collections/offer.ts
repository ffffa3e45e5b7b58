import type { NotUsed, Recognised } from '../kind.ts'
import type { PastedCall, PastedConnection, Proposal } from '../proposal.ts'
import { type Candidate, candidatesOf, type FillAt } from './candidates.ts'
import { type Place, placesTo, type Walked } from './collection.ts'
import { Names, secretsOf } from './names.ts'
import { type Fill, filler, type Variables } from './variables.ts'

/** Values for the variables of a collection, of which one set is used at a time. */
export interface Environment {
  readonly name: string
  readonly variables: Variables
}

const bounds = { proposals: 50, environments: 10, sentences: 12, drafts: 5_000 }

/**
 * What a collection offers: how it gets tokens, then its calls, each named by its path. What is the same twice, also with the
 * values of two environments, is offered once.
 */
export function offer(
  what: string,
  walked: Walked,
  environments: readonly Environment[],
): Recognised | NotUsed {
  const { found, ignored, missing, left } = draftAll(candidatesOf(walked), environments)
  const names = new Names(
    secretsOf(
      walked,
      environments.map(({ variables }) => variables),
      found.map(({ proposal }) => proposal),
    ),
  )
  const [first, ...others] = found.map(({ proposal, place, environment }): Proposal => ({
    ...proposal,
    name: names.path(place, environment, proposal.kind),
  }))
  if (first === undefined)
    return {
      what,
      refusal:
        'Nothing of it can be filled in: it has no settings of OAuth 2.0, no token request and no call by http(s) with values.' +
        (missing.size === 0
          ? ''
          : ` It has no value for ${names.list([...missing])}. Paste the environment that has it.`),
    }
  return {
    what,
    proposals: [first, ...others],
    ignored: [
      walked.hasScripts ? 'Scripts are not run, so what they would set is not there.' : '',
      left > 0 ? `${left} more entries of it are not offered. Export one folder to get them.` : '',
      environments.length > bounds.environments
        ? `Of its ${environments.length} environments only the first ${bounds.environments} are used.`
        : '',
      walked.isCut ? 'It is too long or too deep to be read as a whole.' : '',
      ...ignored.slice(0, bounds.sentences).map((sentence) => names.sentence(sentence)),
      ignored.length > bounds.sentences ? 'There is more that is not used.' : '',
    ].filter(Boolean),
  }
}

interface Found {
  readonly proposal: PastedConnection | PastedCall
  readonly place: Place
  /** The name of the environment that it has its values of, if another one has others. */
  readonly environment: string | null
}

interface Drafted {
  readonly found: readonly Found[]
  readonly ignored: readonly string[]
  /** The variables without a value. */
  readonly missing: ReadonlySet<string>
  /** How many candidates were not looked at. */
  readonly left: number
}

function draftAll(candidates: readonly Candidate[], environments: readonly Environment[]): Drafted {
  const missing = new Set<string>()
  const sets = (environments.length === 0 ? [null] : environments.slice(0, bounds.environments)).map(
    (environment) => ({ name: environment?.name ?? null, fillAt: fillsOf(environment, missing) }),
  )
  const found = new Map<string, Found>()
  const ignored = new Set<string>()
  let done = 0
  for (const { place, draft } of candidates) {
    if (found.size >= bounds.proposals || done * sets.length >= bounds.drafts) break
    done += 1
    const drafts = sets.map(({ name, fillAt }) => ({ name, ...draft(fillAt) }))
    const own = new Map(drafts.map((one) => [JSON.stringify(one.proposal), one]))
    for (const [key, { name, proposal, ignored: sentences }] of own) {
      if (proposal === null || found.has(key)) continue
      for (const sentence of sentences) ignored.add(sentence)
      found.set(key, { proposal, place, environment: own.size > 1 ? name : null })
    }
  }
  return {
    found: [...found.values()].slice(0, bounds.proposals),
    ignored: [...ignored],
    missing,
    left: candidates.length - done,
  }
}

/** The variables of a folder come first, those of the environment before those of the whole collection. */
function fillsOf(environment: Environment | null, missing: Set<string>): FillAt {
  const known = new Map<Place, Fill>()
  return (place) => {
    const owner = ownerOf(place)
    const fill = known.get(owner) ?? filler(scopesOf(owner, environment), missing)
    known.set(owner, fill)
    return fill
  }
}

/** The innermost place with variables of its own, so that a thousand requests without any share what was looked up. */
function ownerOf(place: Place): Place {
  let owner = place
  while (owner.outer && owner.variables.size === 0) owner = owner.outer
  return owner
}

function scopesOf(place: Place, environment: Environment | null): readonly Variables[] {
  const [root, ...inner] = placesTo(place).map(({ variables }) => variables)
  return [
    ...inner.reverse(),
    ...(environment ? [environment.variables] : []),
    ...(root ? [root] : []),
  ].filter(({ size }) => size > 0)
}
