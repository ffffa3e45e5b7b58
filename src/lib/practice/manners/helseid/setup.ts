import { helseIdOrigin } from '../../base/origin.ts'

/** Its issuer has no path. */
export const issuer = helseIdOrigin

export const tokenEndpoint = `${issuer}/connect/token`

/** The API of the sample: the part of its scope before the slash. */
export const sampleAudience = 'nhn:test-public-samplecode'

export const sampleScope = `${sampleAudience}/client-credentials`

/** A client of the samples as HelseID has it. */
export interface Client {
  readonly client_id: string
  readonly client_name: string
  readonly tenancy: 'multi-tenant' | 'single-tenant'
  /** Of whoever made the software; the token of a single-tenant client has none. */
  readonly supplier: string | null
  /** The child organisations it may speak for, by their parent. */
  readonly organisations: Readonly<Record<string, readonly string[]>>
  readonly scopes: readonly string[]
}

const common = {
  client_name: 'HelseID sample client credentials',
  organisations: { '999977774': ['999977776', '999977775'] },
  // One of another API, and one that the Sample API’s policy does not accept.
  scopes: [sampleScope, `${sampleAudience}/other`, 'nhn:other-api/read'],
} as const

/** The samples’ clients, which share their key. */
export const clients: readonly [Client, Client] = [
  {
    ...common,
    client_id: 'helseid-sample-client-credentials-for-multitenant-app',
    tenancy: 'multi-tenant',
    supplier: '994598759',
  },
  {
    ...common,
    client_id: 'helseid-sample-client-credentials-with-underenhet',
    tenancy: 'single-tenant',
    supplier: null,
  },
]

/** Seconds. */
export const tokenLifetime = 600
