import { rfc } from '../../../spec.ts'
import type { CheckLog, Rule } from '../../base/check-log.ts'
import { ProtocolError } from '../../base/protocol-error.ts'
import { empty } from '../../base/response.ts'
import { unhandled } from '../asp-net.ts'
import { dotnetJson, withBody } from '../dotnet-json.ts'
import { authenticate, readForm, type Form, type Refuse } from './request.ts'
import type { Issuing } from './issued-tokens.ts'

const json = { 'Content-Type': 'application/json; charset=utf-8' } as const
const active: Rule = { what: 'The token is active', spec: rfc(7662, '2.2') }
const sent: Rule = { what: 'A token is sent', spec: rfc(7662, '2.1') }
const hinted: Rule = { what: 'The hint is a type it knows', spec: rfc(7009, '2.1') }
const owned: Rule = { what: 'The token was issued to this client', spec: rfc(7009, '2.1') }
const revoked: Rule = { what: 'The token is revoked', spec: rfc(7009, '2.2') }

/** On one line, and without the fields of the token endpoint. */
const refuse: Refuse = (error, description, rule, found = description) =>
  new ProtocolError(rule, found, withBody(400, dotnetJson({ error, error_description: description }), json))

function tokenOf(form: Form): string {
  const token = form.text('token')
  if (token === undefined) throw refuse('invalid_request', 'missing parameter token', sent)
  return token
}

/** Introspection: any client may ask for any token, and a list of one is written as its member. @see RFC 7662 section 2 */
export async function respondToIntrospection(
  request: Request,
  checks: CheckLog,
  { issuedTokens, now }: Issuing,
): Promise<Response> {
  const form = await readForm(request, checks)
  const token = tokenOf(form)
  authenticate(request.headers.get('authorization'), form, refuse, checks)
  const kept = issuedTokens.find(token)
  if (!kept || kept.exp * 1000 <= now()) {
    checks.note(active, 'It is not: unknown, revoked or expired, which the response does not tell')
    return withBody(200, '{"active":false}', json)
  }
  if (kept.claims === null) throw unhandled(active, 'It is a refresh token, which ends in an exception')
  checks.pass(active, 'It is as it was issued')
  const members = Object.entries(kept.claims).map(([name, value]) => [name, single(value)] as const)
  return withBody(200, dotnetJson({ active: true, ...Object.fromEntries(members) }), json)
}

const single = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 1 ? (value as readonly unknown[])[0] : value

/** Revocation, which reads the credentials of the body alone: the Basic header is never looked at. @see RFC 7009 section 2 */
export async function respondToRevocation(
  request: Request,
  checks: CheckLog,
  { issuedTokens }: Issuing,
): Promise<Response> {
  const form = await readForm(request, checks)
  const hint = form.text('token_type_hint')
  if (hint !== undefined && hint !== 'access_token' && hint !== 'refresh_token') {
    throw refuse('unsupported_token_type', `unknown token type hint : ${hint}`, hinted)
  }
  const token = tokenOf(form)
  const client = authenticate(null, form, refuse, checks)
  const kept = issuedTokens.find(token)
  if (kept?.claims && kept.claims.client_id !== client.client_id) {
    const found = `It is of ${kept.claims.client_id}`
    throw refuse('invalid_client', 'unauthorized client', owned, found)
  }
  issuedTokens.forget(token)
  checks.pass(revoked, kept ? 'It was issued here' : 'There was none, which is no error')
  return empty(200)
}
