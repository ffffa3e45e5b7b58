import type { RefusalRecord } from '../../why/refusal/record.ts'
import type { ServerId } from '../servers.ts'
import { aspNetApi } from './aspnet-api.ts'
import { helseIdSampleApi } from './helseid-sample-api.ts'
import { helseId } from './helseid.ts'
import { identityServer } from './identityserver.ts'
import { keycloak } from './keycloak.ts'
import { openIddict } from './openiddict.ts'
import { simpleIdServer } from './simpleidserver.ts'

/** What each authorization server says when it refuses, and what that proves. */
export const serverRefusals: Readonly<Partial<Record<ServerId, RefusalRecord>>> = {
  simpleidserver: simpleIdServer,
  openiddict: openIddict,
  duende: identityServer,
  keycloak,
  helseid: helseId,
}

/** The same of APIs. What both say is recognised as the first. */
export const apiRefusals = { aspNetApi, helseIdSampleApi } as const satisfies Readonly<
  Record<string, RefusalRecord>
>
