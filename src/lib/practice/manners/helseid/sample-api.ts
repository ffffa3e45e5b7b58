import { rfc } from '../../../spec.ts'
import type { CheckLog, Rule } from '../../base/check-log.ts'
import type { SeenIds } from '../../base/expiring-map.ts'
import { isObject, type JsonObject } from '../../base/json-object.ts'
import { ProtocolError } from '../../base/protocol-error.ts'
import { empty } from '../../base/response.ts'
import { show } from '../../base/wording.ts'
import type { Row } from '../asp-net.ts'
import { dotnetJson, withBody } from '../dotnet-json.ts'
import { checkDuendeProof } from './proof.ts'
import { issuer, sampleAudience, sampleScope } from './setup.ts'
import { believe, challenge } from '../jwt-bearer.ts'
import type { ServerKey } from '../server-key.ts'

const scheme: Rule = { what: 'The scheme is DPoP, written so', spec: rfc(9449, '7.1') }
const proofSent: Rule = { what: 'A proof is sent', spec: rfc(9449, '4.1') }
const bound: Rule = { what: 'The token is bound to a key', spec: rfc(9449, '6.1') }
const hasScope: Rule = { what: `The scope is ${sampleScope}`, spec: rfc(6750, '3.1') }

/** Seconds around its clock for `iat`. */
const proofWindow = { before: 6, after: 5 }

/** What the Sample API remembers and needs. */
interface SampleApiState {
  readonly key: ServerKey
  readonly proofIds: SeenIds
  readonly now: () => number
}

/**
 * HelseID’s Sample API. It refuses with a bare 401 whatever is wrong with scheme, proof or binding, and says the reason to
 * its log: here the page reads it among the server’s checks. It has the three lines of CORS that let a page read it.
 */
export function sampleApiRow(state: SampleApiState): Row {
  return {
    path: '/machine-clients/greetings',
    method: 'GET',
    rule: { what: 'GET the greeting', spec: rfc(9110, '9.3.1') },
    exposes: ['WWW-Authenticate', 'Date'],
    respond: async (request, checks) => {
      const claims = await believed(request, checks, state)
      const scopes = [claims['scope'] ?? []].flat()
      if (!scopes.includes(sampleScope)) {
        throw new ProtocolError(hasScope, `scope is ${show(claims['scope'])}`, empty(403))
      }
      checks.pass(hasScope, show(claims['scope']))
      const number = (name: string): unknown => claims[`helseid://claims/client/claims/orgnr_${name}`] ?? null
      const time = new Date(state.now()).toTimeString().slice(0, 8)
      const body = {
        greeting: `Hello from the Sample API (with DPoP)! The local time is ${time}.`,
        parentOrganizationNumber: number('parent'),
        childOrganizationNumber: number('child'),
        supplierOrganizationNumber: number('supplier'),
      }
      return withBody(200, dotnetJson(body), { 'Content-Type': 'application/json; charset=utf-8' })
    },
  }
}

async function believed(request: Request, checks: CheckLog, state: SampleApiState): Promise<JsonObject> {
  const { key, now } = state
  const authorization = request.headers.get('authorization') ?? ''
  if (!authorization.startsWith('DPoP ')) {
    throw challenge(scheme, logged('Expected a valid DPoP token', scheme.what))
  }
  checks.pass(scheme, 'DPoP')
  const field = request.headers.get('dpop') ?? ''
  if (field === '') throw challenge(proofSent, logged('Missing DPoP proof', 'There is no DPoP header'))
  checks.pass(proofSent, `${field.length} characters`)
  const accessToken = authorization.slice('DPoP '.length)
  const isFor = (audiences: readonly string[]) => audiences.length === 1 && audiences[0] === sampleAudience
  const named = (audiences: readonly string[]) => audiences.join(', ')
  const wanted = { issuer, audience: sampleAudience, isFor, key, named, now }
  const claims = await believe(accessToken, wanted, checks)
  const { cnf } = claims
  if (!isObject(cnf)) {
    throw challenge(bound, logged("Missing 'cnf' claim in access token", `cnf is ${show(cnf)}`))
  }
  const { jkt } = cnf
  if (typeof jkt !== 'string') {
    throw challenge(
      bound,
      logged("Missing 'jkt' value in 'cnf' claim in access token", `jkt is ${show(jkt)}`),
    )
  }
  checks.pass(bound, `jkt ${show(jkt)}`)
  const use = { method: request.method, url: request.url, accessToken, jkt, window: proofWindow }
  await checkDuendeProof(
    field,
    {
      ...use,
      replayed: 'Detected a DPoP proof token replay.',
      refuse: (words, rule, found) => challenge(rule, logged(words, found)),
    },
    { checks, ...state },
  )
  return claims
}

const logged = (words: string, found: string): string => `${found}. Its log says: ${words}`
