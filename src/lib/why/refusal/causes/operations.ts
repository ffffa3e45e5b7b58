import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { cause } from '../facts/make.ts'

const hasOtherHint = ({ sent: { parameters } }: Facts): boolean =>
  !/^(access_token|refresh_token)$/.test(parameters.get('token_type_hint') ?? 'access_token')

const isIntrospection = ({ endpoint }: Facts): boolean => endpoint === 'introspection'

/** Of introspection, revocation and registration alone. @see RFC 7662, RFC 7009, RFC 7591 */
export const operations = {
  'token-parameter-missing': cause({
    stage: 'token',
    title: 'No token was sent',
    meaning: ({ sent: { parameters } }) =>
      parameters.get('token')
        ? 'The body has the parameter token, and the server did not read it.'
        : 'The request has to name the token in the parameter token, and it is missing or empty.',
    fixes: [
      'Enter the token, or get one first.',
      'See that this URL is the endpoint for that: another one may demand other parameters.',
    ],
    spec: [rfc(7662, '2.1'), rfc(7009, '2.1')],
    sign: ({ endpoint, sent: { parameters } }) =>
      (endpoint === 'introspection' || endpoint === 'revocation') && !parameters.get('token')
        ? { found: 'The request has no token.', certainty: 'likely' }
        : null,
  }),
  'token-type-hint-unknown': cause({
    stage: 'token',
    title: 'The server does not know this token_type_hint',
    meaning: ({ sent: { parameters } }) =>
      `The hint was “${quoted(parameters.get('token_type_hint') ?? '')}”. Registered are access_token and refresh_token; a server may ignore an unknown hint, and this one refuses it.`,
    fixes: ['Send the hint access_token, or no hint: it only helps the server to search.'],
    spec: [rfc(7009, '2.1'), rfc(7009, '2.2.1')],
    applies: hasOtherHint,
    sign: (facts) =>
      hasOtherHint(facts)
        ? { found: 'The token_type_hint is none of the registered ones.', certainty: 'likely' }
        : null,
  }),
  'token-of-another-client': cause({
    stage: 'owner',
    title: 'The token was issued to another client',
    meaning: (facts) =>
      `A client may ${isIntrospection(facts) ? 'ask about' : 'revoke'} only the tokens that were issued to itself.`,
    fixes: ['Use the credentials of the client that got the token; its claim client_id names it.'],
    spec: [rfc(7009, '2.1')],
  }),
  'refresh-token-introspected': cause({
    stage: 'token',
    title: 'The server fails at the introspection of a refresh token',
    meaning:
      'The server looks for an access token, finds a token of another kind, and stops in an exception.',
    fixes: ['Introspect the access token instead.'],
    spec: [rfc(7662, '2.1')],
  }),
  'introspection-needs-api': cause({
    stage: 'client',
    title: 'Introspection asks for the credentials of an API, not for those of a client',
    meaning:
      'Introspection is for the API that gets the token. Many servers keep APIs apart from clients, with a name and a secret of their own; others want an access token of the API in the Authorization header, which this page does not send.',
    fixes: ['Enter name and secret of the API, as the server has them, in place of ID and secret.'],
    spec: [rfc(7662, '2.1')],
  }),
  'introspection-needs-header': cause({
    stage: 'method',
    title: 'Introspection accepts credentials in the Authorization header only',
    meaning: 'ID and secret were in the body, and this server does not look for them there.',
    fixes: [
      {
        text: 'Send the credentials in the Basic header',
        change: { token_endpoint_auth_method: 'client_secret_basic' },
      },
    ],
    spec: [rfc(7662, '2.1')],
    applies: ({ sent: { places } }) => places.includes('body') && !places.includes('header'),
  }),
  'token-type-not-revocable': cause({
    stage: 'token',
    title: 'The server revokes refresh tokens only',
    meaning: 'The token is an access token, which this server does not revoke: it is good until its exp.',
    fixes: [
      'Let access tokens have a short lifetime: this server revokes a refresh token, and this grant has none.',
    ],
    spec: [rfc(7009, '2.1'), rfc(7009, '2.2.1')],
  }),
  'registration-token-invalid': cause({
    stage: 'token',
    title: 'The server does not accept the initial access token',
    meaning:
      'The token has expired, was used up by an earlier registration, or lacks the scope that registration demands.',
    fixes: [
      'Get a new initial access token from the server, one that is good for registration, and send that.',
      'Or register the client in the server’s administration.',
    ],
    spec: [rfc(7591, '3.1')],
    applies: ({ sent: { token } }) => token !== null,
  }),
  'registration-with-scope': cause({
    stage: 'form',
    title: 'The server registers no client with a scope in the request',
    meaning: 'Who registers a client may not say there which scopes it gets.',
    fixes: ['Leave scope out of the registration, and allow the client its scopes at the server.'],
    spec: [rfc(7591, '2')],
  }),
  'registration-needs-token': cause({
    stage: 'token',
    title: 'Registration asks for an initial access token',
    meaning: ({ sent: { token } }) =>
      token
        ? 'The server did not accept the initial access token that was sent: it has expired, was used up, or lacks the scope that registration demands.'
        : 'This server registers clients only for somebody who has an initial access token.',
    fixes: [
      'Get an initial access token from the server, and send it with the registration.',
      'Or register the client in the server’s administration.',
    ],
    spec: [rfc(7591, '2')],
  }),
  'registration-not-enabled': cause({
    stage: 'route',
    title: 'Dynamic registration is turned off at this server',
    meaning: 'The server registers no client that asks for it: whoever administers it makes the clients.',
    fixes: [
      'Register the client in the server’s administration.',
      'Or turn dynamic registration on at the server.',
    ],
    spec: [rfc(7591, '3.1')],
  }),
  'registration-with-keys': cause({
    stage: 'form',
    title: 'The server fails at a registration with jwks in it',
    meaning: 'The server stops in an exception if the request has the client’s keys in it.',
    fixes: ['Publish the public key at a URL, and register that as jwks_uri in place of jwks.'],
    spec: [rfc(7591, '2')],
  }),
  'token-kind-not-supported': cause({
    stage: 'token',
    title: 'The server does not support this kind of token',
    meaning: (facts) =>
      isIntrospection(facts)
        ? 'The server keeps no record of tokens of this kind. A JWT says all that there is to know itself (oidc-provider introspects opaque tokens only).'
        : 'The server does not revoke tokens of this kind: it keeps no record of JWTs, for one (oidc-provider), and the token is good until its exp.',
    fixes: (facts) =>
      isIntrospection(facts)
        ? [
            'Decode the token and verify its signature with the keys of the server.',
            'Introspect an opaque token.',
          ]
        : [
            'Let tokens have a short lifetime, so that none has to be revoked.',
            'Ask the server for opaque tokens for this client, and revoke one of those.',
          ],
    spec: [rfc(7009, '2.2.1'), rfc(7662, '2.1')],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
