import { rfc } from '../../spec.ts'
import { encodingMatters } from './basic-credentials.ts'
import { assertionOddities } from './assertion-oddities.ts'
import {
  type AssertionAudience,
  assertionAudiences,
  type AuthMethod,
  basicEncodings,
  issuerOf,
  type TokenRequestConfig,
  usesAssertion,
} from '../config/config.ts'
import type { Explanation, Fix } from '../../explanation/explanation.ts'

/** The refusal with the most causes: the client, its secret, its method, or the encoding of both. @see RFC 6749 section 5.2 */
export function invalidClient(config: TokenRequestConfig): Omit<Explanation, 'title' | 'certainty'> {
  const oddities = usesAssertion(config) ? assertionOddities(config) : []
  return {
    meaning: 'The server does not know this client, or did not accept its proof.',
    causes: [
      ...oddities.map(({ cause }) => cause),
      ...encodingCauses(config),
      ...clientCauses[config.token_endpoint_auth_method],
      ...(usesAssertion(config) ? assertionCauses : []),
    ],
    fixes: [
      ...oddities.flatMap(({ fix }) => fix ?? []),
      ...encodingFixes(config),
      ...clientFixes[config.token_endpoint_auth_method],
      ...(usesAssertion(config) ? assertionFixes(config) : []),
    ],
    spec: [rfc(6749, '5.2'), usesAssertion(config) ? rfc(7523, '3') : rfc(6749, '2.3.1')],
  }
}

const wrongPair = 'The client ID or the secret is wrong, or belongs to another realm or tenant.'
const wrongMethod = 'The client is registered for another method; many servers fix one per client.'

const noCertificate =
  'No certificate was shown: a page sends without credentials, and the browser presents none for it.'

const clientCauses: Readonly<Record<AuthMethod, readonly string[]>> = {
  client_secret_basic: [wrongPair, wrongMethod],
  client_secret_post: [wrongPair, wrongMethod, 'The server forbids credentials in the body.'],
  client_secret_jwt: [
    'The server verifies the signature with another secret.',
    wrongMethod,
    'The client is registered for another algorithm.',
  ],
  private_key_jwt: [
    'The public key is not registered for this client, or not under this kid.',
    wrongMethod,
    'The client is registered for another algorithm.',
  ],
  tls_client_auth: [noCertificate],
  self_signed_tls_client_auth: [noCertificate],
  none: ['The server wants a proof; this grant is for clients that have one.', 'The client ID is unknown.'],
}

const copyAgain = 'Copy the secret again, watching for spaces.'
const useBody: Fix = {
  text: 'Send the credentials in the body (client_secret_post)',
  change: { token_endpoint_auth_method: 'client_secret_post' },
}
const useHeader: Fix = {
  text: 'Send the credentials in the header (client_secret_basic)',
  change: { token_endpoint_auth_method: 'client_secret_basic' },
}

const compareKey =
  'Compare the public key and its kid under Keys with what the server has registered for this client.'
const withCurl =
  'Send it from a program that can show a certificate: curl --cert client.pem --key client.key.'

const clientFixes: Readonly<Record<AuthMethod, readonly Fix[]>> = {
  client_secret_basic: [copyAgain, useBody],
  client_secret_post: [copyAgain, useHeader],
  client_secret_jwt: [copyAgain],
  private_key_jwt: [compareKey],
  tls_client_auth: [withCurl],
  self_signed_tls_client_auth: [withCurl],
  none: [useBody, useHeader],
}

/** Only worth a word where the encodings differ for this very id and secret. */
function encodingCauses(config: TokenRequestConfig): string[] {
  if (!encodingIsACause(config)) return []
  return [
    config.basic_encoding === 'raw'
      ? 'The server form-decodes Basic credentials, as the standard says, and these were not encoded.'
      : 'The server does not form-decode Basic credentials, and for this ID and secret that makes a difference.',
  ]
}

function encodingFixes(config: TokenRequestConfig): Fix[] {
  if (!encodingIsACause(config)) return []
  const other = config.basic_encoding === 'raw' ? 'form' : 'raw'
  return [{ text: `Encode otherwise: ${basicEncodings[other]}`, change: { basic_encoding: other } }]
}

function encodingIsACause(config: TokenRequestConfig): boolean {
  const { token_endpoint_auth_method: method, basic_encoding, client_id, client_secret } = config
  return method === 'client_secret_basic' && encodingMatters(basic_encoding, client_id, client_secret)
}

/** Why a server refuses an assertion, beside its signature. @see RFC 7523 section 3 */
export const assertionCauses: readonly string[] = [
  'aud does not name the server as it calls itself: compare it with the issuer of its metadata, character by character.',
  'The clocks differ, so that it counts as expired or not yet valid.',
  'It lives longer than the server allows, or its jti was used before.',
  'The server expects another typ, or none.',
]

/** What to try, as changes of the form. */
export function assertionFixes(config: TokenRequestConfig): Fix[] {
  const { assertion } = config
  const others = (['issuer', 'token_endpoint'] as const).filter((aud) => aud !== assertion.aud)
  const typ = assertion.typ === 'JWT' ? 'client-authentication+jwt' : 'JWT'
  return [
    ...others
      .filter((aud) => aud !== 'issuer' || issuerOf(config) !== '')
      .map((aud): Fix => ({ text: `aud: ${words(aud)}`, change: { assertion: { aud } } })),
    { text: `typ: ${typ}`, change: { assertion: { typ } } },
    ...(assertion.lifetime > 60 ? [{ text: 'Lifetime: 60 s', change: { assertion: { lifetime: 60 } } }] : []),
  ]
}

const words = (aud: AssertionAudience): string => assertionAudiences[aud].toLowerCase()
