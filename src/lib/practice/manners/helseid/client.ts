import { rfc } from '../../../spec.ts'
import { fail, pass } from '../../../check.ts'
import type { CheckLog, Rule } from '../../base/check-log.ts'
import type { SeenIds } from '../../base/expiring-map.ts'
import { checkId } from '../../base/jwt-id.ts'
import type { PracticeClient } from '../../base/server-state.ts'
import { type Judgement, settle, settleAll } from '../../base/verdict.ts'
import { quote, show, when } from '../../base/wording.ts'
import { signedWithKey } from '../../clients/client-signature.ts'
import { type Jws, readJws } from '../../signatures/jws.ts'
import { refuseClient } from './refusal.ts'
import { type Client, clients, issuer } from './setup.ts'

/** Seconds ahead that `exp` may be. */
const longestLife = 60

/** Seconds by which the clock of a client may be off. */
const leeway = 5

/** The public keys of the samples’ clients. */
export type ClientKeys = NonNullable<PracticeClient['jwks']>

interface Presented extends Jws {
  readonly now: number
}

const isJwtBearer: Rule = { what: 'The client authenticates by private_key_jwt', spec: rfc(7523, '2.2') }
const known: Rule = { what: 'The client is known', spec: rfc(6749, '3.2.1') }
const registered: Rule = { what: 'A public key is registered for the client', spec: rfc(7523, '3') }
const signed: Rule = { what: 'The client signed the assertion', spec: rfc(7523, '3') }
const unused: Rule = { what: 'The assertion was not used before', spec: rfc(7523, '3') }

const rules: readonly Judgement<Presented>[] = [
  {
    rule: { what: 'typ is client-authentication+jwt', spec: rfc(7519, '5.1') },
    judge: ({ header: { typ } }) => {
      const found = `typ is ${show(typ)}`
      return typ === 'client-authentication+jwt' ? pass(found) : fail(found)
    },
  },
  {
    rule: { what: 'iss and sub are the same', spec: rfc(7523, '3') },
    judge: ({ claims: { iss, sub } }) =>
      iss === sub ? pass(show(sub)) : fail(`iss is ${show(iss)}, and sub is ${show(sub)}`),
  },
  {
    rule: { what: 'aud is the issuer, and nothing else', spec: rfc(7523, '3') },
    judge: ({ claims: { aud } }) => {
      const found = `aud is ${show(aud)}`
      return aud === issuer ? pass(found) : fail(`${found}, expected ${quote(issuer)}`)
    },
  },
  {
    rule: { what: `exp is ahead, by ${longestLife} s at most`, spec: rfc(7523, '3') },
    judge: ({ claims: { exp }, now }) => {
      if (typeof exp !== 'number') return fail(`exp is ${show(exp)}`)
      const isGood = exp > now - leeway && exp <= now + longestLife + leeway
      return (isGood ? pass : fail)(`exp is ${when(exp, now)}`)
    },
  },
  {
    rule: { what: 'nbf and iat are not in the future', spec: rfc(7523, '3') },
    judge: ({ claims, now }) => {
      const ahead = ['nbf', 'iat'].find((name) => Number(claims[name] ?? 0) > now + leeway)
      if (ahead === undefined) return pass(`${leeway} s ahead are let pass`)
      return fail(`${ahead} is ${when(Number(claims[ahead]), now)}`)
    },
  },
  {
    rule: { what: 'jti names the assertion', spec: rfc(7523, '3') },
    judge: ({ claims: { jti } }) => checkId(jti),
  },
]

/** The client that an assertion speaks for, once it is found to be its own, and the claims of the assertion. */
export async function authenticate(
  form: URLSearchParams,
  checks: CheckLog,
  {
    keys,
    assertionIds,
    now,
  }: { readonly keys: ClientKeys; readonly assertionIds: SeenIds; readonly now: () => number },
): Promise<{ readonly client: Client; readonly claims: Jws['claims'] }> {
  const jws = readAssertion(form)
  checks.pass(isJwtBearer, `${jws.compact.length} characters`)
  const client = clients.find(({ client_id }) => client_id === jws.claims['sub'])
  const named = form.get('client_id')
  if (!client || (named !== null && named !== client.client_id)) {
    const beside = named === null ? '' : `, and client_id ${quote(named)}`
    throw refuseClient(known, `sub is ${show(jws.claims['sub'])}${beside}`)
  }
  checks.pass(known, client.client_id)
  const seconds = Math.floor(now() / 1000)
  settleAll(rules, { ...jws, now: seconds }, checks, refuseClient)
  if (keys.keys.length === 0) {
    const found = `There is none: register one first, which HelseID has Selvbetjening for, and this server ${issuer}/register`
    throw refuseClient(registered, found)
  }
  settle(signed, await signedWithKey(jws, { jwks: keys }), checks, refuseClient)
  const ago = assertionIds.use(
    JSON.stringify([client.client_id, jws.claims['jti']]),
    seconds + longestLife * 2,
  )
  if (ago !== null) throw refuseClient(unused, `Its jti was used ${ago} s ago`)
  checks.pass(unused, 'Its jti is new')
  return { client, claims: jws.claims }
}

function readAssertion(form: URLSearchParams): Jws {
  const type = form.get('client_assertion_type')
  if (type !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') {
    const found =
      type === null ? 'There is no client_assertion_type' : `client_assertion_type is ${quote(type)}`
    throw refuseClient(isJwtBearer, found)
  }
  const jws = readJws(form.get('client_assertion') ?? '')
  if (typeof jws === 'string') throw refuseClient(isJwtBearer, jws)
  return jws
}
