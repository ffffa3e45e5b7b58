import { rfc } from '../../../spec.ts'
import type { CheckLog, Rule } from '../../base/check-log.ts'
import type { SeenIds } from '../../base/expiring-map.ts'
import type { DpopNonces } from '../../base/server-state.ts'
import { listNames, quote } from '../../base/wording.ts'
import { checkDuendeProof } from './proof.ts'
import { authenticate, type ClientKeys } from './client.ts'
import { type Organisation, organisationOf } from './organisation.ts'
import { helseIdJson, noStore, refuse, refuseClient } from './refusal.ts'
import { type Client, issuer, tokenEndpoint, tokenLifetime } from './setup.ts'
import type { ServerKey } from '../server-key.ts'

/** What its endpoints share. */
export interface HelseIdState {
  readonly key: ServerKey
  /** Of the samples’ clients; registration replaces them. */
  readonly clientKeys: () => ClientKeys
  readonly assertionIds: SeenIds
  readonly proofIds: SeenIds
  readonly nonces: DpopNonces
  readonly now: () => number
}

const isForm: Rule = { what: 'Body is application/x-www-form-urlencoded', spec: rfc(6749, '4.4.2') }
const grantType: Rule = { what: 'grant_type is client_credentials', spec: rfc(6749, '4.4.2') }
const proofSent: Rule = { what: 'A DPoP proof is sent', spec: rfc(9449, '5') }
const nonceGiven: Rule = { what: 'nonce is one this server gave', spec: rfc(9449, '8') }
const scopeSent: Rule = { what: 'A scope is sent', spec: rfc(6749, '4.4.2') }
const allowed: Rule = { what: 'The client has these scopes', spec: rfc(6749, '3.3') }
const issued: Rule = { what: 'An access token is issued', spec: rfc(6749, '4.4.3') }

/** Seconds around its clock for `iat`. */
const proofWindow = { before: 60, after: 5 }

/** Client, grant, proof with its nonce, scope and at last the organisation, as Duende’s server goes about it. */
export async function respondToTokenRequest(
  request: Request,
  checks: CheckLog,
  state: HelseIdState,
): Promise<Response> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? '')) {
    throw refuse('invalid_request', isForm, 'It is of another type')
  }
  const form = new URLSearchParams(await request.text())
  checks.pass(isForm, listNames([...new Set(form.keys())]) || 'It is empty')
  if (request.headers.has('authorization')) {
    const rule: Rule = { what: 'The client authenticates by private_key_jwt', spec: rfc(7523, '2.2') }
    throw refuseClient(
      rule,
      'There is an Authorization header, which its metadata list and it does not accept',
    )
  }
  const keys = state.clientKeys()
  const { client, claims } = await authenticate(form, checks, { ...state, keys })
  const grant = form.get('grant_type') ?? ''
  if (grant !== 'client_credentials') throw refuse('unsupported_grant_type', grantType, quote(grant))
  checks.pass(grantType, grant)
  const jkt = await boundTo(request, checks, state)
  const scopes = grantScopes(client, form, checks)
  const organisation = organisationOf(client, claims, checks)
  const access_token = await issue(client, { jkt, scopes, organisation }, state)
  checks.pass(issued, `A JWT signed with RS256, valid for ${tokenLifetime} s, bound to the key ${jkt}`)
  const body = { access_token, expires_in: tokenLifetime, token_type: 'DPoP', scope: scopes.join(' ') }
  return helseIdJson(200, body, noStore)
}

async function boundTo(request: Request, checks: CheckLog, state: HelseIdState): Promise<string> {
  const field = request.headers.get('dpop')
  if (field === null) {
    const description = 'Client requires DPoP and a DPoP header value was not provided.'
    throw refuse('invalid_request', proofSent, 'There is no DPoP header', description)
  }
  if (field.includes(',')) {
    throw refuse('invalid_request', proofSent, 'There are several', 'Too many DPoP headers provided.')
  }
  checks.pass(proofSent, `${field.length} characters`)
  return checkDuendeProof(
    field,
    {
      method: 'POST',
      url: tokenEndpoint,
      accessToken: null,
      jkt: null,
      window: proofWindow,
      more: ({ nonce }) => {
        const { result, found } = state.nonces.check(nonce)
        if (result === 'fail') {
          const description = nonce === undefined ? "Missing 'nonce' value." : "Invalid 'nonce' value."
          throw refuse('use_dpop_nonce', nonceGiven, found, description, {
            'DPoP-Nonce': state.nonces.issue(),
          })
        }
        checks.pass(nonceGiven, found)
      },
      replayed: 'Detected replay of DPoP proof token.',
      refuse: (words, rule, found) => refuse('invalid_dpop_proof', rule, found, words),
    },
    { ...state, checks },
  )
}

function grantScopes(client: Client, form: URLSearchParams, checks: CheckLog): readonly string[] {
  const scopes = [...new Set((form.get('scope') ?? '').split(' ').filter((scope) => scope !== ''))]
  if (scopes.length === 0) throw refuse('invalid_scope', scopeSent, 'There is none')
  checks.pass(scopeSent, scopes.join(' '))
  const denied = scopes.filter((scope) => !client.scopes.includes(scope))
  if (denied.length > 0)
    throw refuse('invalid_scope', allowed, `Not among its scopes: ${denied.map(quote).join(', ')}`)
  checks.pass(allowed, scopes.join(' '))
  return scopes
}

interface Granted {
  readonly jkt: string
  readonly scopes: readonly string[]
  readonly organisation: Organisation
}

/** The claims in the order in which HelseID has them; the audience is what is before the slash of a scope. */
function issue(
  { client_id, client_name, tenancy, supplier }: Client,
  { jkt, scopes, organisation: { parent, child } }: Granted,
  { key, now }: HelseIdState,
): Promise<string> {
  const iat = Math.floor(now() / 1000)
  const audiences = [...new Set(scopes.map((scope) => scope.split('/')[0] ?? scope))]
  const number = (name: string, value: string | null) =>
    value === null ? {} : { [`helseid://claims/client/claims/orgnr_${name}`]: value }
  return key.sign(
    { typ: 'at+jwt' },
    {
      iss: issuer,
      nbf: iat,
      iat,
      exp: iat + tokenLifetime,
      aud: audiences.length === 1 ? audiences[0] : audiences,
      cnf: { jkt },
      scope: scopes,
      client_id,
      client_amr: 'private_key_jwt',
      jti: crypto.randomUUID().replaceAll('-', '').toUpperCase(),
      'helseid://claims/client/client_name': client_name,
      'helseid://claims/client/client_tenancy': tenancy,
      ...number('parent', parent),
      ...number('child', child),
      ...number('supplier', parent === null ? null : supplier),
    },
  )
}
