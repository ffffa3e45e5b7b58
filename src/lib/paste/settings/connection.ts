import { httpUrl } from '../../http/http-url.ts'
import { isObject, parsePlain } from '../../json/own-members.ts'
import type { AuthMethod } from '../../oauth/config/auth-methods.ts'
import { quoted } from '../../text/quoted.ts'
import type { PastedConfig, PastedConnection } from '../proposal.ts'
import { auth0Domain, authorityAt, entraTenant, keycloakRealm } from './authorities.ts'
import type { Values } from './clients.ts'
import { wordsOf } from './setting.ts'
import { looksLikeKey, type Say, usableKey, usableList, usableText, usableUrl } from './usable.ts'

/** What settings of a client are in the form, and what is not used of them, in sentences without values. */
export interface Composed {
  readonly proposal: PastedConnection
  readonly sentences: readonly string[]
}

/**
 * Settings as members of the form. The secret goes into the field of the client secret alone, a key apart; a placeholder, a URL with a password and
 * what has no field is left out and said.
 * @param base what such settings have if they do not say otherwise
 */
export function connectionOf(values: Values, base: PastedConfig = {}): Composed {
  const sentences: string[] = []
  const say: Say = (sentence) => void sentences.push(sentence)
  const client_id = usableText(values.clientId, say)
  const scope = usableList(values.scope, say).join(' ')
  const credentials = credentialsOf(values, base, say)
  const call = usableUrl(values.apiUrl, say)
  sayOfGrant(values, say)
  const address = addressOf(values, scope !== '', say)
  const assertion = { ...base.assertion, ...address.assertion, ...credentials.config.assertion }
  const config: PastedConfig = {
    ...base,
    ...address,
    ...(client_id !== null && { client_id }),
    ...credentials.config,
    ...(Object.keys(assertion).length > 0 && { assertion }),
    ...(scope !== '' && { scope }),
    ...targetOf(values, say),
  }
  return {
    proposal: {
      kind: 'connection',
      isWhole: false,
      config: { ...config, ...dpopOf(values, config, say) },
      key: credentials.key,
      call: call === null ? null : { url: call },
    },
    sentences,
  }
}

/** Whether anything of it goes into the form. */
export const hasAnything = ({ proposal: { config, key } }: Composed): boolean =>
  key !== null ||
  [config.client_id, config.client_secret, config.token_endpoint, config.discovery].some(Boolean)

/** Where the server is: by its own address, or by what a known kind of server makes of a realm, a tenant or a domain. */
function addressOf(values: Values, hasScope: boolean, say: Say): PastedConfig {
  const found = serverOf(values, hasScope, say)
  const token_endpoint = usableUrl(values.tokenEndpoint, say)
  return { ...found, ...(token_endpoint !== null && { token_endpoint }) }
}

function serverOf(values: Values, hasScope: boolean, say: Say): PastedConfig {
  const issuer = usableUrl(values.issuer, say)
  const tenant = usableText(values.tenant, say)
  const isAlone = issuer === null && values.tokenEndpoint === undefined
  const isOfEntra =
    microsoft.test(httpUrl(issuer ?? '')?.hostname ?? '') && httpUrl(issuer ?? '')?.pathname === '/'
  if (tenant !== null && (isOfEntra || isAlone)) {
    const instance = usableUrl(values.instance, say) ?? issuer
    return tenantOf(tenant, instance, hasScope, say)
  }
  if (issuer !== null) return authorityAt(issuer)
  const server =
    values.realm !== undefined || /\/realms\//.test(values.server?.values[0] ?? '')
      ? usableUrl(values.server, say)
      : null
  const realm = usableText(values.realm, say)
  if (server !== null && /\/realms\/[^/]/.test(server)) return authorityAt(server)
  if (server !== null && realm !== null) return keycloakRealm(server, realm)
  const domain = isAlone ? usableText(values.domain, say) : null
  if (domain === null || !isAuth0(values, domain)) return {}
  return auth0Domain(domain)
}

const microsoft = /^login\.(?:microsoftonline\.(?:com|us)|partner\.microsoftonline\.cn)$/

/** A tenant of its own: “common” is where users of all tenants sign in. */
function tenantOf(tenant: string, instance: string | null, hasScope: boolean, say: Say): PastedConfig {
  if (/^(?:common|organizations|consumers)$/i.test(tenant)) {
    say('The tenant is one for users of all tenants. A client needs its own: type its token endpoint.')
    return {}
  }
  if (!/^[\w.-]{1,100}$/.test(tenant)) return {}
  if (!hasScope)
    say('Entra ID demands a scope, and none is here. Type it: the URI of the API with /.default at its end.')
  return entraTenant(tenant, instance ?? undefined)
}

const isAuth0 = ({ domain }: Values, value: string): boolean =>
  /^(?:https:\/\/)?[\w.-]+\/?$/.test(value) &&
  (/\.auth0\.com\/?$/.test(value) || wordsOf(domain?.name ?? '').some(({ text }) => text === 'auth'))

interface Credentials {
  readonly config: PastedConfig
  readonly key: string | null
}

function credentialsOf(values: Values, base: PastedConfig, say: Say): Credentials {
  const secretIsKey = looksLikeKey(values.clientSecret?.values[0]?.trim() ?? '')
  const client_secret = secretIsKey ? null : usableText(values.clientSecret, say, true)
  const named = methodOf(values, say)
  const method = named ?? base.token_endpoint_auth_method
  const usesKey = method === 'private_key_jwt' || (method === undefined && client_secret === null)
  const keySetting = values.key ?? (secretIsKey ? values.clientSecret : undefined)
  if (keySetting !== undefined && !usesKey && !secretIsKey)
    say(`${quoted(keySetting.name)} is not used: the client authenticates otherwise.`)
  const key = usesKey || secretIsKey ? usableKey(keySetting, say) : null
  const chosen = key === null ? method : (named ?? 'private_key_jwt')
  return {
    key,
    config: {
      ...(client_secret !== null && { client_secret }),
      ...(chosen !== undefined && { token_endpoint_auth_method: chosen }),
      ...keyIdOf(values, key, say),
    },
  }
}

/** The registered names, those of older versions of Spring, and Duende's, in lower case and letters only. */
const methods: Readonly<Record<string, AuthMethod>> = {
  clientsecretbasic: 'client_secret_basic',
  basic: 'client_secret_basic',
  authorizationheader: 'client_secret_basic',
  header: 'client_secret_basic',
  clientsecretpost: 'client_secret_post',
  post: 'client_secret_post',
  postbody: 'client_secret_post',
  body: 'client_secret_post',
  clientsecretjwt: 'client_secret_jwt',
  secretjwt: 'client_secret_jwt',
  privatekeyjwt: 'private_key_jwt',
  privatekeyjwtrsaprivatekeyjwtsecret: 'private_key_jwt',
  tlsclientauth: 'tls_client_auth',
  selfsignedtlsclientauth: 'self_signed_tls_client_auth',
  none: 'none',
}

function methodOf({ method }: Values, say: Say): AuthMethod | null {
  if (method === undefined) return null
  const plain = (method.values[0] ?? '').toLowerCase().replace(/[^a-z]/g, '')
  if (Object.hasOwn(methods, plain)) return methods[plain] ?? null
  say(`${quoted(method.name)} names no method of client authentication that the page knows.`)
  return null
}

/** A key that names itself needs no other name. */
function keyIdOf({ keyId }: Values, key: string | null, say: Say): PastedConfig {
  if (keyId === undefined || key === null) return {}
  const parsed = parsePlain(key)
  if (parsed.ok && isObject(parsed.value) && Object.hasOwn(parsed.value, 'kid')) return {}
  const custom_kid = usableText(keyId, say)
  return custom_kid === null ? {} : { assertion: { kid: 'custom', custom_kid } }
}

/** What the token is for. @see RFC 8707 section 2 */
function targetOf(values: Values, say: Say): PastedConfig {
  const audiences = usableList(values.audience, say)
  const [audience] = audiences
  if (audiences.length > 1)
    say(`${quoted(values.audience?.name ?? '')} has several values. None is filled in.`)
  const resource = usableList(values.resource, () => undefined).filter((uri) =>
    /^[a-z][\w+.-]*:[^\s#]+$/i.test(uri),
  )
  return {
    ...(audience !== undefined && audiences.length === 1 && { audience }),
    ...(resource.length > 0 && { resource }),
  }
}

/** @see RFC 9449 */
function dpopOf({ dpop, dpopKey }: Values, { dpop: base }: PastedConfig, say: Say): PastedConfig {
  const isOn = dpopKey !== undefined || /^true$/i.test(dpop?.values[0] ?? '')
  if (dpopKey !== undefined)
    say(`${quoted(dpopKey.name)} is not used: import that key under Keys, or let the page make another one.`)
  return isOn ? { dpop: { ...base, on: true } } : {}
}

function sayOfGrant({ grant }: Values, say: Say): void {
  if (grant === undefined || grant.values.some((value) => /^client[-_ ]?credentials$/i.test(value.trim())))
    return
  say(`${quoted(grant.name)} has another grant. The page asks for client_credentials.`)
}
