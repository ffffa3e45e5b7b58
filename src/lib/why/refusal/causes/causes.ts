import type { RefusalCause } from '../cause.ts'
import type { Facts } from '../facts.ts'
import { apiClaims } from '../api-causes/claims.ts'
import { apiCredentials } from '../api-causes/credentials.ts'
import { requestAtApi } from '../api-causes/elsewhere.ts'
import { apiProof } from '../api-causes/proof.ts'
import { proofAtApi } from '../api-causes/proof-shape.ts'
import { apiRights } from '../api-causes/rights.ts'
import { apiToken } from '../api-causes/token.ts'
import { assertion } from './assertion.ts'
import { assertionClaims } from './assertion-claims.ts'
import { certificate } from './certificate.ts'
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
  ...certificate,
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
  ...apiClaims,
  ...apiProof,
  ...apiRights,
} as const satisfies Readonly<Record<string, RefusalCause>>

export type CauseId = keyof typeof causes

/** What an API means by some of them. */
const atApi: Readonly<Partial<Record<CauseId, RefusalCause>>> = { ...requestAtApi, ...proofAtApi }

export function causeOf(id: CauseId): RefusalCause {
  const api = atApi[id]
  return api ? either(causes[id], api) : causes[id]
}

function either(elsewhere: RefusalCause, api: RefusalCause): RefusalCause {
  const of = ({ endpoint }: Facts): RefusalCause => (endpoint === 'api' ? api : elsewhere)
  return {
    stage: elsewhere.stage,
    apiStage: api.stage,
    tell: (facts) => of(facts).tell(facts),
    sign: (facts) => of(facts).sign?.(facts) ?? null,
    against: (facts) => of(facts).against?.(facts) ?? null,
    applies: (facts) => of(facts).applies?.(facts) ?? true,
  }
}
