import type { RefusalRecord } from '../../why/refusal/cause.ts'

export const simpleIdServer: RefusalRecord = {
  name: 'SimpleIdServer',
  rows: [],
  order: [],
}
