import type { RefusalCause } from '../cause.ts'
import { apiCredentials } from './api-credentials.ts'
import { apiProof } from './api-proof.ts'
import { apiRights } from './api-rights.ts'
import { apiToken } from './api-token.ts'
import { assertion } from './assertion.ts'
import { client } from './client.ts'
import { operations } from './operations.ts'
import { organisation } from './organisation.ts'
import { proof } from './proof.ts'
import { rights } from './rights.ts'
import { secret } from './secret.ts'
import { way } from './way.ts'

/** Every reason for a refusal that this page can name, by id. */
export const causes = {
  ...way,
  ...client,
  ...secret,
  ...assertion,
  ...rights,
  ...proof,
  ...organisation,
  ...operations,
  ...apiCredentials,
  ...apiToken,
  ...apiProof,
  ...apiRights,
} as const satisfies Readonly<Record<string, RefusalCause>>

export type CauseId = keyof typeof causes

export const causeOf = (id: CauseId): RefusalCause => causes[id]
