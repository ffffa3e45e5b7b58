import { rfc } from '../../spec.ts'
import { type Assertion, assertionRules } from './assertion-rules.ts'
import type { Attempt } from './attempt.ts'
import type { CheckLog, Rule } from '../base/check-log.ts'
import type { PracticeClient } from '../base/server-state.ts'
import type { Form } from '../base/form-body.ts'
import { type Jws, readJws } from '../signatures/jws.ts'
import { authenticationFailed } from '../base/token-error.ts'
import { settle, settleAll, type Verdict } from '../base/verdict.ts'
import { quote, show } from '../base/wording.ts'

const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const isJwtBearer: Rule = { what: 'client_assertion_type is jwt-bearer', spec: rfc(7523, '2.2') }
const oneJwt: Rule = { what: 'client_assertion is one JWT', spec: rfc(7523, '2.2') }
const signed: Rule = { what: 'The client signed the assertion', spec: rfc(7523, '3') }
const unused: Rule = { what: 'The assertion was not used before', spec: rfc(7523, '3') }

/** How assertions of one method are signed. */
interface Signing {
  readonly method: string
  readonly algs: readonly string[]
  readonly signedBy: (jws: Jws, client: PracticeClient) => Promise<Verdict>
}

/** Whom an assertion speaks for, before anything is believed: its subject, else its issuer, else `client_id`. */
export function assertedClient(form: Form, checks: CheckLog): string | undefined {
  const type = form.get('client_assertion_type')
  if (type !== jwtBearer) {
    const found = type === undefined ? 'There is none' : `It is ${quote(type)}`
    throw authenticationFailed(isJwtBearer, `${found}, expected ${jwtBearer}`)
  }
  checks.pass(isJwtBearer, type)
  const { header, claims, compact } = readAssertion(form)
  const names = `${Object.keys(header).length} header parameters, ${Object.keys(claims).length} claims`
  checks.pass(oneJwt, `${compact.length} characters, ${names}`)
  const claimed = [claims['sub'], claims['iss']].find((name) => typeof name === 'string')
  return claimed ?? form.get('client_id')
}

/**
 * Everything an assertion must be. It counts as used once its signature is found good, so that nobody else can use
 * up the `jti` of a client.
 * @see RFC 7523 section 3
 */
export async function proveByAssertion(
  client: PracticeClient,
  { form, checks, assertionIds, now }: Attempt,
  { method, algs, signedBy }: Signing,
): Promise<void> {
  const jws = readAssertion(form)
  const seconds = Math.floor(now() / 1000)
  const assertion: Assertion = { ...jws, client_id: client.client_id, method, algs, now: seconds }
  settleAll(assertionRules, assertion, checks, authenticationFailed)
  settle(signed, await signedBy(jws, client), checks, authenticationFailed)
  const { jti, exp } = jws.claims
  const ago = assertionIds.use(JSON.stringify([client.client_id, jti]), Number(exp))
  if (ago !== null) {
    throw authenticationFailed(unused, `A replay: jti ${show(jti)} was used ${ago} s ago`)
  }
  checks.pass(unused, `jti ${show(jti)} is new`)
}

function readAssertion(form: Form): Jws {
  const compact = form.get('client_assertion')
  if (compact === undefined) throw authenticationFailed(oneJwt, 'There is no client_assertion')
  const jws = readJws(compact)
  if (typeof jws === 'string') throw authenticationFailed(oneJwt, jws)
  return jws
}
