import type { RefusalCause } from '../cause.ts'
import { apiCredentials } from './api-credentials.ts'
import { apiProof } from './api-proof.ts'
import { apiRights } from './api-rights.ts'
import { apiToken } from './api-token.ts'
import { assertion } from './assertion.ts'
import { assertionClaims } from './assertion-claims.ts'
import { client } from './client.ts'
import { failure } from './failure.ts'
import { grant } from './grant.ts'
import { codes } from './codes.ts'
import { operations } from './operations.ts'
import { organisation } from './organisation.ts'
import { origin } from './origin.ts'
import { proof } from './proof.ts'
import { resource } from './resource.ts'
import { scope } from './scope.ts'
import { secret } from './secret.ts'
import { way } from './way.ts'

/** Every reason for a refusal that this page can name, by id. */
export const causes = {
  ...way,
  ...origin,
  ...failure,
  ...codes,
  ...client,
  ...secret,
  ...assertion,
  ...assertionClaims,
  ...grant,
  ...scope,
  ...resource,
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
