import type { Attempt } from './attempt.ts'
import { rfc } from '../../spec.ts'
import { readBasicCredentials } from './basic-credentials.ts'
import type { Rule } from '../base/check-log.ts'
import { assertedClient } from './client-assertion.ts'

/** Where a request carries the credentials of its client. Methods that only the client distinguishes share one. */
export interface Carrier {
  /** As the list of checks names it. */
  readonly name: string
  readonly parameters: readonly string[]
  /** What it means if `client_id` next to it names another client; `null` if `client_id` is part of it. */
  readonly beside: { readonly rule: Rule; readonly error: 'invalid_request' | 'invalid_client' } | null
  isUsed(attempt: Attempt): boolean
  clientId(attempt: Attempt): string | undefined
}

/** @see RFC 6749 section 2.3.1 */
export const authorizationHeader: Carrier = {
  name: 'client_secret_basic',
  parameters: [],
  beside: {
    rule: { what: 'client_id names the client that authenticates', spec: rfc(6749, '3.2.1') },
    error: 'invalid_request',
  },
  isUsed: ({ authorization }) => authorization !== null,
  clientId: ({ authorization }) => readBasicCredentials(authorization ?? '').client_id,
}

/** @see RFC 6749 section 2.3.1 */
export const requestBody: Carrier = {
  name: 'client_secret_post',
  parameters: ['client_id', 'client_secret'],
  beside: null,
  isUsed: ({ form }) => form.has('client_secret'),
  clientId: ({ form }) => form.get('client_id'),
}

/** @see RFC 7521 section 4.2 */
export const clientAssertion: Carrier = {
  name: 'a client assertion',
  parameters: ['client_assertion_type', 'client_assertion'],
  beside: {
    rule: { what: 'client_id names the client of the assertion', spec: rfc(7521, '4.2') },
    error: 'invalid_client',
  },
  isUsed: ({ form }) => form.has('client_assertion') || form.has('client_assertion_type'),
  clientId: ({ form, checks }) => assertedClient(form, checks),
}

/** A `client_id` alone names a client and proves nothing. */
export const bareClientId: Carrier = {
  name: 'None: a client_id proves nothing',
  parameters: ['client_id'],
  beside: null,
  isUsed: ({ form }) => form.has('client_id'),
  clientId: ({ form }) => form.get('client_id'),
}

/** Those that carry a proof; a request uses one of them. */
export const carriers: readonly Carrier[] = [authorizationHeader, requestBody, clientAssertion]
