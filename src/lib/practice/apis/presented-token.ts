import { rfc } from '../../spec.ts'
import type { PracticeApi, TokenScheme } from './apis.ts'
import type { CheckLog, Rule } from '../base/check-log.ts'
import { tokenMissing, tokenRefusal } from './token-refusal.ts'
import { quote } from '../base/wording.ts'

/** An access token as a request presents it. */
export interface PresentedToken {
  readonly scheme: TokenScheme
  readonly token: string
}

const present: Rule = { what: 'An access token is present', spec: rfc(6750, '2.1') }
const presentBound: Rule = { ...present, spec: rfc(9449, '7.1') }
const oneWay: Rule = { what: 'The token is sent in one way', spec: rfc(6750, '2') }
const oneScheme: Rule = { what: 'The token is sent with one scheme', spec: rfc(9449, '7.2') }
const inHeader: Rule = { what: 'The token is not in the URL', spec: rfc(6750, '2.3') }
const wellFormed: Rule = { what: 'The Authorization header holds one token', spec: rfc(6750, '2.1') }

/** @see RFC 6750 section 2.1, which has the same syntax as RFC 9449 section 7.1 */
const b64token = /^[A-Za-z0-9\-._~+/]+=*$/

/** The access token of a request, from the Authorization header and nowhere else. @see RFC 6750 section 2 */
export function readPresentedToken(request: Request, api: PracticeApi, checks: CheckLog): PresentedToken {
  const authorization = request.headers.get('authorization') ?? ''
  const [name = '', ...rest] = authorization.split(' ')
  const scheme = api.schemes.find((one) => one.toLowerCase() === name.toLowerCase())
  checkUrl(new URL(request.url), scheme, api)
  if (!scheme) throw tokenMissing(api, ruleFor(api.schemes[0]), describeScheme(name, api))
  const token = rest.join(' ').trim()
  const others = api.schemes.filter((one) => one !== scheme)
  if (others.some((other) => new RegExp(`,\\s*${other} `, 'i').test(token))) {
    const refuse = tokenRefusal(api, api.schemes)
    throw refuse('invalid_request', oneScheme, `There is one with each of ${api.schemes.join(' and ')}`)
  }
  if (!b64token.test(token)) {
    const found = `What follows ${scheme} is not one token of legal characters`
    throw tokenRefusal(api, [scheme])('invalid_request', wellFormed, found)
  }
  checks.pass(ruleFor(scheme), `In the Authorization header as ${scheme}, ${token.length} characters`)
  return { scheme, token }
}

function checkUrl({ searchParams }: URL, scheme: TokenScheme | undefined, api: PracticeApi): void {
  if (!searchParams.has('access_token')) return
  if (scheme) {
    const found = 'There is one in the Authorization header and one in the URL'
    throw tokenRefusal(api, [scheme])('invalid_request', oneWay, found)
  }
  const found =
    'It is in the URL, where logs keep it; this server accepts it in the Authorization header only'
  // Sent in the URL, a token has no scheme.
  throw tokenRefusal(api, api.schemes)('invalid_request', inHeader, found)
}

function ruleFor(scheme: TokenScheme | undefined): Rule {
  return scheme === 'DPoP' ? presentBound : present
}

function describeScheme(name: string, { schemes }: PracticeApi): string {
  const takes = `this API accepts ${schemes.join(' and ')}`
  return name === '' ? `There is no Authorization header; ${takes}` : `The scheme is ${quote(name)}; ${takes}`
}
