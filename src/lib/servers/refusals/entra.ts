import type { CauseId } from '../../why/refusal/causes.ts'
import type { RefusalRecord, Row } from '../../why/refusal/record.ts'

/** What Microsoft’s number says of a request with client credentials, whatever the language of the sentence. */
const causes: Readonly<Record<string, CauseId>> = {
  AADSTS90002: 'realm-unknown',
  AADSTS900023: 'realm-unknown',
  AADSTS700016: 'client-unknown',
  AADSTS7000112: 'client-disabled',
  AADSTS7000215: 'secret-wrong',
  AADSTS7000222: 'secret-expired',
  AADSTS7000216: 'no-credentials',
  AADSTS7000218: 'no-credentials',
  AADSTS700027: 'assertion-key-unknown',
  AADSTS50027: 'assertion-malformed',
  AADSTS70011: 'scope-refused',
  AADSTS1002012: 'scope-refused',
  AADSTS28003: 'scope-not-sent',
  AADSTS500011: 'scope-unknown',
  AADSTS501051: 'scope-permission-missing',
  AADSTS53003: 'custom-rule',
  AADSTS9002326: 'origin-refused',
  AADSTS9002327: 'origin-refused',
}

/** The numbers of Entra ID in `error_description`. @see RFC 6749 section 5.2 */
const rows: readonly Row[] = [
  ...Object.entries(causes).map(([id, cause]): Row => ({
    endpoint: ['token'],
    id,
    causes: [cause],
    certainty: 'certain',
  })),
  {
    endpoint: ['token'],
    id: 'AADSTS700024',
    causes: ['assertion-expired', 'assertion-not-yet-valid'],
    certainty: 'likely',
  },
  {
    endpoint: ['token'],
    id: 'AADSTS900144',
    says: /'scope'/,
    when: ({ sent: { parameters } }) => !parameters.has('scope'),
    causes: ['scope-not-sent'],
    certainty: 'certain',
  },
]

/** What Microsoft Entra ID says when it refuses. */
export const entra: RefusalRecord = { name: 'Microsoft Entra ID', rows, order: [] }
