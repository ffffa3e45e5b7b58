import { simpleIdServerOrigin } from '../../base/origin.ts'

/** Its issuer: the realm comes first in every path. */
export const issuer = `${simpleIdServerOrigin}/master`

/** A client as the administration of SimpleIdServer has it, with what the tutorial fills in and what it forgets. */
export interface Client {
  readonly client_id: string
  readonly client_secret: string
  /** The one method that it may use. */
  readonly method: 'client_secret_post' | 'client_secret_basic'
  readonly grant_types: readonly string[]
  /** Its client scopes. */
  readonly scopes: readonly string[]
  /** Whether its secret has run out. */
  readonly expired?: boolean
}

const machine = {
  client_secret: 'password',
  method: 'client_secret_post',
  grant_types: ['client_credentials'],
  scopes: ['read'],
} as const

/** `m2m` is the tutorial’s; the others are the same at an earlier step of it, or with one thing otherwise. */
export const clients: readonly Client[] = [
  { ...machine, client_id: 'm2m' },
  { ...machine, client_id: 'm2m-noscope', scopes: [] },
  { ...machine, client_id: 'm2m-two', scopes: ['read', 'write', 'lone'] },
  { ...machine, client_id: 'm2m-basic', method: 'client_secret_basic' },
  { ...machine, client_id: 'm2m-expired', expired: true },
  { ...machine, client_id: 'm2m-digits', client_secret: '1234567890' },
  { ...machine, client_id: 'm2m-special', client_secret: '50%+more' },
  { ...machine, client_id: 'website', grant_types: ['authorization_code'] },
]

/** An API resource of the administration. */
export interface ApiResource {
  /** What `resource` finds it by. */
  readonly name: string
  readonly audience: string
  readonly scopes: readonly string[]
}

/** `lone` is a scope of nobody: the one whose API resource the tutorial’s step 1.5 was forgotten for. */
export const apiResources: readonly ApiResource[] = [
  { name: 'shopApi', audience: 'shopApi', scopes: ['read'] },
  { name: 'otherApi', audience: 'https://other.example/api', scopes: ['write'] },
]

/** Seconds. */
export const tokenLifetime = 1800

/** The scopes its metadata names. */
export const scopesSupported: readonly string[] = [...new Set(clients.flatMap(({ scopes }) => scopes))]
