import { rfc } from '../../spec.ts'
import { issueAccessToken } from './access-token.ts'
import { grantAuthorizationDetails } from './authorization-details.ts'
import type { Rule } from '../base/check-log.ts'
import type { PracticeClient } from '../base/server-state.ts'
import type { Context } from '../base/endpoint.ts'
import type { Form } from '../base/form-body.ts'
import { grantAudience } from './resource.ts'
import { grantScope } from './scope.ts'
import type { GrantName } from '../base/server-state.ts'
import { tokenError } from '../base/token-error.ts'

/** A grant type the token endpoint knows. Another one is another row. */
export interface Grant {
  readonly name: GrantName
  readonly parameters: readonly string[]
  /** The members of a successful response. `jkt`: the key to bind the token to, or `null`. */
  issue(
    client: PracticeClient,
    form: Form,
    jkt: string | null,
    context: Context,
  ): Promise<Record<string, unknown>>
}

const confidential: Rule = { what: 'The client is confidential', spec: rfc(6749, '4.4') }
const issued: Rule = { what: 'An access token is issued', spec: rfc(6749, '4.4.3') }

export const grants: readonly Grant[] = [
  {
    name: 'client_credentials',
    parameters: ['scope', 'resource', 'authorization_details'],
    /** @see RFC 6749 section 4.4: the grant "MUST only be used by confidential clients" */
    issue: async (client, form, jkt, context) => {
      if (client.token_endpoint_auth_methods.includes('none')) {
        const found = 'This is a public client; the grant is for confidential clients only'
        throw tokenError('unauthorized_client', confidential, found)
      }
      const scope = grantScope(client, form.get('scope'), context.checks)
      const audience = grantAudience(form.getAll('resource'), context)
      const details = grantAuthorizationDetails(form.get('authorization_details'), context.checks)
      const granted = details.length > 0 ? { authorization_details: details } : {}
      const { access_token, kind } = await issueAccessToken(
        client,
        { scope, audience, jkt, ...granted },
        context,
      )
      const expires_in = client.access_token_lifetime
      const bound = jkt === null ? '' : `, bound to the key ${jkt}`
      context.checks.pass(issued, `${kind}, valid for ${expires_in} s${bound}`)
      return { access_token, token_type: jkt === null ? 'Bearer' : 'DPoP', expires_in, scope, ...granted }
    },
  },
]
