import type { CauseId } from '../../../why/refusal/causes.ts'
import type { RefusalRecord, Row } from '../../../why/refusal/record.ts'
import type { Stage } from '../../../explanation/stage.ts'

const found = ['header', 'scheme'] as const satisfies readonly Stage[]
const verified = [...found, 'signature', 'time'] as const satisfies readonly Stage[]

/** PyJWT's sentences name one fault each, whatever status the API passes them on with. */
const said = (says: RegExp, cause: CauseId, passed: readonly Stage[]): Row => ({
  endpoint: ['api'],
  says,
  causes: [cause],
  certainty: 'certain',
  passed,
})

/** What PyJWT says, in its order: signature and time before issuer, issuer before audience and sub. */
export const pyJwtRows: readonly Row[] = [
  said(
    /\bNot enough segments\b|Invalid (header|payload|crypto) padding|Invalid token type\b/,
    'token-not-jwt',
    found,
  ),
  said(/\bThe specified alg value is not allowed\b/, 'algorithm-other', [...found, 'token']),
  said(/\bSignature verification failed\b/, 'signature-wrong', [...found, 'token']),
  said(/\b(Signature|Token) has expired\b/, 'token-expired', found),
  said(/The token is not yet valid \((iat|nbf)\)/, 'token-not-yet-valid', found),
  said(/Token is missing the "aud" claim/, 'audience-missing', [...verified, 'token', 'issuer']),
  said(/\bInvalid audience\b|Audience doesn't match/, 'audience-other', [...verified, 'token']),
  said(/Token is missing the "exp" claim/, 'exp-missing', [...found, 'token', 'signature']),
  said(/Token is missing the "iss" claim/, 'issuer-missing', [...verified, 'token']),
  said(/\bInvalid issuer\b/, 'issuer-other', [...verified, 'token']),
  said(/\bSubject must be a string\b/, 'sub-not-string', verified),
]

/** An API of Python that passes on what PyJWT says. */
export const pyJwt: RefusalRecord = {
  name: 'PyJWT',
  rows: pyJwtRows,
  order: [],
  fixes: {
    'algorithm-other': () => ['Compare alg of the token with algorithms= of jwt.decode.'],
    'signature-wrong': () => [
      'Compare the key that the API gives jwt.decode with that of the authorization server: for HS256 the same secret, byte by byte.',
    ],
    'issuer-other': () => [
      'Compare iss with issuer= of jwt.decode, to the letter: a slash at the end counts.',
    ],
    'audience-other': () => ['Compare aud with audience= of jwt.decode, to the letter.'],
    'token-not-yet-valid': () => [
      'Let the authorization server write iat in UTC: datetime.now(timezone.utc), not datetime.now() or utcnow(). leeway= of jwt.decode helps against seconds only.',
    ],
  },
}
