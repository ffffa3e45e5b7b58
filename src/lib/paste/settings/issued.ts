import { isObject } from '../../json/own-members.ts'
import type { Kind, Recognised } from '../kind.ts'
import type { PastedConfig, Proposal } from '../proposal.ts'
import type { Values } from './clients.ts'
import { connectionOf } from './connection.ts'
import { proposalsOf } from './recognised.ts'
import type { Role } from './roles.ts'
import { setting, type Setting, settingsOf } from './setting.ts'
import { usableKey, usableUrl } from './usable.ts'

/** The settings of an object under these names. */
function valuesOf(settings: readonly Setting[], roles: Readonly<Record<string, Role>>): Values {
  return Object.fromEntries(
    Object.entries(roles).flatMap(([name, role]) => {
      const found = settings.find((one) => one.name === name)
      return found === undefined ? [] : [[role, found]]
    }),
  )
}

const hasTexts = (
  document: unknown,
  names: readonly string[],
): document is Readonly<Record<string, unknown>> =>
  isObject(document) &&
  names.every((name) => Object.hasOwn(document, name) && typeof document[name] === 'string')

/**
 * The key of a Google service account. It is for another grant: the JWT that it signs is the grant, and no client authenticates.
 * @see https://developers.google.com/identity/protocols/oauth2/service-account
 * @see RFC 7523 section 2.1
 */
export const googleAccount: Kind = {
  kind: 'google',
  read({ document }) {
    if (!hasTexts(document, ['type']) || document['type'] !== 'service_account') return null
    const what = 'the key of a Google service account'
    const sentences: string[] = []
    const say = (sentence: string): void => void sentences.push(sentence)
    const text = (name: string): Setting | undefined =>
      hasTexts(document, [name]) ? setting(name, String(document[name])) : undefined
    const key = usableKey(text('private_key'), say)
    const token_endpoint = usableUrl(text('token_uri'), say)
    const found: readonly Proposal[] = [
      ...(key === null ? [] : [{ kind: 'private-key' as const, name: 'private_key', text: key }]),
      ...(token_endpoint === null
        ? []
        : [
            {
              kind: 'connection' as const,
              name: 'token_uri',
              isWhole: false,
              config: { token_endpoint },
              key: null,
              call: null,
            },
          ]),
    ]
    const [first, ...others] = found
    if (first === undefined) return { what, refusal: `${sentences.join(' ')} ${otherGrant}`.trim() }
    return { what, proposals: [first, ...others], ignored: [otherGrant, ...sentences] } satisfies Recognised
  },
}

const otherGrant =
  'Google issues tokens to a service account by the grant urn:ietf:params:oauth:grant-type:jwt-bearer (RFC 7523 section 2.1): the JWT that the key signs is the grant. The page asks for client_credentials, which Google refuses for it.'

/** What the Azure CLI prints of a service principal, in the one form and in that of `--sdk-auth`. */
const azureForms: readonly (readonly [has: readonly string[], roles: Readonly<Record<string, Role>>])[] = [
  [['appId', 'password', 'tenant'], { appId: 'clientId', password: 'clientSecret', tenant: 'tenant' }],
  [
    ['clientId', 'clientSecret', 'tenantId'],
    {
      clientId: 'clientId',
      clientSecret: 'clientSecret',
      tenantId: 'tenant',
      activeDirectoryEndpointUrl: 'instance',
    },
  ],
]

/**
 * What `az ad sp create-for-rbac` prints, and the credentials that GitHub Actions keep for Azure.
 * @see https://learn.microsoft.com/cli/azure/ad/sp#az-ad-sp-create-for-rbac
 * @see https://github.com/Azure/login#login-with-a-service-principal-secret
 */
export const azurePrincipal: Kind = {
  kind: 'azure',
  read({ document }) {
    const [, roles] = azureForms.find(([has]) => hasTexts(document, has)) ?? []
    if (roles === undefined) return null
    const settings = settingsOf(document)
    const values = valuesOf(settings, roles)
    return proposalsOf(
      'a credentials file of a service principal of Azure',
      [{ client: { name: '', values, unclear: [] }, composed: connectionOf(values) }],
      settings,
    )
  },
}

/** Members that the response to a registration has, and few other objects with a `client_id`. */
const registered = [
  'client_id_issued_at',
  'client_secret_expires_at',
  'registration_client_uri',
  'registration_access_token',
  'token_endpoint_auth_method',
  'grant_types',
  'redirect_uris',
]

/** @see RFC 7591 section 2 */
const registrationRoles: Readonly<Record<string, Role>> = {
  client_id: 'clientId',
  client_secret: 'clientSecret',
  token_endpoint_auth_method: 'method',
  grant_types: 'grant',
  scope: 'scope',
}

/** The response of a registration endpoint. @see RFC 7591 section 3.2.1 */
export const registration: Kind = {
  kind: 'registration',
  read({ document }) {
    if (!hasTexts(document, ['client_id']) || !registered.some((name) => Object.hasOwn(document, name)))
      return null
    const settings = settingsOf(document)
    const values = valuesOf(settings, registrationRoles)
    // "If unspecified or omitted, the default is "client_secret_basic""
    const base: PastedConfig = {
      token_endpoint_auth_method: values.clientSecret === undefined ? 'none' : 'client_secret_basic',
    }
    return proposalsOf(
      'a client as a registration endpoint gives it (RFC 7591)',
      [{ client: { name: '', values, unclear: [] }, composed: connectionOf(values, base) }],
      settings,
    )
  },
}
