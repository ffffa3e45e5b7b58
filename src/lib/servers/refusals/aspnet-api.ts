import type { RefusalRecord } from '../../why/refusal/cause.ts'

export const aspNetApi: RefusalRecord = {
  name: 'ASP.NET Core',
  rows: [],
  order: [],
}
