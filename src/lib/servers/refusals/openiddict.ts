import type { RefusalRecord } from '../../why/refusal/cause.ts'

export const openIddict: RefusalRecord = {
  name: 'OpenIddict',
  rows: [],
  order: [],
}
