import { mayBeHash } from '../../../oauth/check/stored-hash.ts'
import { usesSecret } from '../../../oauth/config/auth-methods.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import type { RefusalCause, Sign } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { triesAssertion } from './assertion-facts.ts'
import { usesCertificate } from './grant.ts'
import { cause } from '../facts/make.ts'

const sent = ({ sent: { places } }: Facts): boolean => places.includes('header') || places.includes('body')
const inHeader = ({ sent: { places } }: Facts): boolean => places.includes('header')

const likely = (is: boolean, found: string): Sign | null => (is ? { found, certainty: 'likely' } : null)
const possible = (is: boolean, found: string): Sign | null => (is ? { found, certainty: 'possible' } : null)

/** Whether form-encoding changes the ID or the secret, so that it matters who decodes. */
const isSpecial = ({ config: { client_id, client_secret } }: Facts): boolean =>
  /[^\w.*-]/.test(client_id + client_secret)

const basic = rfc(6749, '2.3.1')

/** How a server says in what it stores that it is encoded: `{noop}`, `{bcrypt}`. */
const prefix = /^\{[\w@.-]+\}/

const prefixOf = (secret: string): string | null => prefix.exec(secret)?.[0] ?? null

/** Whether what follows the prefix is a secret, and no hash. */
const isTypedAlong = (secret: string): boolean =>
  prefix.test(secret) && !mayBeHash(secret.replace(prefix, ''))

/** That the secret is not the one, or does not arrive as it was typed. @see RFC 6749 section 2.3.1 */
export const secret = {
  'no-credentials': cause({
    stage: 'secret',
    title: 'No secret was sent',
    meaning: 'The client has to prove itself, and this request has neither a secret nor a signed assertion.',
    fixes: ({ config }) =>
      usesSecret(config)
        ? ['Enter the client’s secret.']
        : [
            {
              text: 'Send a secret in the Basic header',
              change: { token_endpoint_auth_method: 'client_secret_basic' },
            },
            'Or sign an assertion with the client’s key: private_key_jwt.',
          ],
    spec: [basic, rfc(6749, '4.4')],
    applies: (facts) =>
      !triesAssertion(facts) &&
      !usesCertificate(facts) &&
      (facts.sent.places.length === 0 || facts.config.client_secret === ''),
    sign: (facts) =>
      likely(
        // Who names no client is asked for that first.
        facts.config.client_id !== '' || facts.endpoint === 'introspection',
        facts.sent.places.length === 0 ? 'The request carries no credentials.' : 'The secret is empty.',
      ),
  }),
  'secret-wrong': cause({
    stage: 'secret',
    title: 'The secret is wrong',
    meaning: ({ config }) =>
      `The server knows the client, and the secret that was sent is not the one it has for ${quoted(config.client_id)}: another one, an expired one, or one that was stored otherwise.`,
    fixes: ['Copy the secret again from the server; it may have been rotated.'],
    spec: [basic],
    applies: (facts) => sent(facts) && facts.config.client_secret !== '',
  }),
  'secret-with-space': cause({
    stage: 'secret',
    title: 'The secret has a space at its end',
    meaning: 'A space before or after the secret is part of it, and was probably copied along.',
    fixes: ({ config }) => [
      { text: 'Remove the spaces around the secret', change: { client_secret: config.client_secret.trim() } },
    ],
    spec: [basic],
    applies: sent,
    sign: ({ config: { client_secret } }) =>
      likely(client_secret !== client_secret.trim(), 'The secret begins or ends with a space.'),
  }),
  'secret-is-hash': cause({
    stage: 'secret',
    title: 'What was sent as the secret is its stored hash',
    meaning:
      'Servers store a hash of the secret. A client sends the secret itself, which is shown once, when it is made.',
    fixes: ['Enter the secret itself. If nobody kept it, make a new one at the server.'],
    spec: [basic],
    applies: sent,
    sign: ({ config: { client_secret } }) =>
      likely(
        mayBeHash(client_secret) && !isTypedAlong(client_secret),
        'The secret has the form of a stored hash.',
      ),
  }),
  'secret-with-prefix': cause({
    stage: 'secret',
    title: 'The name of the encoding was sent along with the secret',
    meaning:
      'The part in braces says how the server stores the secret, and is no part of it: {noop} is for plain text.',
    fixes: ({ config: { client_secret } }) => [
      {
        text: `Leave ${prefixOf(client_secret) ?? 'the prefix'} out of the secret`,
        change: { client_secret: client_secret.replace(prefix, '') },
      },
    ],
    spec: [basic],
    applies: sent,
    sign: ({ config: { client_secret } }) =>
      likely(isTypedAlong(client_secret), `The secret begins with ${prefixOf(client_secret) ?? 'a prefix'}.`),
  }),
  'secret-stored-without-prefix': cause({
    stage: 'secret',
    title: 'The server has stored the secret without the name of its encoding, and fails',
    meaning:
      'The server reads at the beginning of a stored secret how it is encoded, such as {bcrypt}. This one has no such beginning, so that the server stops in an exception instead of comparing.',
    fixes: [
      'Put the name of the encoding before the secret where the server stores it: {bcrypt} before a hash, {noop} before plain text.',
    ],
    spec: [basic],
    applies: sent,
  }),
  'secret-expired': cause({
    stage: 'secret',
    title: 'The secret has expired',
    meaning: ({ config }) =>
      `The server has a date of expiry for the secret of ${quoted(config.client_id)}, and it is past.`,
    fixes: ['Make a new secret at the server, or move the date of its expiry.'],
    spec: [basic, rfc(7591, '3.2.1')],
    applies: sent,
  }),
  'secret-with-colon': cause({
    stage: 'secret',
    title: 'A colon in ID or secret breaks the Basic header',
    meaning:
      'The header joins ID and secret with a colon, and this server splits at the wrong one or does not decode what was encoded.',
    fixes: [
      {
        text: 'Send the credentials in the body (client_secret_post)',
        change: { token_endpoint_auth_method: 'client_secret_post' },
      },
    ],
    spec: [rfc(7617, '2'), basic],
    applies: inHeader,
    sign: ({ config: { client_id, client_secret } }) =>
      possible(/:/.test(client_id + client_secret), 'ID or secret has a colon.'),
  }),
  'basic-not-form-encoded': cause({
    stage: 'secret',
    title: 'ID and secret were not form-encoded in the Basic header',
    meaning:
      'The server form-decodes what the header carries, as the standard says. Without encoding, it reads another ID or secret.',
    fixes: [
      { text: 'Encode ID and secret (RFC 6749)', change: { basic_encoding: 'form' } },
      {
        text: 'Send the credentials in the body (client_secret_post)',
        change: { token_endpoint_auth_method: 'client_secret_post' },
      },
    ],
    spec: [basic],
    applies: (facts) => inHeader(facts) && facts.config.basic_encoding === 'raw',
    // A bare code says nothing of the secret; a server that speaks of it points here.
    sign: (facts) =>
      (/secret|password|credential|header|basic|decod|\bid\b|client/i.test(facts.came.words)
        ? likely
        : possible)(
        isSpecial(facts),
        'ID or secret has characters that form-encoding changes, and was sent without it.',
      ),
  }),
  'basic-form-encoded': cause({
    stage: 'secret',
    title: 'The server does not form-decode the Basic header',
    meaning:
      'ID and secret were form-encoded, as the standard says. A server that does not decode them compares other texts.',
    fixes: [
      { text: 'Send ID and secret raw, not form-encoded (RFC 7617)', change: { basic_encoding: 'raw' } },
      {
        text: 'Send the credentials in the body (client_secret_post)',
        change: { token_endpoint_auth_method: 'client_secret_post' },
      },
    ],
    spec: [basic, rfc(7617, '2')],
    applies: (facts) => inHeader(facts) && facts.config.basic_encoding !== 'raw' && isSpecial(facts),
    sign: (facts) => possible(isSpecial(facts), 'ID or secret has characters that form-encoding changes.'),
  }),
  'secret-too-long': cause({
    stage: 'secret',
    title: 'The secret is longer than the server accepts',
    meaning: ({ config }) => `The secret has ${config.client_secret.length} characters.`,
    fixes: ['Copy the secret again: it may have been pasted twice.', 'Give the client a shorter secret.'],
    spec: [basic],
    applies: sent,
    sign: ({ config: { client_secret } }) =>
      possible(client_secret.length > 100, `The secret has ${client_secret.length} characters.`),
  }),
  'secret-decoded-twice': cause({
    stage: 'secret',
    title: 'The server decodes the body twice, which changes a secret with % or +',
    meaning:
      'The body carries the secret form-encoded, as it should. A server that decodes it twice reads another secret if there is a % or a + in it.',
    fixes: [
      { text: 'Encode ID and secret twice', change: { body_encoding: 'twice' } },
      'Or give the client a secret without % and +.',
    ],
    spec: [basic, rfc(6749, 'B')],
    applies: ({ config: { client_secret }, sent: { places } }) =>
      places.includes('body') && /[%+]/.test(client_secret),
  }),
  'secret-read-as-json': cause({
    stage: 'issue',
    title: 'The server reads a secret of digits, or true, as JSON, and fails',
    meaning:
      'The server reads every value of the body as JSON. A secret that is a JSON number, true or false is then no text, and the server stops in an exception although the secret is right.',
    fixes: [
      'Give the client another secret, with a letter in it.',
      {
        text: 'Send the credentials in the Basic header, which is not read as JSON',
        change: { token_endpoint_auth_method: 'client_secret_basic' },
      },
    ],
    spec: [basic],
    applies: (facts) => facts.sent.places.includes('body'),
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
