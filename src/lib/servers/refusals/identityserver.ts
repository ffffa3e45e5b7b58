import type { RefusalRecord } from '../../why/refusal/cause.ts'

export const identityServer: RefusalRecord = {
  name: 'IdentityServer',
  rows: [],
  order: [],
}
