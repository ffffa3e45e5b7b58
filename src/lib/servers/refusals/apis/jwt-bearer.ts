import type { Row } from '../../../why/refusal/record.ts'
import type { Facts } from '../../../why/refusal/facts/facts.ts'
import { hasTwoSpaces } from '../../../why/refusal/api-causes/seen-token.ts'
import { headerOf, listClaim } from '../../../why/refusal/facts/sent.ts'

const api = ['api'] as const

const isUnsigned = ({ sent }: Facts): boolean => /^none$/i.test(headerOf(sent.token, 'alg') ?? '')

const hasNoAudience = ({ sent }: Facts): boolean =>
  (sent.token?.claims ?? null) !== null && listClaim(sent.token, 'aud') === null

const said = (says: RegExp, cause: Row['causes'][number], when?: Row['when']): Row => ({
  endpoint: api,
  says,
  ...(when && { when }),
  causes: [cause],
  certainty: 'certain',
})

const logged = (id: string, cause: Row['causes'][number]): Row => ({
  endpoint: api,
  id,
  causes: [cause],
  certainty: 'certain',
})

/** What a line of its log names, by the identifiers of Microsoft.IdentityModel. */
const ofLog: readonly Row[] = [
  logged('IDX10204', 'metadata-not-fetched'),
  logged('IDX10205', 'issuer-other'),
  logged('IDX10211', 'issuer-other'),
  logged('IDX10214', 'audience-other'),
  logged('IDX10222', 'token-not-yet-valid'),
  logged('IDX10223', 'token-expired'),
  logged('IDX10225', 'exp-missing'),
  logged('IDX10503', 'key-unknown'),
  logged('IDX10504', 'alg-none'),
  logged('IDX10511', 'signature-wrong'),
]

/** What JwtBearer of ASP.NET Core describes: faults of key, signature, time, audience and issuer. */
export const jwtBearerRows: readonly Row[] = [
  said(/(MetadataAddress|Authority) must use HTTPS unless disabled/i, 'metadata-https-required'),
  ...ofLog,
  said(/The audience 'empty' is invalid/, 'audience-missing'),
  said(/The audience '[^']*' is invalid/, 'audience-missing', hasNoAudience),
  said(/The audience '[^']*' is invalid/, 'audience-other'),
  said(/The signature is invalid/, 'alg-none', isUnsigned),
  {
    endpoint: api,
    says: /The signature is invalid/,
    when: hasTwoSpaces,
    causes: ['two-spaces'],
    certainty: 'likely',
  },
  said(/The signature is invalid/, 'signature-wrong'),
  said(/The signature key was not found/, 'key-unknown'),
  said(/The token expired at '/, 'token-expired'),
  said(/The token is not valid before '/, 'token-not-yet-valid'),
  said(/The token has no expiration/, 'exp-missing'),
  // The same words for another issuer, for metadata that it cannot fetch, and for keys that it does not find.
  {
    endpoint: api,
    says: /The issuer '[^']*' is invalid/,
    causes: ['issuer-other', 'metadata-not-fetched', 'key-unknown'],
    certainty: 'likely',
    // It names the token's issuer.
    passed: ['header', 'scheme', 'token'],
  },
]

/**
 * In which order JwtBearer checks, by its source. Routing comes first: a preflight without credentials gets 405. A policy
 * is asked only of a good token: each captured 403 came with one that other paths accept.
 */
export const jwtBearerOrder = [
  ['route', 'http-method'],
  ['http-method', 'header'],
  ['token', 'key'],
  ['key', 'signature'],
  ['signature', 'time'],
  ['time', 'audience'],
  ['audience', 'issuer'],
  ['issuer', 'typ'],
  ['typ', 'scope'],
  ['typ', 'role'],
  ['scope', 'handler'],
  ['role', 'handler'],
] as const

/** How the log names the reason; what two identifiers mean is told if only they distinguish them. */
export const jwtBearerLog = ({ came: { words } }: Facts): string =>
  `Let the API’s log name the reason: set Microsoft.AspNetCore.Authentication and Microsoft.AspNetCore.Authorization to Information under Logging:LogLevel, and paste the line here.${/issuer/i.test(words) ? ' IDX10205 is another issuer, IDX10204 means that the API could not fetch the metadata.' : ''} It may write tokens: turn it off afterwards.`
