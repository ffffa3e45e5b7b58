import type { Fix } from '../../../explanation/explanation.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { differing, speaksOfMethod, triesAssertion } from './assertion-facts.ts'
import { claim } from '../facts/sent.ts'
import { cause } from '../facts/make.ts'
import { clientId } from './client-id.ts'

/** The client as a subject, by the ID that was sent. */
function named({ config: { client_id }, sent: { assertion } }: Facts): string {
  const id = client_id || (claim(assertion, 'iss') ?? '')
  return id === '' ? 'this client' : `the client “${quoted(id)}”`
}

const inBody: Fix = {
  text: 'Send the credentials in the body (client_secret_post)',
  change: { token_endpoint_auth_method: 'client_secret_post' },
}
const inHeader: Fix = {
  text: 'Send the credentials in the Basic header',
  change: { token_endpoint_auth_method: 'client_secret_basic' },
}
const signed: Fix = {
  text: 'Sign an assertion with the client’s private key (private_key_jwt)',
  change: { token_endpoint_auth_method: 'private_key_jwt' },
}

/** The method that the server says it expects of this client; `null` if it names none. */
function registeredMethod(words: string): Fix | null {
  const [, name] =
    /(?:supports?|requires?|expects?|must use|registered (?:for|with)|configured (?:for|with))\b[^.]{0,60}?\b(client_secret_basic|client_secret_post|private_key_jwt)\b/i.exec(
      words,
    ) ?? []
  const fixes = new Map([
    ['client_secret_basic', inHeader],
    ['client_secret_post', inBody],
    ['private_key_jwt', signed],
  ])
  return fixes.get(name?.toLowerCase() ?? '') ?? null
}

/**
 * The other methods, the one that the server speaks of or that is likeliest after what was sent first; none weaker than
 * what was sent without a word of the server.
 */
function otherMethods(facts: Facts): readonly Fix[] {
  const {
    came: { words },
    sent: { places, assertion },
  } = facts
  const registered = registeredMethod(words)
  if (registered !== null) return [registered]
  if (assertion === null && /client_assertion|private_key_jwt/.test(words)) return [signed]
  if (places.includes('assertion')) return speaksOfMethod(facts) ? [inBody, inHeader] : []
  return places.includes('header') ? [inBody, signed] : [inHeader, signed]
}

const authentication = rfc(6749, '2.3')

/** That there is such a client, that it is enabled, and how it authenticates. @see RFC 6749 section 2.3 */
export const client = {
  'client-id-missing': cause({
    stage: 'client',
    title: 'The server found no client ID',
    meaning: ({ sent: { places, parameters } }) =>
      parameters.has('client_id')
        ? 'The body has a client_id, and the server did not read it: another program on the way may drop the body, or the server reads the ID elsewhere.'
        : places.includes('header')
          ? 'The client ID was in the Basic header only, and the server did not find it there: it reads the body, or the header did not arrive.'
          : 'The request names no client, neither in the Basic header nor in the body.',
    fixes: ({ config, sent: { places } }) => [
      ...(config.client_id === '' ? ['Enter the client ID.'] : []),
      ...(places.includes('header') ? [inBody] : []),
      'See whether a proxy drops the Authorization header or the body, so that the client ID does not arrive.',
    ],
    spec: [rfc(6749, '2.3.1')],
    sign: (facts) =>
      facts.config.client_id === '' && !triesAssertion(facts) && facts.endpoint !== 'introspection'
        ? { found: 'The request has no client ID.', certainty: 'likely' }
        : null,
  }),
  'client-id-too-long': cause({
    stage: 'client',
    title: 'The client ID is longer than the server accepts',
    meaning: ({ config }) => `The client ID has ${config.client_id.length} characters.`,
    fixes: ['Check the client ID: text may have been pasted twice, or a secret in its place.'],
    spec: [rfc(6749, '2.3.1')],
    sign: ({ config: { client_id } }) =>
      client_id.length > 100
        ? { found: `The client ID has ${client_id.length} characters.`, certainty: 'possible' }
        : null,
  }),
  'client-id-read-as-json': cause({
    stage: 'client',
    title: 'The server reads a client ID of digits as a number, and fails',
    meaning:
      'The server reads every value of the body as JSON. A client ID that is a JSON number, true or false is then no text, and the server stops in an exception.',
    fixes: ['Give the client an ID that has a letter in it, other than true or false.', inHeader],
    spec: [rfc(6749, '2.3.1')],
  }),
  'client-unknown': cause({
    stage: 'client',
    title: 'The server does not know this client',
    meaning: (facts) =>
      `The server does not have ${named(facts)}, or it is not enabled. Many servers compare the ID with regard to case, and keep clients per realm or tenant.`,
    fixes: ({ config: { client_id } }) => [
      ...(client_id === client_id.trim()
        ? []
        : [{ text: 'Remove the spaces around the client ID', change: { client_id: client_id.trim() } }]),
      'Compare the client ID with the one that the server shows, letter by letter.',
      'Register the client at this server, in the realm or tenant of this URL, and see that it is enabled.',
    ],
    spec: [rfc(6749, '5.2')],
    applies: ({ config: { client_id }, sent: { assertion } }) => client_id !== '' || assertion !== null,
  }),
  ...clientId,
  'client-configuration-invalid': cause({
    stage: 'client',
    title: 'The server considers the client’s definition invalid',
    meaning: (facts) =>
      `The server has ${named(facts)}, and something in its definition contradicts the rest, so that the server does not load it.`,
    fixes: ({ pasted }) =>
      pasted === ''
        ? ['Read the server’s log: it says what is wrong with the definition of the client.']
        : [],
    spec: [rfc(7591, '2')],
  }),
  'bearer-only-client': cause({
    stage: 'enabled',
    title: 'This client is an API that gets no tokens',
    meaning: (facts) =>
      `The server has ${named(facts)} as a client that only receives tokens of others (bearer-only).`,
    fixes: ['Use another client, or turn its client authentication on and bearer-only off at the server.'],
    spec: [authentication],
  }),
  'basic-ignored': cause({
    stage: 'method',
    // No client was named where it looks.
    open: ['client'],
    title: 'The server ignores the Basic header here',
    meaning: 'This endpoint reads the client’s credentials from the body only.',
    fixes: [inBody],
    spec: [rfc(6749, '2.3.1'), rfc(7009, '2.1')],
    applies: ({ sent: { places } }) => places.includes('header'),
  }),
  'body-ignored': cause({
    stage: 'method',
    // No client was named where it looks.
    open: ['client'],
    title: 'The server reads ID and secret in the Basic header only',
    meaning:
      'The credentials were sent in the body, and this endpoint says that it found none: it does not look there.',
    fixes: [inHeader],
    spec: [rfc(6749, '2.3.1'), rfc(7662, '2.1')],
    applies: ({ sent: { places } }) => places.includes('body') && !places.includes('header'),
  }),
  'assertion-not-for-grant': cause({
    stage: 'method',
    title: 'The server does not look at client assertions for this grant',
    meaning:
      'Some servers list private_key_jwt in their metadata for the clients of other grants, and expect an ID and a secret with client_credentials.',
    fixes: [
      inHeader,
      inBody,
      'Or use the grant urn:ietf:params:oauth:grant-type:jwt-bearer, if the client has a key alone; this page does not send it.',
    ],
    spec: [authentication, rfc(7523, '2.2')],
    applies: triesAssertion,
  }),
  'method-other': cause({
    stage: 'method',
    title: 'The client is registered for another client authentication',
    meaning: (facts) =>
      `The server accepts one way of authentication from ${named(facts)}, and this request uses another.`,
    fixes: (facts) => [
      // The method is that of whomever client_id names.
      ...(facts.sent.assertion && differing(facts) !== null
        ? ['Leave client_id out of the body, or send the one that iss and sub of the assertion name.']
        : []),
      ...otherMethods(facts),
      'Look at the server how the client is registered to authenticate (in the Basic header, in the body, by an assertion): choose it here, or change it there.',
    ],
    spec: [authentication, rfc(7591, '2')],
    // What worked with this very method is not registered for another.
    applies: ({ sent: { places }, past: { worked } }) =>
      places.length > 0 && (worked === null || worked.since.includes('token_endpoint_auth_method')),
  }),
  'client-ids-differ': cause({
    stage: 'client',
    title: 'Header and body name two clients',
    meaning: 'The Basic header has one client ID, and the parameter client_id another.',
    fixes: ['Leave out the parameter client_id: the header has the client ID.'],
    spec: [rfc(6749, '2.3.1')],
  }),
  'two-credentials': cause({
    stage: 'method',
    apiStage: 'header',
    title: 'The client authenticated in two ways at once',
    meaning: ({ endpoint }) =>
      endpoint === 'api'
        ? 'A request carries the token once: in the header, in the body or in the URL.'
        : 'The standard allows one way of authentication per request, and this one has two.',
    fixes: ({ endpoint, sent: { places, assertion } }) =>
      endpoint === 'api'
        ? ['Send the token in one place only.']
        : [
            ...(assertion ? ['Leave the assertion or the secret out: send one of them.'] : []),
            ...(places.includes('header') && places.includes('body')
              ? [
                  'Leave out the parameter client_secret, or the Basic header: send the credentials in one place.',
                ]
              : []),
            'Send one kind of credentials only; look among the additional parameters and header fields too.',
          ],
    spec: [authentication],
    applies: ({ endpoint, sent: { places } }) => endpoint === 'api' || places.length > 1,
    // A server that compared one of them, and says 401, may not mind that there are two.
    sign: ({ endpoint, sent: { places }, came }) =>
      endpoint !== 'api' && places.length > 1
        ? {
            found: 'The request carries credentials of two kinds.',
            certainty: came.code === 'invalid_client' && came.status === 401 ? 'possible' : 'likely',
          }
        : null,
  }),
  'public-client': cause({
    stage: 'grant',
    title: 'The client is a public one',
    meaning:
      'A public client has no secret and proves nothing, and the client credentials grant is for confidential clients only.',
    fixes: ['Make the client a confidential one at the server, with a secret or a key of its own.'],
    spec: [rfc(6749, '4.4')],
  }),
  'client-disabled': cause({
    stage: 'enabled',
    title: 'The client is disabled',
    meaning: (facts) => `The server knows ${named(facts)}, and somebody turned it off.`,
    fixes: ['Enable the client at the server.'],
    spec: [rfc(6749, '5.2')],
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
