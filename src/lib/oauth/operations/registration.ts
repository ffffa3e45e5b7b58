import type { FormFix } from '../../explanation/explanation.ts'
import { decodeBody } from '../../http/body.ts'
import type { HttpRequest, Outcome } from '../../http/message.ts'
import { isObject, ownMembers } from '../../json/own-members.ts'
import type { Key } from '../../keys/key.ts'
import { publicJwkSet } from '../../keys/public-key.ts'
import { quoted } from '../../text/quoted.ts'
import { isAuthMethod } from '../config/auth-methods.ts'
import { scopeTokens, type TokenRequestConfig } from '../config/config.ts'

type Members = Readonly<Record<string, unknown>>

/** What a registration asks for: a client of this grant that proves itself with the key. @see RFC 7591 section 2 */
function metadataOf(key: Key, { scope, dpop }: TokenRequestConfig) {
  return {
    client_name: 'Client Credentials Playground',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: key.alg,
    jwks: publicJwkSet(key),
    ...(scopeTokens(scope).length > 0 ? { scope } : {}),
    ...(dpop.on ? { dpop_bound_access_tokens: true } : {}),
  }
}

/**
 * The request that registers a client for this grant with the public half of a key. An initial access token, if there is
 * one, goes along as a Bearer token.
 * @see RFC 7591 sections 3 and 3.1
 */
export function registrationRequest(
  endpoint: string,
  key: Key,
  config: TokenRequestConfig,
  initialAccessToken = '',
): HttpRequest {
  return {
    method: 'POST',
    url: endpoint,
    headers: [
      ['accept', 'application/json'],
      ['content-type', 'application/json'],
      ...(initialAccessToken === '' ? [] : ([['authorization', `Bearer ${initialAccessToken}`]] as const)),
    ],
    body: JSON.stringify(metadataOf(key, config)),
  }
}

/** What came of a registration: the ID of the client, or why there is none. @see RFC 7591 section 3.2 */
export type Registered =
  | {
      readonly ok: true
      readonly client_id: string
      /** What the server registered in another way than it was asked to, a sentence each. */
      readonly differs: readonly string[]
      /** What makes the form fit the client as it is registered; `null` if it fits, or if nothing is known to. */
      readonly adopt: FormFix | null
    }
  | {
      readonly ok: false
      readonly message: string
      /** Whether an initial access token may help: the server asked for one, or nobody may read what it asked for. */
      readonly wantsToken: boolean
    }

/** Reads the response to a registration; never throws. @see RFC 7591 sections 3.2.1 and 3.2.2 */
export function readRegistration(request: HttpRequest, outcome: Outcome): Registered {
  const withToken = request.headers.some(([name]) => name === 'authorization')
  if (outcome.kind !== 'response') {
    const hint = withToken
      ? ''
      : ' If the server demands an initial access token, it may have refused without CORS: enter one below.'
    return {
      ok: false,
      message: `No response came that a page can read; History has the request.${hint}`,
      wantsToken: true,
    }
  }
  const { status } = outcome.response
  const body = decodeBody(outcome.response)
  const read = ownMembers(body.kind === 'text' ? body.text : '')
  const members: Members = read.ok ? read.members : {}
  const { client_id, error, error_description } = members
  if (typeof client_id === 'string' && status < 400) {
    const asked = ownMembers(request.body ?? '')
    const differs = asked.ok ? differences(asked.members, members) : []
    return { ok: true, client_id, differs, adopt: adoption(members) }
  }
  const words = [error, error_description].filter((word) => typeof word === 'string').join(': ')
  const wantsToken = status === 401 || status === 403
  const reason = !wantsToken
    ? ''
    : withToken
      ? ' It did not accept the initial access token: it has expired, was used already, or lacks a right.'
      : ' It demands an initial access token (RFC 7591 section 3): enter one below.'
  return {
    ok: false,
    message: `The server did not register it (${status}).${reason} ${quoted(words)}`.trim(),
    wantsToken,
  }
}

/**
 * "The authorization server MUST return all registered metadata", whatever it replaced. What it leaves out may be
 * registered or not.
 * @see RFC 7591 section 3.2.1
 */
function differences(asked: Members, registered: Members): readonly string[] {
  const names = Object.keys(comparisons).filter((name) => name in asked)
  const silent = names.filter((name) => registered[name] === undefined)
  return [
    ...names.flatMap((name) =>
      silent.includes(name) ? [] : (comparisons[name]?.(asked[name], registered[name]) ?? []),
    ),
    ...(silent.length === 0
      ? []
      : [
          `The response leaves out ${silent.join(', ')}: the server may not have registered what was asked for there.`,
        ]),
  ]
}

/** What is said of a member that the server registered in another way, by its name. @see RFC 7591 section 2 */
const comparisons: Readonly<Record<string, (asked: unknown, registered: unknown) => string | null>> = {
  token_endpoint_auth_method: (asked, registered) =>
    registered === asked
      ? null
      : `It registered ${quoted(String(registered))} as the client authentication, and not ${String(asked)}: this key is no proof there.`,
  jwks: (asked, registered) =>
    hasKey(registered, asked) ? null : 'The keys it registered do not include this one.',
  grant_types: (_asked, registered) =>
    Array.isArray(registered) && registered.includes('client_credentials')
      ? null
      : 'The grant types it registered do not include client_credentials.',
  scope: (asked, registered) => {
    const given = typeof registered === 'string' ? scopeTokens(registered) : []
    const missing = scopeTokens(String(asked)).filter((token) => !given.includes(token))
    return missing.length === 0 ? null : `The scope it registered lacks ${quoted(missing.join(' '))}.`
  },
  dpop_bound_access_tokens: (_asked, registered) =>
    registered === true ? null : 'It did not register that the tokens are to be bound to a key (DPoP).',
}

const keysOf = (set: unknown): readonly Members[] =>
  isObject(set) && Array.isArray(set['keys']) ? set['keys'].filter(isObject) : []

/** Whether a set has the key of another; `n` and `x` tell keys apart. @see RFC 7518 sections 6.2.1 and 6.3.1 */
function hasKey(set: unknown, wanted: unknown): boolean {
  const same = (one: Members, other: Members) => one['n'] === other['n'] && one['x'] === other['x']
  return keysOf(wanted).every((key) => keysOf(set).some((other) => same(key, other)))
}

/** A secret in place of the key. @see RFC 7591 section 3.2.1 */
function adoption({ token_endpoint_auth_method: method, client_secret }: Members): FormFix | null {
  if (typeof method !== 'string' || typeof client_secret !== 'string') return null
  if (!isAuthMethod(method) || !method.startsWith('client_secret_')) return null
  const change = { token_endpoint_auth_method: method, client_secret }
  return { text: `Use ${method} with the secret it gave`, change }
}
