import { asNumber, type JsonValue, member } from '../json/value.ts'
import { stringsOf } from '../jwt/decode/claim-values.ts'
import { scopeTokens } from '../oauth/config/config.ts'
import type { Seen, SentAuth } from './seen.ts'

/** What has a value, or only is there or not. */
type Values = Readonly<Record<string, string | boolean>>

/** What a lesson asks of one exchange; all of it has to hold. Plain data, so that a file can have it. */
export interface ExchangeCondition {
  /** What the exchange was for. */
  readonly about: (typeof abouts)[number]
  readonly status?: number
  /** The error code of the response; empty for none. */
  readonly error?: string
  readonly method?: string
  /** How the path of the URL ends. */
  readonly path?: string
  readonly client?: string
  readonly auth?: SentAuth
  /** Whether ID and secret of the Basic header are form-encoded. */
  readonly encoded?: boolean
  /** Claims of the client assertion: a value, or whether there is one. */
  readonly assertion?: Values
  /** Parameters of the body: a value, or whether there is one. */
  readonly sent?: Values
  /** The scope of the token, in any order. */
  readonly granted?: string
  /** Claims of the token that came or was used: a value, or whether there is one. A list has the value if it contains it. */
  readonly claims?: Values
  /** Whether nobody but the server can read the token. */
  readonly opaque?: boolean
  readonly presented?: Seen['presented']
  /** Whether the server never issued the token that was used as it was used. */
  readonly altered?: boolean
  /** Whether the token was over when it was used, by its `exp`. */
  readonly expired?: boolean
  /** Claims of the DPoP proof. */
  readonly proof?: Values
  /** What introspection says of the token. */
  readonly active?: boolean
  /** Whether the very bytes of an earlier request were sent again. */
  readonly replay?: boolean
  /** Whether the token is that of the exchange that met the step before. */
  readonly token?: 'same' | 'other'
}

export const abouts = [
  'token',
  'api',
  'introspection',
  'revocation',
  'keys',
  'metadata',
  'registration',
] as const

/** What lies around an exchange. */
export interface Context {
  /** The exchange that met the step before; `null` for the first one. */
  readonly before: Seen | null
  /** Every token that an exchange of this page brought, with the number of the first that did. */
  readonly issued: ReadonlyMap<string, number>
}

/** Whether a member of a condition holds; another member is another row. */
const rows: {
  readonly [Name in keyof Required<ExchangeCondition>]: (
    wanted: NonNullable<ExchangeCondition[Name]>,
    exchange: Seen,
    context: Context,
  ) => boolean
} = {
  about: (about, exchange) => exchange.about === about,
  status: (status, exchange) => exchange.status === status,
  error: (error, exchange) => exchange.status !== null && exchange.error === error,
  method: (method, exchange) => exchange.method === method,
  path: (path, exchange) => exchange.path.endsWith(path),
  client: (client, exchange) => exchange.client === client,
  auth: (auth, exchange) => exchange.auth === auth,
  encoded: (encoded, exchange) => exchange.encoded === encoded,
  assertion: (assertion, exchange) => exchange.assertion !== null && hasValues(exchange.assertion, assertion),
  sent: (sent, exchange) =>
    Object.entries(sent).every(([name, value]) =>
      typeof value === 'boolean'
        ? exchange.sent.has(name) === value
        : exchange.sent.getAll(name).includes(value),
    ),
  granted: (granted, exchange) => exchange.granted !== null && sameScope(granted, exchange.granted),
  claims: (claims, exchange) => exchange.token !== null && hasValues(exchange.claims, claims),
  opaque: (opaque, exchange) => exchange.token !== null && (exchange.claims === null) === opaque,
  presented: (presented, exchange) => exchange.presented === presented,
  altered: (altered, { used, id }, { issued }) =>
    used !== null && (issued.get(used) ?? Infinity) < id !== altered,
  expired: (expired, exchange) => {
    const exp = asNumber(member(exchange.claims, 'exp'))
    return exp !== undefined && exchange.at >= exp * 1000 === expired
  },
  proof: (proof, exchange) => exchange.proof !== null && hasValues(exchange.proof, proof),
  active: (active, exchange) => exchange.active === active,
  replay: (replay, exchange) => (exchange.replayOf !== null) === replay,
  token: (wanted, { token }, { before }) => goesOn(wanted, token, before),
}

/** Whether the token of an exchange is that of the one before, or another. */
export function goesOn(
  wanted: NonNullable<ExchangeCondition['token']>,
  token: string | null,
  before: Seen | null,
): boolean {
  if (token === null || before === null || before.token === null) return false
  return (token === before.token) === (wanted === 'same')
}

/** Whether an exchange is what a step asks for. */
export function holds(condition: ExchangeCondition, exchange: Seen, context: Context): boolean {
  return Object.entries(rows).every(([name, row]) => {
    const wanted = condition[name as keyof ExchangeCondition]
    return (
      wanted === undefined ||
      (row as (wanted: unknown, exchange: Seen, context: Context) => boolean)(wanted, exchange, context)
    )
  })
}

/** The names that a condition can have. */
export const conditionNames = Object.keys(rows) as readonly (keyof ExchangeCondition)[]

function hasValues(of: JsonValue | null, wanted: Values): boolean {
  return Object.entries(wanted).every(([name, value]) => {
    const found = member(of, name)
    return typeof value === 'boolean'
      ? (found !== undefined) === value
      : (stringsOf(found) ?? []).includes(value)
  })
}

const sameScope = (one: string, other: string): boolean =>
  [...new Set(scopeTokens(one))].sort().join(' ') === [...new Set(scopeTokens(other))].sort().join(' ')
