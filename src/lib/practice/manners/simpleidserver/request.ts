import { rfc } from '../../../spec.ts'
import { essence } from '../../../http/preflight.ts'
import type { CheckLog, Rule } from '../../base/check-log.ts'
import { decodeFormValue } from '../../base/form-body.ts'
import { parseJson } from '../../base/json-object.ts'
import { ProtocolError } from '../../base/protocol-error.ts'
import { listNames, quote } from '../../base/wording.ts'
import { readJws } from '../../signatures/jws.ts'
import { unhandled } from '../asp-net.ts'
import { dotnetJson, withBody } from '../dotnet-json.ts'
import { type Client, clients } from './setup.ts'

/** How an endpoint refuses: the client reads `description`, and the page what was found. */
export type Refuse = (error: string, description: string, rule: Rule, found?: string) => ProtocolError

/** No status but 400, and no challenge. @see RFC 6749 section 5.2, which wants 401 after an Authorization header */
export const refuseToken: Refuse = (error, description, rule, found = description) =>
  new ProtocolError(
    rule,
    found,
    withBody(400, dotnetJson({ error, error_description: description }, true), {
      'Content-Type': 'application/json',
      ...noStore,
    }),
  )

export const noStore = { 'Cache-Control': 'no-store', Pragma: 'no-cache' } as const

/** Parameters by name, with what the server makes of each value. */
export interface Form {
  /** As text: what was sent as a number or a word of JSON reads as it was written. */
  text(name: string): string | undefined
  all(name: string): readonly string[]
  /** Whether JSON reads the value as something else than a text, which ends in an exception for some names. */
  isNoText(name: string): boolean
}

const isForm: Rule = { what: 'Body is application/x-www-form-urlencoded', spec: rfc(6749, '4.4.2') }
const known: Rule = { what: 'The client is known in this realm', spec: rfc(6749, '3.2.1') }
const credential: Rule = { what: 'The client’s one method and its secret', spec: rfc(6749, '2.3.1') }

/** Reads the body as SimpleIdServer does: each value is URL-decoded once more, and then read as JSON if it is that. */
export async function readForm(request: Request, checks: CheckLog): Promise<Form> {
  const contentType = request.headers.get('content-type') ?? ''
  if (essence(contentType) !== 'application/x-www-form-urlencoded') {
    throw unhandled(isForm, `It is ${quote(contentType)}, which ends in an exception`)
  }
  const sent = [...new URLSearchParams(await request.text())]
  const values = sent.map(([name, value]) => [name, decodeFormValue(value)] as const)
  checks.pass(isForm, listNames([...new Set(values.map(([name]) => name))]) || 'It is empty')
  const all = (name: string): readonly string[] =>
    values.filter(([one, value]) => one === name && value !== '').map(([, value]) => value)
  return {
    all,
    text: (name) => {
      const [first, ...more] = all(name)
      // Repeated values become a JSON array, which is printed where a text was expected.
      return more.length === 0 ? first : JSON.stringify([first, ...more], undefined, 2)
    },
    isNoText: (name) => {
      const value = parseJson(all(name)[0] ?? '')
      return typeof value === 'number' || typeof value === 'boolean'
    },
  }
}

/**
 * The client of a request, from the Basic header, else from the body. Its method is fixed, and whatever is wrong with
 * its credentials is called the same. `authorization` is `null` at an endpoint that does not look at it.
 */
export function authenticate(
  authorization: string | null,
  form: Form,
  refuse: Refuse,
  checks: CheckLog,
): Client {
  const basic = authorization === null ? null : readBasic(authorization)
  const client_id = assertedClient(form, refuse) ?? basic?.client_id ?? form.text('client_id')
  if (client_id === undefined) {
    throw refuse('invalid_client', 'missing client_id', known, 'There is none in the header or the body')
  }
  if (basic === null && form.isNoText('client_id')) {
    throw unhandled(known, `client_id ${quote(client_id)} is read as JSON, and is no text: an exception`)
  }
  const client = clients.find((one) => one.client_id === client_id)
  if (!client) throw refuse('invalid_client', `unknown client ${client_id}`, known)
  checks.pass(known, client_id)
  const found = whyNot(client, basic?.client_secret, form)
  if (found !== null) throw refuse('invalid_client', 'bad client credential', credential, found)
  checks.pass(credential, client.method)
  return client
}

function whyNot(client: Client, inHeader: string | undefined, form: Form): string | null {
  const fromHeader = client.method === 'client_secret_basic'
  const sent = fromHeader ? inHeader : form.text('client_secret')
  if (sent === undefined) return `It is registered for ${client.method}, and there is no secret`
  // An ordinal comparison that ignores case, as its handlers have it.
  if (sent.toLowerCase() !== client.client_secret.toLowerCase()) return 'It is another secret'
  return client.expired === true ? 'The secret is right, and has expired' : null
}

/** The issuer of an assertion; no client here is registered for one. */
function assertedClient(form: Form, refuse: Refuse): string | undefined {
  const type = form.text('client_assertion_type')
  if (type === undefined) return undefined
  const rule: Rule = { what: 'The client assertion names its client', spec: rfc(7523, '2.2') }
  if (type !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') {
    throw refuse('invalid_request', `client assertion type ${type} is not supported`, rule)
  }
  const assertion = form.text('client_assertion')
  if (assertion === undefined) throw refuse('invalid_request', 'client assertion is missing', rule)
  const jws = readJws(assertion)
  if (typeof jws === 'string') {
    throw refuse('invalid_request', 'client_assertion is not a valid JWT token', rule, jws)
  }
  const { iss } = jws.claims
  if (typeof iss === 'string') return iss
  throw refuse('invalid_request', 'client_id cannot be extracted from client_assertion', rule)
}

/** Split at every colon and decoded no further; `null` if that gives no two parts. */
function readBasic(authorization: string): { client_id: string; client_secret: string } | null {
  const [scheme, token] = authorization.split(' ')
  if (scheme === 'Bearer') throw unhandled(credential, 'A Bearer header ends in an exception')
  if (scheme !== 'Basic' || token === undefined) return null
  const rule: Rule = { what: 'The Authorization header holds Basic credentials', spec: rfc(7617, '2') }
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(token) || token.length % 4 !== 0)
    throw unhandled(rule, 'What follows Basic is not base64, which ends in an exception')
  const bytes = Uint8Array.from(atob(token), (character) => character.charCodeAt(0))
  const parts = new TextDecoder().decode(bytes).split(':')
  const [client_id = '', client_secret = ''] = parts
  return parts.length === 2 ? { client_id, client_secret } : null
}
