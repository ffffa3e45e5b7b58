import { rfc } from '../spec.ts'
import { readBasicCredentials } from './basic-credentials.ts'
import type { CheckLog, Rule } from './check-log.ts'
import type { PracticeClient } from './clients.ts'
import type { Form } from './form-body.ts'
import { explainMismatch, sameSecret, type SentSecret } from './secret.ts'
import { tokenError } from './token-error.ts'

/** What a token request brings to authenticate its client. */
export interface Attempt {
  readonly authorization: string | null
  readonly form: Form
  readonly checks: CheckLog
}

/** A way for a client to authenticate. Another one is another row. */
export interface AuthMethod {
  readonly name: string
  readonly parameters: readonly string[]
  isUsed(attempt: Attempt): boolean
  clientId(attempt: Attempt): string | undefined
  /** Throws unless the client has proved itself. */
  prove(client: PracticeClient, attempt: Attempt): void | Promise<void>
}

const secretMatches: Rule = { what: 'The secret matches', spec: rfc(6749, '2.3.1') }

/** Told to every client that fails: which half was wrong is the server's to know. */
export const failed = 'Client authentication failed'

/** @see RFC 6749 section 2.3.1 */
export const authMethods: readonly AuthMethod[] = [
  {
    name: 'client_secret_basic',
    parameters: [],
    isUsed: ({ authorization }) => authorization !== null,
    clientId: ({ authorization }) => readBasicCredentials(authorization ?? '').client_id,
    prove: (client, { authorization, checks }) => {
      const { client_secret, undecoded } = readBasicCredentials(authorization ?? '')
      proveSecret(client, { client_secret, undecoded: undecoded.client_secret }, checks)
    },
  },
  {
    name: 'client_secret_post',
    parameters: ['client_id', 'client_secret'],
    isUsed: ({ form }) => form.has('client_secret'),
    clientId: ({ form }) => form.get('client_id'),
    prove: (client, { form, checks }) => {
      proveSecret(client, { client_secret: form.get('client_secret') ?? '', undecoded: null }, checks)
    },
  },
]

/** A `client_id` alone names a client and proves nothing. */
export const none: AuthMethod = {
  name: 'none',
  parameters: ['client_id'],
  isUsed: ({ form }) => form.has('client_id'),
  clientId: ({ form }) => form.get('client_id'),
  prove: () => undefined,
}

function proveSecret(client: PracticeClient, sent: SentSecret, checks: CheckLog): void {
  const expected = client.client_secret
  if (expected === null || !sameSecret(sent.client_secret, expected)) {
    const found = expected === null ? 'The client has none' : explainMismatch(expected, sent)
    throw tokenError('invalid_client', secretMatches, found, failed)
  }
  checks.pass(secretMatches, sent.undecoded === null ? 'As sent in the body' : 'After form-decoding')
}
