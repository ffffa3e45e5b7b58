import type { Row } from '../../why/refusal/record.ts'
import type { Facts } from '../../why/refusal/facts/facts.ts'

const token = ['token'] as const

const hasProof = ({ sent: { proof } }: Facts): boolean => proof !== null

/** What Duende's server says of a proof; HelseID is built on it. */
export const duendeProofRows: readonly Row[] = [
  {
    endpoint: token,
    says: /requires DPoP|DPoP (header value|proof token|proof) (was not provided|is required)/i,
    when: hasProof,
    causes: ['proof-header-name'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    says: /requires DPoP|DPoP (header value|proof token|proof) (was not provided|is required)/i,
    causes: ['proof-missing'],
    certainty: 'certain',
  },
  {
    endpoint: token,
    says: /Malformed DPoP token|Too many DPoP headers/i,
    causes: ['proof-malformed'],
    certainty: 'certain',
  },
  { endpoint: token, says: /Invalid 'typ' value/i, causes: ['proof-typ'], certainty: 'certain' },
  { endpoint: token, says: /Invalid 'alg' value/i, causes: ['proof-algorithm'], certainty: 'certain' },
  {
    endpoint: token,
    says: /Invalid 'jwk' value|'jwk' value contains a private key/i,
    causes: ['proof-key-missing'],
    certainty: 'certain',
  },
  { endpoint: token, says: /Invalid 'htm' value/i, causes: ['proof-htm'], certainty: 'certain' },
  { endpoint: token, says: /Invalid 'htu' value/i, causes: ['proof-htu'], certainty: 'certain' },
  {
    endpoint: token,
    says: /Missing '(iat|jti|htm|htu)' value|Invalid (or missing )?'jti' value/i,
    causes: ['proof-claim-missing'],
    certainty: 'certain',
  },
  { endpoint: token, says: /Invalid 'iat' value/i, causes: ['proof-iat'], certainty: 'certain' },
  {
    endpoint: token,
    says: /Invalid signature on DPoP token/i,
    causes: ['proof-signature'],
    certainty: 'certain',
  },
  {
    endpoint: token,
    says: /Detected (a )?(replay of DPoP|DPoP) proof token/i,
    causes: ['proof-replayed'],
    certainty: 'certain',
  },
  {
    endpoint: token,
    says: /Invalid 'nonce' value/i,
    causes: ['nonce-old'],
    certainty: 'certain',
  },
]
