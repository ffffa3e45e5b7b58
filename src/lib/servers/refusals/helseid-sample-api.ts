import type { RefusalRecord } from '../../why/refusal/cause.ts'

export const helseIdSampleApi: RefusalRecord = {
  name: 'HelseID’s Sample API',
  rows: [],
  order: [],
}
