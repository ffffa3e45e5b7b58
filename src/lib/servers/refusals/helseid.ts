import type { RefusalRecord } from '../../why/refusal/cause.ts'

export const helseId: RefusalRecord = {
  name: 'HelseID',
  rows: [],
  order: [],
}
