import { rfc } from '../spec.ts'
import { accessTokenLifetime, issueAccessToken } from './access-token.ts'
import type { Rule } from './check-log.ts'
import type { PracticeClient } from './clients.ts'
import type { Context } from './endpoint.ts'
import type { Form } from './form-body.ts'
import { grantScope } from './scope.ts'
import { tokenError } from './token-error.ts'

/** A grant type the token endpoint knows. Another one is another row. */
export interface Grant {
  readonly name: string
  readonly parameters: readonly string[]
  /** The members of a successful response. */
  issue(client: PracticeClient, form: Form, context: Context): Promise<Record<string, unknown>>
}

const confidential: Rule = { what: 'The client is confidential', spec: rfc(6749, '4.4') }
const issued: Rule = { what: 'An access token is issued', spec: rfc(6749, '4.4.3') }

export const grants: readonly Grant[] = [
  {
    name: 'client_credentials',
    parameters: ['scope'],
    /** @see RFC 6749 section 4.4: the grant "MUST only be used by confidential clients" */
    issue: async (client, form, context) => {
      if (client.client_secret === null) {
        const found = 'This is a public client; the grant is for confidential clients only'
        throw tokenError('unauthorized_client', confidential, found)
      }
      const scope = grantScope(client, form.get('scope'), context.checks)
      const access_token = await issueAccessToken(client, scope, context)
      const alg = client.access_token_signing_alg
      context.checks.pass(issued, `A JWT signed with ${alg}, valid for ${accessTokenLifetime} s`)
      return { access_token, token_type: 'Bearer', expires_in: accessTokenLifetime, scope }
    },
  },
]
