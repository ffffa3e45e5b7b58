import { rfc } from '../../../spec.ts'
import type { CheckLog, Rule } from '../../base/check-log.ts'
import { parseJson } from '../../base/json-object.ts'
import { listNames } from '../../base/wording.ts'
import { unhandled } from '../asp-net.ts'
import { dotnetJson, withBody } from '../dotnet-json.ts'
import { authenticate, type Form, noStore, readForm, refuseToken } from './request.ts'
import { apiResources, type Client, issuer, tokenLifetime } from './setup.ts'
import type { Issuing } from './issued-tokens.ts'

const grantType: Rule = { what: 'grant_type is one it knows', spec: rfc(6749, '4.4.2') }
const scopeSent: Rule = { what: 'A scope is sent', spec: rfc(6749, '4.4.2') }
const mayUse: Rule = { what: 'The client may use this grant', spec: rfc(6749, '4.4') }
const allowed: Rule = { what: 'The client has these scopes', spec: rfc(6749, '3.3') }
const once: Rule = { what: 'No scope is named twice', spec: rfc(6749, '3.3') }
const target: Rule = { what: 'resource is the name of an API resource', spec: rfc(8707, '2') }
const notUsed: Rule = { what: 'A DPoP proof is not asked for', spec: rfc(9449, '5') }
const issued: Rule = { what: 'An access token is issued', spec: rfc(6749, '4.4.3') }

/** What it knows, and refuses by the client instead of by `invalid_grant`. */
const grantTypes = ['client_credentials', 'password', 'refresh_token', 'authorization_code']

/** The tutorial's step 3: the scope is looked for before the client, and a refresh token comes that nobody asked for. */
export async function respondToTokenRequest(
  request: Request,
  checks: CheckLog,
  { key, issuedTokens, now }: Issuing,
): Promise<Response> {
  const form = await readForm(request, checks)
  const asked = form.text('grant_type')
  if (asked === undefined || !grantTypes.includes(asked)) {
    throw refuseToken('invalid_grant', 'bad grant type', grantType)
  }
  checks.pass(grantType, asked)
  const scopes = (form.text('scope') ?? '').split(' ').filter((scope) => scope !== '')
  // Each grant has rules of its own, and these are what this one looks at first.
  if (asked === 'client_credentials' && scopes.length === 0)
    throw refuseToken('invalid_request', 'missing parameter scope', scopeSent)
  checks.pass(scopeSent, listNames(scopes))
  const client = authenticate(request.headers.get('authorization'), form, refuseToken, checks)
  if (!client.grant_types.includes(asked)) {
    const description = `grant type ${asked} is not supported by the client`
    throw refuseToken('invalid_client', description, mayUse)
  }
  checks.pass(mayUse, asked)
  const granted = grant(client, scopes, form, checks)
  if (form.isNoText('client_secret')) {
    throw unhandled(issued, 'The secret is right, is read as JSON, and is no text: an exception')
  }
  if (request.headers.has('dpop'))
    checks.note(notUsed, 'The client is not bound: not looked at, and a Bearer token')
  const iat = Math.floor(now() / 1000)
  const exp = iat + tokenLifetime
  const rest = { client_id: client.client_id, scope: granted.scopes, nbf: iat }
  const claims = { iss: issuer, exp, iat, aud: granted.audiences, ...rest }
  const access_token = await key.sign({ typ: 'JWT' }, claims)
  const refresh_token = crypto.randomUUID()
  issuedTokens.keep(access_token, { claims, exp })
  issuedTokens.keep(refresh_token, { claims: null, exp })
  checks.pass(issued, `A JWT signed with RS256, valid for ${tokenLifetime} s, and a refresh token`)
  const scope = granted.scopes.join(' ')
  const body = { expires_in: tokenLifetime, scope, access_token, refresh_token, token_type: 'Bearer' }
  return withBody(200, dotnetJson(body), { 'Content-Type': 'application/json; charset=utf-8', ...noStore })
}

interface Granted {
  readonly scopes: readonly string[]
  readonly audiences: readonly string[]
}

/** The scopes a client gets, and the audiences of the API resources that own them, or the client if none does. */
function grant(client: Client, scopes: readonly string[], form: Form, checks: CheckLog): Granted {
  const names = form.all('resource')
  const unknown = names.filter((name) => apiResources.every((one) => one.name !== name))
  const duplicates = scopes.filter((scope, index) => scopes.indexOf(scope) < index)
  if (duplicates.length > 0) {
    throw refuseToken('invalid_scope', `duplicate scopes : ${[...new Set(duplicates)].join(',')}`, once)
  }
  const denied = scopes.filter((scope) => !client.scopes.includes(scope))
  if (denied.length > 0) {
    const has = client.scopes.join(', ') || 'none'
    const found = `Not among its client scopes (${has}): ${listNames(denied)}`
    throw refuseToken('invalid_scope', `unauthorized to scopes : ${denied.join(',')}`, allowed, found)
  }
  checks.pass(allowed, listNames(scopes))
  if (unknown.length > 0) {
    throw refuseToken('invalid_target', `following resources ${unknown.join(',')} doesn't exist`, target)
  }
  checkDetails(form)
  const named = apiResources.filter(({ name }) => names.includes(name))
  if (named.length > 0) checks.pass(target, listNames(names))
  const missing = named.filter((one) => !one.scopes.some((scope) => scopes.includes(scope)))
  const all = [...missing.flatMap((one) => one.scopes), ...scopes]
  const owners = apiResources.filter((one) => one.scopes.some((scope) => all.includes(scope)))
  const inOrder = [...missing, ...owners.filter((one) => !missing.includes(one))]
  const audiences = inOrder.map(({ audience }) => audience)
  return { scopes: all, audiences: audiences.length > 0 ? audiences : [client.client_id] }
}

/** They are read, and then dropped for this grant. */
function checkDetails(form: Form): void {
  const details = form.text('authorization_details')
  if (details !== undefined && parseJson(details) === undefined) {
    const rule: Rule = { what: 'authorization_details is JSON', spec: rfc(9396, '2') }
    throw unhandled(rule, 'It is not, which ends in an exception')
  }
}
