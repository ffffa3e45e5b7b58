import type { RefusalRecord } from '../../why/refusal/record.ts'

/** What Keycloak says when it refuses. */
export const keycloak: RefusalRecord = { name: 'Keycloak', rows: [], order: [] }
