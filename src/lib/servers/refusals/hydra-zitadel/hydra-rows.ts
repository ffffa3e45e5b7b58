import { differing, triesAssertion } from '../../../why/refusal/causes/assertion-facts.ts'
import type { CauseId } from '../../../why/refusal/causes.ts'
import { isReadOtherwise, sendsSecret } from '../../../why/refusal/facts/credentials.ts'
import type { Facts } from '../../../why/refusal/facts/facts.ts'
import { numericClaim } from '../../../why/refusal/facts/sent.ts'
import type { Row } from '../../../why/refusal/record.ts'

const client = ['token', 'introspection', 'revocation'] as const
const token = ['token'] as const

const row = (says: RegExp, cause: CauseId, more: Partial<Row> = {}): Row => ({
  endpoint: client,
  says,
  causes: [cause],
  certainty: 'certain',
  ...more,
})

/** The debug text, with expose_internal_errors or in error_debug: the comparison of the secret, and the look for the client. */
const noMatch =
  /^(passwords do not match|crypto\/bcrypt: hashedPassword is not the hash of the given password)$/m
const noClient = /^(Unable to locate the resource|not_found)$/m

const credentials: readonly Row[] = [
  row(noMatch, 'no-credentials', { when: (facts) => !sendsSecret(facts), passed: ['client'] }),
  row(noMatch, 'secret-wrong', { passed: ['client'] }),
  row(noClient, 'basic-not-form-encoded', { when: isReadOtherwise, certainty: 'likely', stage: 'client' }),
  // A router says the same of a path.
  row(noClient, 'client-unknown', { when: ({ came: { status } }) => status !== 404 }),
  row(
    /^The client (?:ID|secret) in the HTTP authorization header could not be decoded/m,
    'basic-not-form-encoded',
    {
      stage: 'client',
    },
  ),
  row(/^Client credentials missing or malformed in both HTTP/m, 'client-id-missing'),
  row(/^HTTP Authorization header missing\.$/m, 'body-ignored', {
    endpoint: ['introspection'],
    when: sendsSecret,
  }),
  row(/^HTTP Authorization header missing\.$/m, 'client-id-missing', { endpoint: ['introspection'] }),
  // Of redirect_uri, which no request of this page has: it found no client.
  row(/exactly whitelisted the redirect_uri/, 'client-id-missing', {
    when: ({ sent: { places, parameters } }) => places.length === 0 && !parameters.has('client_id'),
    certainty: 'likely',
  }),
  {
    endpoint: ['introspection'],
    says: /^OAuth 2\.0 Client credentials are invalid\.$/m,
    causes: ['secret-wrong', 'client-unknown'],
    certainty: 'likely',
  },
]

const registered = /^The OAuth 2\.0 Client supports client authentication method '/m
const onlySupports = /^This requested OAuth 2\.0 client only supports client authentication method '/m

const methods: readonly Row[] = [
  row(/^The OAuth 2\.0 Client supports client authentication method 'none'/m, 'public-client', {
    stage: 'method',
    passed: ['client'],
  }),
  row(registered, 'two-credentials', { when: ({ sent: { places } }) => places.length > 1 }),
  row(registered, 'method-other', { when: ({ sent: { places } }) => places.length > 0 }),
  // It is that of the client which client_id names.
  row(onlySupports, 'method-other', { when: (facts) => differing(facts) !== null, certainty: 'likely' }),
  row(onlySupports, 'method-other'),
]

const rights: readonly Row[] = [
  row(/^The OAuth 2\.0 Client is marked as public/m, 'public-client', {
    endpoint: token,
    passed: ['client'],
    open: ['secret', 'scope', 'resource'],
  }),
  row(/^The OAuth 2\.0 Client is not allowed to use authorization grant '/m, 'grant-not-allowed', {
    endpoint: token,
  }),
  row(/^The OAuth 2\.0 Client is not allowed to request scope '/m, 'scope-permission-missing', {
    endpoint: token,
  }),
  row(/^Requested audience '.{0,1000}' has not been whitelisted/m, 'resource-permission-missing', {
    endpoint: token,
  }),
  row(/executing the token hook|^The token hook target responded with an error\./m, 'custom-rule', {
    endpoint: token,
    status: 403,
  }),
  row(/executing the token hook|^The token hook target responded with an error\./m, 'token-hook-failed', {
    endpoint: token,
  }),
]

const signed = (says: RegExp, cause: CauseId, more: Partial<Row> = {}): Row =>
  row(says, cause, { when: triesAssertion, ...more })

const integrity = /^Unable to verify the integrity of the 'client_assertion' value\./m

const isReadable = ({ sent: { assertion } }: Facts): boolean => (assertion?.claims ?? null) !== null

const assertions: readonly Row[] = [
  row(/^The client_assertion request parameter must be set/m, 'assertion-missing', { open: ['client'] }),
  row(/^Unknown client_assertion_type/m, 'assertion-type', { open: ['client'] }),
  // The error of the library behind it comes with expose_internal_errors.
  signed(
    /^Unable to verify the integrity .*(?:illegal base64|not in compact|token contains an invalid)/m,
    'assertion-malformed',
    {
      open: ['client'],
    },
  ),
  signed(/^Unable to verify the integrity .*error in cryptographic primitive/m, 'assertion-signature'),
  signed(integrity, 'assertion-malformed', {
    when: (facts) => triesAssertion(facts) && !isReadable(facts),
    certainty: 'likely',
    open: ['client'],
  }),
  signed(integrity, 'assertion-signature', { certainty: 'likely' }),
  signed(/^The JSON Web Token uses signing key with kid '/m, 'assertion-key-unknown'),
  signed(/^The 'client_assertion' uses signing algorithm '/m, 'assertion-algorithm'),
  signed(/must match the authorization server's token endpoint '/, 'assertion-audience'),
  signed(/^Claim 'iss' from 'client_assertion' must match/m, 'assertion-issuer'),
  signed(/^Claim 'jti' from 'client_assertion' must be set/m, 'assertion-claim-missing'),
  signed(/^Unable to type assert the expiry time from claims/m, 'assertion-claim-missing'),
  signed(/^(?:The jti was already used|Claim 'jti' .* MUST only be used once)/m, 'assertion-replayed'),
  signed(/^Token is expired$/m, 'assertion-expired'),
  signed(/^Token (?:is not valid yet|used before issued)$/m, 'assertion-not-yet-valid'),
  // Time alone is checked by the library that reads the token, whose error nobody translates.
  {
    endpoint: client,
    code: 'error',
    status: 500,
    when: ({ sent: { assertion }, now }) => (numericClaim(assertion, 'exp') ?? Infinity) * 1000 < now,
    causes: ['assertion-expired'],
    certainty: 'likely',
  },
  {
    endpoint: client,
    code: 'error',
    status: 500,
    when: triesAssertion,
    causes: ['assertion-not-yet-valid', 'assertion-expired'],
    certainty: 'likely',
  },
]

/** The opening of the code alone. Another method would have been named, at the token endpoint. */
const bare: readonly Row[] = [
  {
    endpoint: token,
    code: 'invalid_client',
    when: triesAssertion,
    causes: ['client-unknown'],
    certainty: 'likely',
  },
  {
    endpoint: token,
    code: 'invalid_client',
    when: isReadOtherwise,
    causes: ['basic-not-form-encoded', 'secret-wrong', 'client-unknown'],
    certainty: 'possible',
  },
  {
    endpoint: token,
    code: 'invalid_client',
    when: sendsSecret,
    causes: ['secret-wrong', 'client-unknown'],
    certainty: 'likely',
  },
  {
    endpoint: ['revocation'],
    code: 'invalid_client',
    causes: ['secret-wrong', 'client-unknown', 'method-other'],
    certainty: 'possible',
  },
]

const noRoute = /^The requested route does not exist\. Make sure you are using the right path/m

const way: readonly Row[] = [
  {
    endpoint: ['registration'],
    says: /^Dynamic registration is not enabled\.$/m,
    causes: ['registration-not-enabled'],
    certainty: 'certain',
  },
  // What Ory's own router says, at the port of the administration.
  row(noRoute, 'metadata-elsewhere', { endpoint: ['metadata'], status: 404 }),
  row(noRoute, 'path-unknown', { status: 404 }),
  // It has one place for them.
  { endpoint: ['metadata'], status: 404, causes: ['metadata-elsewhere'], certainty: 'certain' },
]

/** Every row of this server's words, in the order in which it speaks. */
export const hydraRows: readonly Row[] = [
  ...way,
  ...methods,
  ...credentials,
  ...assertions,
  ...rights,
  ...bare,
]
