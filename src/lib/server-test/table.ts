import { type Group, groups, phases, type Row, type Rows } from './base/row.ts'
import { apiRows } from './rows/api.ts'
import { boundRows } from './rows/api-dpop.ts'
import { assertionRows } from './rows/assertion.ts'
import { dpopRows } from './rows/dpop.ts'
import { introspectionRows } from './rows/introspection.ts'
import { revocationRows } from './rows/revocation.ts'
import { corsRows } from './rows/cors.ts'
import { keyRows } from './rows/metadata/keys.ts'
import { metadataRows } from './rows/metadata/metadata.ts'
import { againRows } from './rows/token/again.ts'
import { elsewhereRows } from './rows/token/elsewhere.ts'
import { basicRows } from './rows/token/basic.ts'
import { clientRows } from './rows/token/client.ts'
import { formRows } from './rows/token/form.ts'
import { refusalRows } from './rows/token/refusals.ts'
import { jwtRows } from './rows/metadata/jwt.ts'
import { responseRows } from './rows/token/response.ts'
import { scopeRows } from './rows/token/scope.ts'

const rows = {
  ...responseRows,
  ...againRows,
  ...formRows,
  ...basicRows,
  ...scopeRows,
  ...elsewhereRows,
  ...clientRows,
  ...refusalRows,
  ...corsRows,
  ...metadataRows,
  ...keyRows,
  ...jwtRows,
  ...assertionRows,
  ...dpopRows,
  ...introspectionRows,
  ...revocationRows,
  ...apiRows,
  ...boundRows,
} as const satisfies Rows

/** Names a row, in reports too: it stays what it is. */
export type RowId = keyof typeof rows

/** Every row, in the order of its file. */
export const table: Readonly<Record<RowId, Row>> = rows

/** Another row is a member of a table in `rows`. */
export const rowIds = Object.keys(rows) as readonly RowId[]

const groupOrder = Object.keys(groups) as readonly Group[]

/** Group by group, as a report has them. */
export const inGroups: readonly RowId[] = groupOrder.flatMap((group) =>
  rowIds.filter((id) => table[id].group === group),
)

/** In the order of sending: see `phases`. */
export const inSendingOrder: readonly RowId[] = phases.flatMap((phase) =>
  inGroups.filter((id) => table[id].phase === phase),
)
