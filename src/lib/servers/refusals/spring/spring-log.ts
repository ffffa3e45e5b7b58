import type { CauseId } from '../../../why/refusal/causes.ts'
import type { Row } from '../../../why/refusal/record.ts'

/** The one line of configuration that tells a dozen causes apart. */
export const springLog =
  'Set logging.level.org.springframework.security.oauth2.server: TRACE in application.yml, send it again, and paste the line with “Client authentication failed” and its “Caused by” below: the log alone has the reason.'

const line = (says: RegExp, cause: CauseId, more: Partial<Row> = {}): Row => ({
  says,
  causes: [cause],
  certainty: 'certain',
  ...more,
})

const failed = (parameter: string): RegExp =>
  new RegExp(`Client authentication failed: ${parameter}\\s*$`, 'm')

/** What stopped the assertion is in the second line. */
const assertions: readonly Row[] = (
  [
    [/Failed to find a Signature Verifier/, 'assertion-algorithm-not-set'],
    [/The aud claim is not valid/, 'assertion-audience'],
    [/The (iss|sub) claim is not valid/, 'assertion-issuer'],
    [/The \w+ claim is not valid/, 'assertion-claim-missing'],
    [/Jwt expired at/, 'assertion-expired'],
    [/Jwt used before/, 'assertion-not-yet-valid'],
    [/Another algorithm expected, or no matching key/, 'assertion-key-unknown'],
    [/Couldn't retrieve remote JWK set/, 'assertion-keys-unreachable'],
    [/Signed JWT rejected: Invalid signature/, 'assertion-signature'],
    [/Unsupported algorithm of none/, 'assertion-alg-none'],
    [/Malformed (token|payload)/, 'assertion-malformed'],
  ] as const
).map(([says, cause]) =>
  line(says, cause, {
    when: ({ pasted }) => says.test(pasted),
    endpoint: ['token', 'introspection', 'revocation'],
    passed: ['client', 'method'],
  }),
)

/** Lines of the log of Spring Authorization Server, at TRACE or DEBUG. */
export const springLines: readonly Row[] = [
  ...assertions,
  line(
    /password must have a password encoding prefix|There is no (password encoder|PasswordEncoder) mapped/i,
    'secret-stored-without-prefix',
    {
      passed: ['client', 'method'],
    },
  ),
  line(failed('client_secret'), 'secret-wrong', { passed: ['client', 'method'] }),
  line(/client_secret does not match for registered client/, 'secret-wrong', {
    passed: ['client', 'method'],
  }),
  line(failed('client_secret_expires_at'), 'secret-expired', { passed: ['client', 'method'] }),
  line(failed('authentication_method'), 'method-other', { passed: ['client'] }),
  line(failed('client_id'), 'client-unknown'),
]
