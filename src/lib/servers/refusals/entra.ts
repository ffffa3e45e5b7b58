import { asksOtherThanDefault, hasIdAsSecret } from '../../why/refusal/causes/hosted.ts'
import type { CauseId } from '../../why/refusal/causes.ts'
import type { RefusalRecord, Row } from '../../why/refusal/record.ts'

/**
 * What Microsoft’s number says of a request with client credentials, whatever the language of the sentence: AADSTS of
 * Entra ID, AADB2C of Azure AD B2C.
 * @see https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes
 */
const causes: Readonly<Record<string, CauseId>> = {
  AADSTS90002: 'realm-unknown',
  AADSTS900023: 'realm-unknown',
  AADSTS90019: 'realm-missing',
  AADSTS50059: 'realm-missing',
  AADSTS700016: 'client-unknown',
  AADSTS7000229: 'client-unknown',
  AADSTS7000112: 'client-disabled',
  AADSTS7000215: 'secret-wrong',
  AADSTS7000222: 'secret-expired',
  AADSTS7000216: 'no-credentials',
  AADSTS7000218: 'no-credentials',
  AADSTS7000219: 'no-credentials',
  AADSTS700025: 'public-client',
  AADSTS700027: 'assertion-key-unknown',
  AADSTS700023: 'assertion-audience',
  AADSTS700021: 'assertion-issuer',
  AADSTS700211: 'assertion-issuer',
  AADSTS700213: 'assertion-issuer',
  AADSTS50048: 'assertion-issuer',
  AADSTS70003: 'grant-not-enabled',
  AADSTS70011: 'scope-refused',
  AADSTS1002012: 'scope-refused',
  AADSTS28003: 'scope-not-sent',
  AADSTS500011: 'scope-unknown',
  AADSTS650057: 'scope-unknown',
  AADSTS501051: 'scope-permission-missing',
  AADSTS65001: 'scope-permission-missing',
  AADSTS53003: 'custom-rule',
  AADSTS90033: 'overloaded',
  AADSTS9002326: 'origin-refused',
  AADSTS9002327: 'origin-refused',
  AADB2C90002: 'origin-refused',
  AADB2C90018: 'client-unknown',
  AADB2C90081: 'secret-wrong',
  AADB2C90086: 'grant-not-enabled',
  AADB2C90117: 'scope-unknown',
}

const row = (id: string, cause: CauseId, more: Partial<Row> = {}): Row => ({
  endpoint: ['token'],
  id,
  causes: [cause],
  certainty: 'certain',
  ...more,
})

const asksNothing: Row['when'] = ({ sent: { parameters } }) => !parameters.get('scope')?.trim()

/** The number alone names several causes, and what was sent, or the sentence, one of them. */
const decided: readonly Row[] = [
  row('AADSTS7000215', 'secret-is-id', { when: hasIdAsSecret }),
  ...['AADSTS70011', 'AADSTS1002012'].map((id) =>
    row(id, 'scope-not-default', { when: asksOtherThanDefault }),
  ),
  row('AADSTS900144', 'scope-not-sent', { says: /'scope'/, when: asksNothing }),
  row('AADB2C90117', 'scope-not-sent', { when: asksNothing }),
  // Of an assertion: the sentence has the part.
  row('AADSTS50027', 'assertion-thumbprint-missing', { says: /thumbprint/i }),
  row('AADSTS50027', 'assertion-malformed', {
    causes: ['assertion-malformed', 'assertion-two-audiences', 'assertion-claim-missing', 'assertion-typ'],
    certainty: 'likely',
  }),
  row('AADSTS700027', 'assertion-signature', {
    says: /signature/i,
    when: ({ came: { words } }) => !/not found|not registered|thumbprint/i.test(words),
  }),
  row('AADSTS700024', 'assertion-expired', {
    causes: ['assertion-expired', 'assertion-not-yet-valid'],
    certainty: 'likely',
  }),
]

/** The numbers in `error_description`. @see RFC 6749 section 5.2 */
const rows: readonly Row[] = [...decided, ...Object.entries(causes).map(([id, cause]) => row(id, cause))]

/** What Microsoft Entra ID says when it refuses. */
export const entra: RefusalRecord = { name: 'Microsoft Entra ID', rows, order: [] }
