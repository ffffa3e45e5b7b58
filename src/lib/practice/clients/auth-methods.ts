import { rfc } from '../../spec.ts'
import { readBasicCredentials } from './basic-credentials.ts'
import { authorizationHeader, bareClientId, type Carrier, clientAssertion, requestBody } from './carriers.ts'
import type { Attempt } from './attempt.ts'
import type { CheckLog, Rule } from '../base/check-log.ts'
import { proveByAssertion } from './client-assertion.ts'
import { signedWithKey, signedWithSecret } from './client-signature.ts'
import type { PracticeClient } from '../base/server-state.ts'
import { explainMismatch, sameSecret, type SentSecret } from './secret.ts'
import { asymmetricAlgs, macAlgs } from '../signatures/signature-algs.ts'
import { authenticationFailed } from '../base/token-error.ts'

/** A way for a client to authenticate. Another one is another row. */
export interface AuthMethod {
  readonly name: string
  readonly carrier: Carrier
  /** Throws unless the client has proved itself. */
  prove(client: PracticeClient, attempt: Attempt): void | Promise<void>
}

const secretMatches: Rule = { what: 'The secret matches', spec: rfc(6749, '2.3.1') }

/** @see RFC 6749 section 2.3.1 and RFC 7523 section 2.2 */
export const authMethods: readonly AuthMethod[] = [
  {
    name: 'client_secret_basic',
    carrier: authorizationHeader,
    prove: (client, { authorization, checks }) => {
      const { client_secret, undecoded } = readBasicCredentials(authorization ?? '')
      proveSecret(client, { client_secret, undecoded: undecoded.client_secret }, checks)
    },
  },
  {
    name: 'client_secret_post',
    carrier: requestBody,
    prove: (client, { form, checks }) => {
      proveSecret(client, { client_secret: form.get('client_secret') ?? '', undecoded: null }, checks)
    },
  },
  {
    name: 'client_secret_jwt',
    carrier: clientAssertion,
    prove: (client, attempt) =>
      proveByAssertion(client, attempt, {
        method: 'client_secret_jwt',
        algs: macAlgs,
        signedBy: signedWithSecret,
      }),
  },
  {
    name: 'private_key_jwt',
    carrier: clientAssertion,
    prove: (client, attempt) =>
      proveByAssertion(client, attempt, {
        method: 'private_key_jwt',
        algs: asymmetricAlgs,
        signedBy: signedWithKey,
      }),
  },
]

/** What a public client does. It is not offered. */
export const none: AuthMethod = { name: 'none', carrier: bareClientId, prove: () => undefined }

function proveSecret(client: PracticeClient, sent: SentSecret, checks: CheckLog): void {
  const expected = client.client_secret
  if (expected === null || !sameSecret(sent.client_secret, expected)) {
    const found = expected === null ? 'The client has none' : explainMismatch(expected, sent)
    throw authenticationFailed(secretMatches, found)
  }
  checks.pass(secretMatches, sent.undecoded === null ? 'As sent in the body' : 'After form-decoding')
}
