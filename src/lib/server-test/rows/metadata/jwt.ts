import { asString, type JsonValue, member } from '../../../json/value.ts'
import { list, stringsOf } from '../../../jwt/decode/claim-values.ts'
import { secretSource } from '../../../jwt/verify/key-source.ts'
import { verify } from '../../../jwt/verify/verify.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import { deviates, type Judgement, noted, ok, type Rows, type Seen, skipped } from '../../base/row.ts'
import { issued } from '../../base/sent.ts'
import { documentsOf, keySourceOf, noKeys, noMetadata } from './documents.ts'
import { baselineOf } from '../token/response.ts'

/** The token of the working request as a JWT. */
interface Jwt {
  readonly token: string
  readonly header: JsonValue | null
  readonly claims: JsonValue
  readonly alg: string
  /** Whether it says that it follows RFC 9068. */
  readonly isProfiled: boolean
}

function jwtOf(seen: Seen): Jwt | null {
  const read = issued(baselineOf(seen))
  if (read?.decoded.kind !== 'jws' || read.claims === null) return null
  const header = read.decoded.header.value
  const typ = (asString(member(header, 'typ')) ?? '').toLowerCase().replace(/^application\//, '')
  const alg = asString(member(header, 'alg')) ?? ''
  return { token: read.accessToken, header, claims: read.claims, alg, isProfiled: typ === 'at+jwt' }
}

const noJwt = (seen: Seen): string | null => (jwtOf(seen) ? null : 'The token is no JWT that can be read.')

const row = { group: 'metadata', phase: 'first', lacks: noJwt } as const

const judged = (judge: (jwt: Jwt, seen: Seen) => Judgement | Promise<Judgement>) => async (seen: Seen) => {
  const jwt = jwtOf(seen)
  return jwt ? { evidence: baselineOf(seen), ...(await judge(jwt, seen)) } : skipped('The token is no JWT.')
}

/** What only the profile demands is worth knowing of a token that does not claim to follow it. */
const byProfile = ({ isProfiled }: Jwt, found: string): Judgement =>
  isProfiled ? deviates(found) : noted(`${found} It does not claim to follow RFC 9068.`)

const required = ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti']

/** What an access token owes that is a JWT. */
export const jwtRows = {
  'jwt-verifies': {
    ...row,
    weight: 'should',
    section: rfc(9068, '4'),
    title: 'A token that its keys verify',
    expected: 'a key of that kid verifies it',
    means: 'No API can verify the token.',
    advice: 'Publish the key that signs, under the kid that tokens name.',
    lacks: (seen) => noJwt(seen) ?? noKeys(seen),
    judge: judged(async (jwt, seen) => {
      if (jwt.alg.startsWith('HS'))
        return noted(`The token is signed by ${quoted(jwt.alg)}, with a shared secret.`)
      const source = keySourceOf(seen)
      if (!source) return skipped('There are no keys.')
      const { verdict, steps } = await verify(jwt.token, source)
      if (verdict === 'verified') return ok('A key of the server verifies it.')
      const why = steps.find(({ result }) => result === 'fail' || result === 'skipped')?.found ?? ''
      return verdict === 'failed' ? byProfile(jwt, why) : skipped(why)
    }),
  },
  'jwt-issuer': {
    ...row,
    weight: 'should',
    section: rfc(9068, '4'),
    title: 'The issuer of the token',
    expected: 'iss is the issuer of the metadata',
    means: 'APIs that compare the two refuse the token.',
    advice: 'Put the issuer of the metadata into iss.',
    lacks: (seen) => noJwt(seen) ?? noMetadata(seen),
    judge: judged((jwt, seen) => {
      // Metadata that name another issuer than the one asked for are told in issuer-equal.
      const named = [seen.subject.issuer, ...documentsOf(seen).map(({ found }) => found.metadata.issuer)]
      const iss = asString(member(jwt.claims, 'iss'))
      if (iss !== undefined && named.includes(iss)) return ok('iss is the issuer.')
      return byProfile(jwt, iss === undefined ? 'iss is missing.' : `iss is “${quoted(iss)}”.`)
    }),
  },
  'jwt-profile': {
    ...row,
    weight: 'must',
    section: rfc(9068, '2.2'),
    title: 'The claims of RFC 9068',
    expected: `${required.join(', ')}, if typ is at+jwt`,
    means: 'APIs that follow RFC 9068 refuse the token.',
    advice: 'Add the claims that are missing.',
    judge: judged((jwt) => {
      if (!jwt.isProfiled)
        return noted('typ is not at+jwt: the token does not follow RFC 9068.', { section: rfc(9068, '2.1') })
      const missing = required.filter((claim) => member(jwt.claims, claim) === undefined)
      return missing.length === 0 ? ok('No claim is missing.') : deviates(`${list(missing)} missing.`)
    }),
  },
  'jwt-alg': {
    ...row,
    weight: 'must',
    section: rfc(9068, '2.1'),
    title: 'What signs the token',
    expected: 'a key pair of the server; never none',
    means: 'A client, or anybody, can make tokens that APIs accept.',
    advice: 'Sign with a key pair, by RS256 or ES256.',
    judge: judged(async ({ alg, token }, { subject }) => {
      if (alg.toLowerCase() === 'none') return deviates('The token is not signed.')
      if (!alg.startsWith('HS')) return ok(`The token is signed by ${quoted(alg)}.`)
      const secret = subject.clients.client.client_secret
      const isOwn = secret !== '' && (await verify(token, secretSource(secret))).verdict === 'verified'
      return isOwn
        ? deviates('The token is signed with the secret of the client, which can make tokens itself.', {
            weight: 'should',
            section: rfc(8725, '3.2'),
          })
        : noted(`The token is signed by ${quoted(alg)}: whoever verifies it can make it, too.`, {
            section: rfc(8725, '3.2'),
          })
    }),
  },
  'jwt-audience': {
    ...row,
    weight: 'should',
    section: rfc(9700, '2.3'),
    title: 'For whom the token is',
    expected: 'an aud that names one API',
    means: 'Each API that trusts the server accepts the token, whatever it was meant for.',
    advice: 'Put the API into aud, by resource or by the configuration of the client.',
    judge: judged(({ claims }, seen) => {
      const aud = stringsOf(member(claims, 'aud')) ?? []
      if (aud.length === 0)
        return deviates(member(claims, 'aud') === undefined ? 'aud is missing.' : 'aud names nobody.')
      if (aud.length > 1) return noted(`aud has several values: ${list(aud)}.`)
      const [only = ''] = aud
      if (only === seen.subject.clients.client.client_id) return noted('aud is the client.')
      const isIssuer = only === asString(member(claims, 'iss'))
      return isIssuer ? noted('aud is the issuer.') : ok(`aud is “${quoted(only)}”.`)
    }),
  },
} as const satisfies Rows
