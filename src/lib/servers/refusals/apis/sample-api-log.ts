import type { Row } from '../../../why/refusal/record.ts'
import type { Facts } from '../../../why/refusal/facts/facts.ts'
import { claim, numericClaim } from '../../../why/refusal/facts/sent.ts'

const logged = (says: RegExp, cause: Row['causes'][number], when?: (facts: Facts) => boolean): Row => ({
  endpoint: ['api'],
  says,
  when: (facts) => facts.pasted !== '' && (when?.(facts) ?? true),
  causes: [cause],
  certainty: 'certain',
})

/** What the Sample API writes to its log of a scheme or a proof, and never into a response. */
export const sampleApiLog: readonly Row[] = [
  logged(/Expected a valid DPoP token/i, 'scheme-wrong'),
  logged(/Missing DPoP proof/i, 'proof-missing'),
  logged(/Missing 'cnf' claim/i, 'cnf-missing'),
  logged(/Failed to validate the 'cnf' claim/i, 'cnf-mismatch'),
  logged(/'jwk' value contains a private key/i, 'proof-key-private'),
  logged(/Invalid 'typ' value/i, 'proof-typ'),
  logged(/Invalid 'alg' value/i, 'proof-algorithm'),
  logged(/Invalid 'jwk' value/i, 'proof-key-missing'),
  logged(/Invalid signature on DPoP token/i, 'proof-signature'),
  logged(/Invalid 'ath' value/i, 'proof-ath-missing', ({ sent }) => claim(sent.proof, 'ath') === undefined),
  logged(/Invalid 'ath' value/i, 'proof-ath'),
  logged(/Invalid or missing 'jti' value/i, 'proof-jti-missing'),
  logged(/Invalid 'htm' value/i, 'proof-htm'),
  logged(/Invalid 'htu' value/i, 'proof-htu'),
  logged(
    /Invalid 'iat' value/i,
    'proof-iat-missing',
    ({ sent }) => sent.proof !== null && numericClaim(sent.proof, 'iat') === undefined,
  ),
  logged(/Invalid 'iat' value/i, 'proof-iat'),
  logged(/Detected a DPoP proof token replay/i, 'proof-replayed'),
]
