import { type Place, placesTo, type ToolOAuth2, type ToolRequest, type Walked } from './collection.ts'
import { type Drafted, draftRequest, draftSettings } from './draft.ts'
import type { Pairs } from './own.ts'
import type { Fill } from './variables.ts'

/** Finds the values of variables for a place of a collection. */
export type FillAt = (place: Place) => Fill

/** What may become a proposal. */
export interface Candidate {
  readonly place: Place
  /** Asks for a token with client_credentials, asks for one otherwise, or calls an API. */
  readonly rank: 0 | 1 | 2
  readonly draft: (fillAt: FillAt) => Drafted
}

interface Placed {
  readonly place: Place
  readonly request: ToolRequest
}

/** All that a collection may offer, by rank and then in its order. */
export function candidatesOf({ settings, requests }: Walked): readonly Candidate[] {
  const calls = callsBySettings(requests)
  const all = [
    ...settings.map(({ place, oauth2 }): Candidate => ({
      place,
      rank: /^(?:client_?credentials)?$/i.test(oauth2.grantType) ? 0 : 1,
      draft: (fillAt) => withCall(draftSettings(oauth2, fillAt(place)), calls.get(oauth2), fillAt),
    })),
    ...requests.map((placed): Candidate => ({
      place: placed.place,
      rank: rankOf(placed.request),
      draft: (fillAt) => draftPlaced(placed, fillAt),
    })),
  ]
  return ([0, 1, 2] as const).flatMap((rank) => all.filter((one) => one.rank === rank))
}

/** By what is written: a variable may be the grant. */
function rankOf({ url, body }: ToolRequest): Candidate['rank'] {
  const text =
    body.kind === 'form'
      ? body.pairs.map(([name, value]) => (name === 'grant_type' ? `${name}=${value}` : '')).join('')
      : body.kind === 'text'
        ? body.text
        : url
  if (!text.includes('grant_type')) return 2
  return /client_credentials|\{\{/.test(text) ? 0 : 1
}

/** The call for which settings get a token: the first GET, as it changes nothing, else the first of all. */
function callsBySettings(requests: readonly Placed[]): ReadonlyMap<ToolOAuth2, Placed> {
  const calls = new Map<ToolOAuth2, Placed>()
  const isGet = ({ request }: Placed) => request.method.toUpperCase() === 'GET'
  for (const one of requests) {
    const { auth } = one.place
    if (auth.kind !== 'oauth2' || rankOf(one.request) !== 2) continue
    const known = calls.get(auth.oauth2)
    if (known === undefined || (!isGet(known) && isGet(one))) calls.set(auth.oauth2, one)
  }
  return calls
}

function withCall(drafted: Drafted, placed: Placed | undefined, fillAt: FillAt): Drafted {
  const { proposal } = drafted
  if (proposal?.kind !== 'connection' || placed === undefined) return drafted
  const call = draftPlaced(placed, fillAt).proposal
  return { ...drafted, proposal: { ...proposal, call: call?.kind === 'call' ? call.call : null } }
}

const draftPlaced = ({ place, request }: Placed, fillAt: FillAt): Drafted =>
  draftRequest({ ...request, headers: headersOf({ place, request }) }, place.auth, fillAt(place))

/** Those of the folders, unless the request has its own of the same name. */
function headersOf({ place, request }: Placed): Pairs {
  const own = new Set(request.headers.map(([name]) => name.toLowerCase()))
  const inherited = placesTo(place).flatMap(({ headers }) => headers)
  return [...inherited.filter(([name]) => !own.has(name.toLowerCase())), ...request.headers]
}
