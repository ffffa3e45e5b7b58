import { usesKey } from '../../../oauth/config/auth-methods.ts'
import type { Fix } from '../../../explanation/explanation.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { headerOf } from '../facts/sent.ts'
import {
  isHmac,
  isUnsigned,
  jwtBearer,
  likely,
  possible,
  readsAssertion,
  speaksOfMethod,
  triesAssertion,
} from './assertion-facts.ts'
import { cause } from '../facts/make.ts'

const hasAssertion = ({ sent: { assertion } }: Facts): boolean => assertion !== null
const isEncrypted = ({ sent: { assertion } }: Facts): boolean => assertion?.kind === 'jwe'

const typOf = ({ sent: { assertion } }: Facts): string | undefined => headerOf(assertion, 'typ')
const hasTypedKid = ({ config: { assertion } }: Facts): boolean =>
  assertion.kid === 'custom' && assertion.custom_kid !== ''
const kidOf = ({ sent: { assertion } }: Facts): string | undefined => headerOf(assertion, 'kid')

const signWithKey: Fix = {
  text: 'Sign with a private key: private_key_jwt',
  change: { token_endpoint_auth_method: 'private_key_jwt' },
}
const inBody: Fix = {
  text: 'Send the secret in the body (client_secret_post)',
  change: { token_endpoint_auth_method: 'client_secret_post' },
}
const inHeader: Fix = {
  text: 'Send the secret in the Basic header',
  change: { token_endpoint_auth_method: 'client_secret_basic' },
}

/** What the user's own members replaced in the header can be undone by one click. */
const ownHeader = ({ config }: Facts): readonly Fix[] =>
  config.assertion.header === ''
    ? []
    : [{ text: 'Leave your own header members out of the assertion', change: { assertion: { header: '' } } }]

/** A `kid` matters only if it was chosen by hand, left out, or the server spoke of keys. @see RFC 7515 section 4.1.4 */
const kidFixes = (facts: Facts): readonly Fix[] => {
  const kid = kidOf(facts)
  if (hasTypedKid(facts))
    return usesKey(facts.config)
      ? [{ text: 'kid: the key’s own', change: { assertion: { kid: 'key' } } }]
      : [{ text: 'kid: none', change: { assertion: { kid: 'none' } } }]
  if (kid === undefined)
    return [
      { text: 'Send the kid of the key', change: { assertion: { kid: 'key' } } },
      'Some servers find the key by its kid alone: give the registered key one, and send it.',
    ]
  return facts.came.words === '' && facts.pasted === ''
    ? []
    : [`Register the public key under the kid of the assertion, “${quoted(kid)}”.`]
}

/** The algorithm that the server names and that is not the one that was used; `null` if it names none. */
const wantedAlgorithm = ({ sent, came: { words } }: Facts): string | null =>
  words
    .match(/\b[REPH]S(?:256|384|512)\b|\bEdDSA\b/g)
    ?.find((alg) => alg !== headerOf(sent.assertion, 'alg')) ?? null

const registerKey = 'Register the public key of this client at the server, or its jwks_uri.'

const client = rfc(7523, '2.2')
const rules = rfc(7523, '3')

/** What a server may reject in an assertion before it reads its claims. @see RFC 7523 section 3 */
export const assertion = {
  'assertion-not-enabled': cause({
    stage: 'method',
    title: 'The server does not accept client assertions',
    meaning:
      'The client authenticates with a signed JWT, and this server knows no such method as it is set up: it does not look at the assertion.',
    fixes: (facts) => [
      'Turn on client assertions (private_key_jwt) at the server.',
      // A secret is weaker than a key: only if something speaks for it.
      ...(!speaksOfMethod(facts) && facts.past.methods === null ? [] : [inBody, inHeader]),
    ],
    spec: [client, rfc(8414, '2')],
    applies: triesAssertion,
    sign: (facts) =>
      likely(
        facts.past.methods !== null &&
          !facts.past.methods.some((name) => /^(private_key|client_secret)_jwt$/.test(name)),
        'The server’s metadata list neither private_key_jwt nor client_secret_jwt.',
      ),
  }),
  'assertion-missing': cause({
    stage: 'assertion',
    title: 'The assertion is missing or empty',
    meaning: 'The request says that the client authenticates with an assertion, and carries none.',
    fixes: ['Choose the key to sign with, so that the request gets a client_assertion.'],
    spec: [client],
    applies: (facts) => triesAssertion(facts) && !hasAssertion(facts),
    sign: () => ({ found: 'client_assertion is missing or empty.', certainty: 'likely' }),
  }),
  'assertion-malformed': cause({
    stage: 'assertion',
    title: 'The assertion is no JWT that the server can read',
    meaning:
      'A client assertion is a JWT in its compact form: header, claims and signature, joined by dots. The server could not read what was sent as one.',
    fixes: [
      'Let the page sign the assertion, and remove a client_assertion of your own from the extension parameters.',
    ],
    spec: [client, rfc(7515, '7.1')],
    applies: (facts) => hasAssertion(facts) && !readsAssertion(facts) && !isEncrypted(facts),
    sign: (facts) =>
      likely(!readsAssertion(facts) && !isEncrypted(facts), 'The assertion cannot be read as a JWT.'),
    against: (facts) => (readsAssertion(facts) ? 'The assertion can be read as a JWT here.' : null),
  }),
  'assertion-type': cause({
    stage: 'assertion',
    title: 'client_assertion_type is not the one of a JWT',
    meaning: `The parameter says what kind of assertion it is. For a JWT it has one value: ${jwtBearer}.`,
    fixes: [`Send client_assertion_type=${jwtBearer}, and no other of that name.`],
    spec: [client],
    applies: triesAssertion,
    sign: ({ sent: { parameters } }) =>
      likely(
        parameters.get('client_assertion_type') !== jwtBearer,
        `client_assertion_type is ${parameters.has('client_assertion_type') ? `“${quoted(parameters.get('client_assertion_type') ?? '')}”` : 'missing'}.`,
      ),
  }),
  'assertion-typ': cause({
    stage: 'assertion',
    title: 'The assertion has a typ that the server does not accept',
    meaning: (facts) =>
      `The header of the assertion says ${typOf(facts) === undefined ? 'no typ' : `typ “${quoted(typOf(facts) ?? '')}”`}. Older servers accept JWT or none, newer ones demand client-authentication+jwt, so that no other token passes for an assertion.`,
    fixes: (facts) => [
      {
        text: 'typ: client-authentication+jwt',
        change: { assertion: { typ: 'client-authentication+jwt', header: '' } },
      },
      ...(typOf(facts) === 'JWT'
        ? []
        : [{ text: 'typ: JWT', change: { assertion: { typ: 'JWT' } } } as const]),
      'Compare typ with what the server demands: client-authentication+jwt at newer servers, JWT or none at older ones.',
    ],
    spec: [rules, rfc(8725, '3.11')],
    applies: readsAssertion,
    sign: (facts) =>
      possible(
        !/^(client-authentication\+jwt|JWT)$/i.test(typOf(facts) ?? 'JWT'),
        `The typ of the assertion is “${quoted(typOf(facts) ?? '')}”.`,
      ),
  }),
  'assertion-alg-none': cause({
    stage: 'assertion',
    title: 'The assertion is not signed',
    meaning:
      'Its header says alg none. An assertion without a signature proves nothing, and no server accepts one.',
    fixes: (facts) => [
      ...ownHeader(facts),
      'Sign the assertion with the client’s key, and leave alg to the page.',
    ],
    spec: [rules, rfc(8725, '3.2')],
    applies: readsAssertion,
    sign: ({ sent: { assertion } }) => likely(isUnsigned(assertion), 'The assertion says alg none.'),
  }),
  'assertion-not-encrypted': cause({
    stage: 'assertion',
    title: 'The server expects an encrypted assertion',
    meaning:
      'The assertion was signed and not encrypted, as the standard has it. This server accepts a JWT signed with a secret only inside an encrypted one.',
    fixes: [signWithKey, inBody],
    spec: [client, rfc(7516, '3.1')],
    applies: readsAssertion,
  }),
  'assertion-algorithm': cause({
    stage: 'assertion',
    title: 'The client is registered for another algorithm than the assertion’s',
    meaning: ({ sent }) =>
      `The assertion is signed with ${quoted(headerOf(sent.assertion, 'alg') ?? 'no algorithm')}, and the server accepts another from this client.`,
    fixes: (facts) => [
      `Choose a key of the algorithm that the client is registered for: ${wantedAlgorithm(facts) ?? 'RS256, ES256 or what the server shows'}.`,
      'Or set the signature algorithm of the client at the server to any, or to that of the key.',
    ],
    spec: [rfc(7523, '3')],
  }),
  'assertion-algorithm-not-set': cause({
    stage: 'assertion',
    title: 'The server has no algorithm set for the assertions of this client',
    meaning:
      'The server verifies an assertion with the one algorithm that the client is registered with, and there is none.',
    fixes: [
      'Set the signing algorithm of the client at the server (token_endpoint_auth_signing_alg) to that of the assertion.',
    ],
    spec: [rfc(7591, '2')],
    applies: readsAssertion,
  }),
  'assertion-keys-unreachable': cause({
    stage: 'assertion',
    title: 'The server cannot fetch the client’s keys',
    meaning:
      'The client is registered with a URL of its keys (jwks_uri), and the server gets none from there.',
    fixes: [
      'Let the server reach the jwks_uri of the client: from a container, localhost is the container itself.',
      'Or register the public key itself (JWK Set or certificate) in place of its URL.',
    ],
    spec: [rfc(7523, '3')],
  }),
  'assertion-key-unknown': cause({
    stage: 'assertion',
    title: 'The server has no key to verify the assertion with',
    meaning: ({ sent }) =>
      isHmac(sent.assertion)
        ? 'The assertion is signed with a secret, and the server looks for a key of this client that fits. A secret has no kid: with one, some servers look for a key of that name.'
        : 'The server looks for a public key of this client, often by the kid in the assertion, and has none that fits: none was registered, or another one.',
    fixes: (facts) => [
      ...(hasTypedKid(facts) ? kidFixes(facts) : []),
      ...(isHmac(facts.sent.assertion) ? [signWithKey] : []),
      registerKey,
      ...(hasTypedKid(facts) ? [] : kidFixes(facts)),
    ],
    spec: [rules, rfc(7515, '4.1.4'), rfc(7591, '2')],
    applies: readsAssertion,
    sign: (facts) =>
      possible(hasTypedKid(facts), `kid of the assertion was typed: “${quoted(kidOf(facts) ?? '')}”.`),
    against: ({ sent: { assertion } }) => (isUnsigned(assertion) ? 'The assertion says alg none.' : null),
  }),
  'assertion-signature': cause({
    stage: 'assertion',
    title: ({ sent }) =>
      `The signature of the assertion does not verify with the client’s ${isHmac(sent.assertion) ? 'secret' : 'key'}`,
    meaning: ({ sent }) =>
      isHmac(sent.assertion)
        ? 'The assertion is signed with a secret. The server has another secret for this client, or verifies with its public key.'
        : 'The server has a public key of this client, and another private key signed the assertion, or the assertion was changed after it was signed.',
    fixes: (facts) => [
      usesKey(facts.config)
        ? 'Import the private key whose public half is registered for this client, or register the one that signs now.'
        : 'Enter the secret that the server has for this client.',
      ...(isHmac(facts.sent.assertion) ? [signWithKey] : []),
    ],
    spec: [rules, rfc(7515, '5.2')],
    applies: readsAssertion,
    against: ({ sent: { assertion } }) => (isUnsigned(assertion) ? 'The assertion says alg none.' : null),
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
