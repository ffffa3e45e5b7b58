import { httpUrl } from '../../http/http-url.ts'
import { hidesSecret } from '../../text/hides-secret.ts'
import type { NotUsed, Recognised } from '../kind.ts'
import type { PastedConfig, PastedConnection, Proposal } from '../proposal.ts'
import { unknownIn } from '../unknown.ts'
import { draftSettings } from './draft.ts'
import { Names, secretsIn } from './names.ts'
import type { Environment } from './offer.ts'
import { filler, type Variables } from './variables.ts'

/** What people call the members of the form, without signs and in lower case. */
const meanings = {
  client_secret:
    /(?:(?:client|app|application|consumer|oauth2?)secret(?:key|value)?|clientpassword|^secret)$/,
  client_id: /(?:client|app|application|consumer)(?:id|key|identifier)$/,
  token_endpoint: /(?:access)?token(?:endpoint|server|service)?ur[il]$|tokenendpoint$/,
  discovery:
    /(?:issuer|authority|discovery|wellknown|metadata)(?:ur[il]|endpoint|document)?$|openidconfiguration$/,
  scope: /scopes?$/,
  resource: /^(?:oauth2?)?resource(?:indicator|ur[il])?$/,
  audience: /audience$|^aud$/,
  api: /^(?:api|base|server|host)*(?:host|ur[il]|endpoint)$/,
} as const satisfies Readonly<Record<string, RegExp>>

type Meaning = keyof typeof meanings

/** Those whose value is a URL, or it means something else. */
const urls: ReadonlySet<Meaning> = new Set(['token_endpoint', 'discovery', 'api'])

/** How many environments are offered, and how many variables of each are read. */
const bounds = { environments: 20, variables: 5_000 }

/** What environments have by the names of their variables: no more than a guess, which the user sees before it is filled in. */
export function offerEnvironments(
  what: string,
  environments: readonly Environment[],
  shared: Variables = new Map(),
): Recognised | NotUsed {
  const found = environments.slice(0, bounds.environments).flatMap(({ name, variables }) => {
    const all = new Map([...shared, ...variables])
    const { proposal, ignored, unused } = read(all)
    return proposal === null ? [] : [{ name, proposal, ignored, unused, all }]
  })
  const names = new Names(
    secretsIn(
      found.map(({ all }) => all),
      found.map(({ proposal }) => proposal.config.client_secret ?? ''),
    ),
  )
  const [first, ...others] = found.map(({ name, proposal }): Proposal => ({
    ...proposal,
    name: names.short(name),
  }))
  if (first === undefined)
    return {
      what,
      refusal:
        'None of its variables has a value and a name like client_id, client_secret, token_url, issuer or base_url. Paste the collection that uses it.',
    }
  const unused = [...new Set(found.flatMap((one) => one.unused))]
  return {
    what,
    proposals: [first, ...others],
    ignored: [
      ...new Set(found.flatMap(({ ignored }) => ignored.map((sentence) => names.sentence(sentence)))),
      unused.length === 0 ? '' : `Not used, as the names say nothing of a client: ${names.list(unused)}.`,
      environments.length > bounds.environments
        ? `Of ${environments.length} environments only the first ${bounds.environments} are read.`
        : '',
    ].filter(Boolean),
  }
}

interface Read {
  readonly proposal: PastedConnection | null
  readonly ignored: readonly string[]
  /** The names of variables that are not used. */
  readonly unused: readonly string[]
}

function read(variables: Variables): Read {
  const named = [...variables].filter(([, value]) => value !== '').slice(0, bounds.variables)
  const fill = filler([variables], new Set())
  const chosen = new Map(
    (Object.keys(meanings) as Meaning[]).flatMap((meaning) => {
      const name = nameFor(
        meaning,
        urls.has(meaning) ? named.filter(([, value]) => httpUrl(fill(value)) !== null) : named,
      )
      return name === null ? [] : [[meaning, name] as const]
    }),
  )
  const valueOf = (meaning: Meaning): string => {
    const name = chosen.get(meaning)
    return name === undefined ? '' : (variables.get(name) ?? '')
  }
  const urlOf = (meaning: Meaning): string | null => {
    const value = fill(valueOf(meaning))
    const isUsable = unknownIn(value).length === 0 && !hidesSecret(value, '')
    return isUsable ? (httpUrl(value)?.href ?? null) : null
  }
  const { proposal, ignored } = draftSettings(
    {
      grantType: '',
      tokenUrl: valueOf('token_endpoint'),
      clientId: valueOf('client_id'),
      clientSecret: valueOf('client_secret'),
      scope: valueOf('scope'),
      audience: [valueOf('audience')].filter(Boolean),
      resource: [valueOf('resource')].filter(Boolean),
      placement: 'body',
      parameters: [],
      headers: [],
      query: [],
    },
    fill,
  )
  const [discovery, api] = [urlOf('discovery'), urlOf('api')]
  const config: PastedConfig = {
    ...(discovery !== null && { discovery }),
    ...(proposal?.kind === 'connection' && only([...chosen.keys()], proposal.config)),
  }
  const unused = named.map(([name]) => name).filter((name) => ![...chosen.values()].includes(name))
  return Object.keys(config).length === 0 && api === null
    ? { proposal: null, ignored: [], unused }
    : {
        proposal: {
          kind: 'connection',
          config,
          isWhole: false,
          key: null,
          call: api === null ? null : { url: api },
        },
        ignored,
        unused,
      }
}

/** Of the names that fit one that names the grant, else the shortest: `client_id` before `admin_client_id`. */
function nameFor(
  meaning: Meaning,
  named: readonly (readonly [name: string, value: string])[],
): string | null {
  const fitting = named
    .map(([name]) => ({ name, plain: name.replace(/[^a-z\d]/gi, '').toLowerCase() }))
    .filter(({ plain }) => meanings[meaning].test(plain) && !ofOtherGrant.test(plain))
  const ours = fitting.filter(({ plain }) => plain.includes('clientcredentials'))
  return (ours.length > 0 ? ours : fitting).reduce<string | null>(
    (best, { name }) => (best === null || name.length < best.length ? name : best),
    null,
  )
}

const ofOtherGrant = /authori[sz]ationcode|passwordcredentials|implicit|refresh/

/** Names say nothing of how the client authenticates, or of what is not sent. */
const only = (names: readonly string[], config: PastedConfig): PastedConfig =>
  Object.fromEntries(Object.entries(config).filter(([name]) => names.includes(name)))
