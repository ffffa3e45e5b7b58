import { faults } from '../../../faults/faults.ts'
import { dummySecret } from '../../../faults/fault.ts'
import { headerValue } from '../../../http/message.ts'
import { authMethodOf } from '../../../oauth/config/auth-methods.ts'
import type { TokenRequestConfig } from '../../../oauth/config/config.ts'
import { rfc } from '../../../spec.ts'
import { configured, tokenAttempt } from '../../base/attempts.ts'
import { refusedOnce, refuses, unread } from '../../base/judges.ts'
import { deviates, type Judgement, noted, ok, type Rows, type Seen, skipped } from '../../base/row.ts'
import type { Subject } from '../../base/subject.ts'
import { came, codeOf, finals, issued, statusOf } from '../../base/sent.ts'

const row = { group: 'token', phase: 'failing', weight: 'must', section: rfc(6749, '5.2') } as const

/** Why the rows about a secret do not apply. */
export const noSecret = ({ clients }: Subject): string | null =>
  authMethodOf(clients.client).sends === 'secret' ? null : 'The client sends no secret.'

/** The wrong secret, in the place of the right one; nobody has it. */
const wrong = (config: TokenRequestConfig): TokenRequestConfig => ({
  ...config,
  client_secret: config.client_secret === dummySecret ? `${dummySecret}-either` : dummySecret,
})

const invalidClient = { statuses: [400, 401], codes: ['invalid_client'] } as const

const anybody = 'Whoever knows the client ID, which is no secret, gets its tokens.'

const compared = 'Compare the secret of each request with that of the client.'

const secretNotTold = 'A client is not told that its secret is wrong.'

/** What proves the client, and what does not. */
export const clientRows = {
  'no-credentials': {
    ...row,
    section: rfc(6749, '4.4'),
    title: 'The client ID alone',
    expected: 'invalid_client or unauthorized_client, and never a token',
    means: anybody,
    advice: 'Let only clients that prove themselves use client_credentials.',
    refused: {
      means: 'A client is not told that it has to prove itself.',
      advice: 'Respond with 401 and invalid_client.',
    },
    vulnerability: true,
    unless: ({ clients }) =>
      ({
        certificate: 'The client authenticates by TLS: this is its working request.',
        nothing: 'The client proves itself by nothing: this is its working request.',
        secret: null,
        assertion: null,
      })[authMethodOf(clients.client).sends],
    sends: [
      tokenAttempt({
        says: 'The client names itself, and proves nothing.',
        change: faults['no-credentials'].change,
        fails: true,
      }),
    ],
    judge: refuses({ statuses: [400, 401], codes: ['invalid_client', 'unauthorized_client'] }),
  },
  'wrong-secret-post': {
    ...row,
    title: 'A wrong secret in the body',
    expected: '400 or 401 with invalid_client',
    means: anybody,
    advice: compared,
    refused: { means: secretNotTold, advice: 'Respond with 401 and invalid_client.' },
    vulnerability: true,
    unless: noSecret,
    sends: [
      tokenAttempt({
        says: 'client_secret is another one.',
        altered: ['client_secret'],
        change: configured((config) =>
          wrong({ ...config, token_endpoint_auth_method: 'client_secret_post' }),
        ),
        fails: true,
      }),
    ],
    judge: refuses(invalidClient),
  },
  'wrong-secret-basic': {
    ...row,
    title: 'A wrong secret in the header',
    expected: '401 with invalid_client',
    means: anybody,
    advice: compared,
    refused: {
      means: secretNotTold,
      advice: 'Respond with 401, invalid_client and WWW-Authenticate: Basic.',
    },
    vulnerability: true,
    unless: noSecret,
    sends: [
      tokenAttempt({
        says: 'The secret in the header is another one.',
        altered: ['authorization'],
        change: configured((config) =>
          wrong({ ...config, token_endpoint_auth_method: 'client_secret_basic' }),
        ),
        fails: true,
      }),
    ],
    judge: refuses({ ...invalidClient, statuses: [401] }),
  },
  'unknown-client': {
    ...row,
    title: 'A client that does not exist',
    expected: 'invalid_client, in the words of a wrong secret',
    means: 'Anybody gets tokens.',
    advice: 'Issue tokens to registered clients alone.',
    refused: {
      means: 'A client cannot tell that its ID or its secret is wrong, or a stranger learns which IDs exist.',
      advice: 'Respond with 401 and invalid_client, in the same words as to a wrong secret.',
    },
    vulnerability: true,
    sends: [
      tokenAttempt({
        says: 'The client ID is one that no server has.',
        altered: ['authorization', 'client_id'],
        change: faults['unknown-client'].change,
        fails: true,
      }),
    ],
    judge: unknownClient,
  },
  'secret-case': {
    ...row,
    section: rfc(6749, '1.9'),
    title: 'The secret in another case',
    expected: 'no token',
    means: 'Secrets are easier to guess: each letter counts half.',
    advice: 'Compare secrets byte for byte; mind the collation of the database.',
    unless: (subject) =>
      noSecret(subject) ??
      (/\p{L}/u.test(subject.clients.client.client_secret) ? null : 'The secret has no letters.'),
    sends: [
      tokenAttempt({
        says: faults['secret-case'].says,
        altered: ['authorization', 'client_secret'],
        change: faults['secret-case'].change,
        fails: true,
      }),
    ],
    judge: (seen) => {
      const [sent] = finals(seen)
      if (!sent) return skipped('Nothing was sent.')
      if (statusOf(sent) >= 500) return skipped(`${came(sent)} That says nothing of the secret.`)
      return unread(seen, sent) ?? (issued(sent) ? deviates(came(sent)) : ok(came(sent)))
    },
  },
} as const satisfies Rows

function unknownClient(seen: Seen): Judgement {
  const [sent] = finals(seen)
  if (!sent) return skipped('Nothing was sent.')
  // By the same method: a method that the client may not use is refused in words of its own.
  const isBasic = headerValue(sent.exchange.request.headers, 'authorization') !== null
  const alike = isBasic ? 'wrong-secret-basic' : 'wrong-secret-post'
  const other = finals({ mine: seen.of(alike) }).find((one) => codeOf(one) !== null)
  const judged = refusedOnce(seen, sent, invalidClient)
  if (!other || issued(sent) || codeOf(sent) === null || codeOf(other) !== 'invalid_client') return judged
  if (codeOf(sent) !== codeOf(other) && statusOf(sent) < 500)
    return noted(`${came(sent)} Of a wrong secret it says “invalid_client”.`)
  const same = wordsOf(sent) === wordsOf(other)
  return judged.verdict !== 'ok' || same
    ? judged
    : noted(`${came(sent)} Its words differ from those for a wrong secret: who asks learns which IDs exist.`)
}

const wordsOf = ({ reading }: Parameters<typeof came>[0] & object): string | null =>
  reading.kind === 'refused' ? reading.error.error_description : null
