import { quoted } from '../../../text/quoted.ts'
import * as token from '../../../why/refusal/api-causes/seen-token.ts'
import type { RefusalRecord, Row } from '../../../why/refusal/record.ts'
import type { Facts } from '../../../why/refusal/facts/facts.ts'
import { claim, headerOf } from '../../../why/refusal/facts/sent.ts'
import { ofToken } from '../../../why/refusal/textbook-api.ts'
import { jwtBearerLog, jwtBearerOrder, jwtBearerRows } from './jwt-bearer.ts'

const api = ['api'] as const

type CauseId = Row['causes'][number]

const isReference = (facts: Facts): boolean =>
  token.isOpaque(facts) && (facts.past.issued || token.hasReferenceForm(facts))

/** A token that it could not read: what was sent shows why. */
const unreadable = (rest: Omit<Row, 'causes' | 'certainty'>): readonly Row[] => {
  const row = (cause: CauseId, certainty: Row['certainty'], when: (facts: Facts) => boolean): Row => ({
    endpoint: api,
    ...rest,
    when: (facts) => (rest.when?.(facts) ?? true) && when(facts),
    causes: [cause],
    certainty,
  })
  return [
    row('scheme-twice', 'certain', token.hasSchemeTwice),
    row('token-in-quotes', 'certain', token.isInQuotes),
    row('token-encrypted', 'certain', token.isEncrypted),
    row('token-reference', 'certain', (facts) => isReference(facts) && facts.past.issued),
    row('token-reference', 'likely', isReference),
    row('token-not-jwt', 'certain', (facts) => token.isOpaque(facts) || token.isInPieces(facts)),
  ]
}

const id = (identifier: string, cause: CauseId, when?: Row['when']): Row => ({
  endpoint: api,
  id: identifier,
  ...(when && { when }),
  causes: [cause],
  certainty: 'certain',
})

/** OpenIddict.Validation names each refusal at the end of its error_uri. */
const validation: readonly Row[] = [
  ...unreadable({ id: 'ID2004' }),
  id('ID2019', 'token-expired'),
  id('ID2090', 'key-unknown'),
  id('ID2091', 'alg-none', ({ sent }) => /^none$/i.test(headerOf(sent.token, 'alg') ?? '')),
  id('ID2091', 'signature-wrong'),
  id('ID2093', 'audience-missing'),
  id('ID2094', 'audience-other'),
  {
    endpoint: api,
    id: 'ID2106',
    when: ({ past }) => past.revoked,
    causes: ['token-revoked'],
    certainty: 'likely',
  },
  id('ID2106', 'token-not-active'),
  // It is asked for once there is a token to check.
  {
    endpoint: api,
    id: 'ID2170',
    causes: ['metadata-not-fetched'],
    certainty: 'certain',
    passed: ['header', 'scheme'],
  },
  { endpoint: api, id: 'ID2095', causes: ['scope-insufficient', 'role-missing'], certainty: 'certain' },
]

const hasNoChallenge = ({ came }: Facts): boolean => came.challenges.length === 0

const isBare = ({ came }: Facts): boolean => came.code === '' && came.challenges.length > 0

/** JwtBearer gives no reason for what it could not read, and none for a typ that it does not accept. */
const withoutWords: readonly Row[] = [
  ...unreadable({ code: 'invalid_token', status: 401 }),
  {
    endpoint: api,
    code: 'invalid_token',
    status: 401,
    when: token.isReadable,
    causes: ['typ-not-valid'],
    certainty: 'likely',
  },
  {
    endpoint: api,
    status: 401,
    when: ({ sent }) => sent.authorization === null,
    causes: ['no-credentials'],
    certainty: 'certain',
  },
  {
    endpoint: api,
    status: 401,
    when: (facts) => isBare(facts) && token.schemeOf(facts) !== 'bearer',
    causes: ['scheme-wrong'],
    certainty: 'certain',
  },
  {
    endpoint: api,
    status: 401,
    when: isBare,
    causes: ['credentials-lost', ...ofToken],
    certainty: 'likely',
  },
  // CORS hides the challenge: what the token shows makes it likely.
  ...unreadable({ status: 401, when: hasNoChallenge }).map((row): Row => ({ ...row, certainty: 'likely' })),
  { endpoint: api, status: 403, causes: ['scope-insufficient', 'role-missing'], certainty: 'likely' },
  { endpoint: api, status: 404, causes: ['path-unknown'], certainty: 'certain' },
  { endpoint: api, status: 405, causes: ['http-method'], certainty: 'certain' },
  {
    endpoint: api,
    status: 500,
    causes: ['exception', 'metadata-https-required'],
    certainty: 'certain',
  },
]

const issuerOf = ({ sent }: Facts): string => quoted(claim(sent.token, 'iss') ?? 'https://…')

const isValidation = ({ came }: Facts): boolean => came.identifiers.some((name) => name.startsWith('ID2'))

/** An API of ASP.NET Core that JwtBearer or OpenIddict.Validation protects. */
export const aspNetApi: RefusalRecord = {
  name: 'ASP.NET Core',
  rows: [
    // The page of the developer: the exception left the endpoint, behind authentication and authorization.
    {
      endpoint: api,
      says: /^\s*at Microsoft\.AspNetCore\.Routing\.EndpointMiddleware[^]*^\s*at Microsoft\.AspNetCore\.Authorization\.AuthorizationMiddleware/m,
      status: 500,
      causes: ['exception'],
      certainty: 'certain',
    },
    ...validation,
    ...jwtBearerRows,
    ...withoutWords,
  ],
  order: jwtBearerOrder,
  fixes: {
    'credentials-lost': () => [
      'Let JwtBearer give its reason: options.IncludeErrorDetails = true. Without it, every refusal is a bare Bearer.',
    ],
    'issuer-other': (facts) => [
      isValidation(facts)
        ? `In C#: options.SetIssuer("${issuerOf(facts)}"), with or without the slash at its end as the issuer itself has it.`
        : `In C#, if this is the right issuer: options.Authority = "${issuerOf(facts)}", and ValidIssuer the same to the letter, with or without the slash at its end.`,
    ],
    'metadata-not-fetched': (facts) => [
      isValidation(facts)
        ? 'Let the API reach the address in options.SetIssuer(…), which is where it gets metadata and keys.'
        : 'Let the API reach options.Authority, which is where it gets metadata and keys.',
      'If it is https on your own machine, let the machine of the API trust the certificate: dotnet dev-certs https --trust',
    ],
    'metadata-https-required': () => [
      'In C#: give options.Authority the https address; RequireHttpsMetadata = false only on your own machine.',
    ],
    'token-encrypted': (facts) => [
      isValidation(facts)
        ? 'In C#: options.AddEncryptionKey(…) with the key that the server encrypts for, to decrypt its tokens.'
        : 'In C#: options.TokenValidationParameters.TokenDecryptionKey = … with the key that the server encrypts for.',
    ],
    'token-reference': (facts) => [
      isValidation(facts)
        ? 'In C#: options.UseIntrospection() for OpenIddict.Validation.'
        : 'JwtBearer has no introspection: use OpenIddict.Validation with options.UseIntrospection(), or another handler that has it.',
    ],
    'audience-other': (facts) => [
      isValidation(facts)
        ? 'In C#: options.AddAudiences("…") with a value that aud of its tokens has.'
        : 'In C#: options.Audience = "…" with a value that aud of its tokens has.',
    ],
    'audience-missing': () => [
      'If OpenIddict issues the tokens: ask for a scope that names the API among its Resources, which become aud.',
    ],
    'typ-not-valid': ({ sent }) => [
      `In C#: options.TokenValidationParameters.ValidTypes = ["${quoted(headerOf(sent.token, 'typ') ?? 'at+jwt')}"], if it is set at all.`,
    ],
    'scope-insufficient': () => [
      'See in the API’s code which scope the policy of this path requires: RequireClaim("scope", …).',
    ],
  },
  log: jwtBearerLog,
}
