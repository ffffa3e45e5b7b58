import { member } from '../../../json/value.ts'
import { rfc, fetchStandard } from '../../../spec.ts'
import { cause } from '../facts/make.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { newToken, sign } from './common.ts'

const isSubNumber = ({ sent }: Facts): boolean => member(sent.token?.claims, 'sub')?.kind === 'number'

/** What APIs that a team wrote itself say of a token, and what they want in its place. */
export const homeMade = {
  'sub-not-string': cause({
    stage: 'token',
    title: 'The sub of the token is a number, and a JWT has text there',
    meaning:
      'sub is a text by the standard. PyJWT from 2.10 on and python-jose refuse a number, though the signature is right.',
    fixes: ['Let the authorization server write sub as a text: in Python, "sub": str(client.id).'],
    spec: [rfc(7519, '4.1.2')],
    sign: (facts) => sign(isSubNumber(facts), 'likely', 'sub of the token is a number.'),
  }),
  'token-unknown': cause({
    stage: 'token',
    title: ({ endpoint }) =>
      `${endpoint === 'api' ? 'The API' : 'The server'} does not know the token, or cannot read it`,
    meaning: ({ endpoint }) =>
      endpoint === 'api'
        ? 'The token is not one that the API finds: it is of another server, expired or revoked, or not whole. The response does not tell which.'
        : `What was sent as the token is none that this server issued and still knows. The standard has ${endpoint === 'revocation' ? 'status 200 for that, without an error: there is nothing left to revoke' : 'active: false for that'}.`,
    fixes: ({ endpoint }) =>
      endpoint === 'api'
        ? [newToken, 'Check that the token is of the authorization server that this API asks.']
        : ['Send a token of this server, whole.'],
    spec: [rfc(6750, '3.1'), rfc(7662, '2.2'), rfc(7009, '2.2')],
  }),
  'preflight-refused': cause({
    stage: 'preflight',
    title: 'The preflight is asked for a token, which it never has',
    meaning:
      'A browser asks with OPTIONS before it sends Authorization, and sends no credentials with that. A gateway or API that authenticates every request refuses it (nginx: auth_request).',
    fixes: ({ sent: { url } }) => [
      'Let OPTIONS pass before authentication: respond to it with 204 and the CORS header fields (in nginx: if ($request_method = OPTIONS) { return 204; } in a location without auth_request).',
      { text: 'Or call it through the relay of npm start, which asks nothing first.', relay: url.origin },
    ],
    spec: [fetchStandard('cors-preflight-fetch')],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
