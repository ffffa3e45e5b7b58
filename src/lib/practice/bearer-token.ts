import { rfc } from '../spec.ts'
import { bearerChallenge, bearerError } from './bearer-error.ts'
import type { CheckLog, Rule } from './check-log.ts'

const present: Rule = { what: 'A Bearer token is present', spec: rfc(6750, '2.1') }
const oneWay: Rule = { what: 'The token is sent in one way', spec: rfc(6750, '2') }
const inHeader: Rule = { what: 'The token is not in the URL', spec: rfc(6750, '2.3') }
const wellFormed: Rule = { what: 'The Authorization header holds one token', spec: rfc(6750, '2.1') }

/** @see RFC 6750 section 2.1 */
const b64token = /^[A-Za-z0-9\-._~+/]+=*$/

/** The access token of a request, from the Authorization header and nowhere else. @see RFC 6750 section 2 */
export function readBearerToken(request: Request, checks: CheckLog): string {
  const authorization = request.headers.get('authorization') ?? ''
  const [scheme = '', ...rest] = authorization.split(' ')
  const isBearer = scheme.toLowerCase() === 'bearer'
  const inQuery = new URL(request.url).searchParams.has('access_token')
  if (inQuery && isBearer) {
    throw bearerError(
      'invalid_request',
      oneWay,
      'There is one in the Authorization header and one in the URL',
    )
  }
  if (inQuery) {
    const found =
      'It is in the URL, where logs keep it; this server takes it in the Authorization header only'
    throw bearerError('invalid_request', inHeader, found)
  }
  if (!isBearer) {
    throw bearerChallenge(
      present,
      scheme === '' ? 'There is no Authorization header' : `The scheme is ${scheme.slice(0, 20)}`,
    )
  }
  const token = rest.join(' ').trim()
  if (!b64token.test(token)) {
    throw bearerError(
      'invalid_request',
      wellFormed,
      'What follows Bearer is not one token of legal characters',
    )
  }
  checks.pass(present, `In the Authorization header, ${token.length} characters`)
  return token
}
