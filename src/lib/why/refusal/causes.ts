import type { RefusalCause } from './facts/cause.ts'
import type { Facts } from './facts/facts.ts'
import { apiKeys } from './api-causes/api-key.ts'
import { apiClaims } from './api-causes/claims.ts'
import { apiCredentials } from './api-causes/credentials.ts'
import { requestAtApi } from './api-causes/elsewhere.ts'
import { homeMade } from './api-causes/home-made.ts'
import { apiProof } from './api-causes/proof.ts'
import { proofAtApi } from './api-causes/proof-shape.ts'
import { mcpRequest } from './api-causes/mcp.ts'
import { apiRights } from './api-causes/rights.ts'
import { apiToken } from './api-causes/token.ts'
import { assertion } from './causes/assertion.ts'
import { assertionClaims } from './causes/assertion-claims.ts'
import { client } from './causes/client.ts'
import { failure } from './causes/failure.ts'
import { grant } from './causes/grant.ts'
import { hosted } from './causes/hosted.ts'
import { operations } from './causes/operations.ts'
import { organisation } from './causes/organisation.ts'
import { origin } from './causes/origin.ts'
import { proof } from './causes/proof.ts'
import { reads } from './causes/reads.ts'
import { redirected } from './causes/redirected.ts'
import { resource } from './causes/resource.ts'
import { scope } from './causes/scope.ts'
import { secret } from './causes/secret.ts'
import { way } from './causes/way.ts'

/** Every reason for a refusal that this page can name, by id. */
export const causes = {
  ...way,
  ...redirected,
  ...reads,
  ...origin,
  ...failure,
  ...client,
  ...secret,
  ...assertion,
  ...assertionClaims,
  ...grant,
  ...scope,
  ...resource,
  ...proof,
  ...organisation,
  ...hosted,
  ...operations,
  ...apiCredentials,
  ...apiToken,
  ...apiClaims,
  ...apiProof,
  ...apiRights,
  ...homeMade,
  ...mcpRequest,
  ...apiKeys,
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
    ...(elsewhere.open && { open: elsewhere.open }),
    tell: (facts) => of(facts).tell(facts),
    sign: (facts) => of(facts).sign?.(facts) ?? null,
    against: (facts) => of(facts).against?.(facts) ?? null,
    applies: (facts) => of(facts).applies?.(facts) ?? true,
  }
}
