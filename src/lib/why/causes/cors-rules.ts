import type { Certainty } from '../../explanation/explanation.ts'
import type { corsCauses } from './cors.ts'
import type { Rule } from './rule.ts'
import type { Symptoms } from '../evidence/symptoms.ts'

/** The response to a GET may lack what that to a POST has. */
const certainty = ({ was }: Symptoms): Certainty =>
  was('cors-post', 'failed') && was('no-cors-post', 'answered') ? 'certain' : 'likely'

const unreadable = ({ up, readable, sent, evidence }: Symptoms): boolean =>
  up && !readable && (sent === 'failed' || evidence.exchange === null)

const postDropped = ({ was }: Symptoms): boolean =>
  was('cors-post', 'failed') && was('no-cors-post', 'failed')

/** What was read before shows that CORS is on for this page, and that the path is right. */
const wasRead = ({ evidence: { before } }: Symptoms): boolean => before.succeeded || before.refused

/** The metadata are there to be read, so that CORS is on for this page, and they name another URL. */
const isElsewhere = ({ evidence: { before, known } }: Symptoms): boolean =>
  before.metadata === 'read' && (known?.elsewhere ?? null) !== null

const isUncovered = ({ uncovered }: Symptoms): boolean => uncovered !== null

/** Nothing from there was read, and neither another path nor what the server is known for explains it. */
const lacksCors = (symptoms: Symptoms): boolean =>
  unreadable(symptoms) &&
  !wasRead(symptoms) &&
  !isElsewhere(symptoms) &&
  !isUncovered(symptoms) &&
  !postDropped(symptoms)

/** A success was read here or at another endpoint, and what comes before authentication could not be. */
const comesTooLate = ({ up, readable, sent, evidence: { before, target, known } }: Symptoms): boolean =>
  up &&
  // A server that has CORS for all its endpoints at once has it first.
  known?.corsLines === undefined &&
  !readable &&
  sent === 'failed' &&
  (before.succeeded || before.beside) &&
  !before.refused &&
  (before.metadata === 'unreadable' || (target.about === 'metadata' && before.metadata !== 'read'))

/** A refusal was read here; or CORS is on elsewhere at a server whose exceptions lose it. */
const mayHaveFailed = ({ was, readable, evidence: { before, known } }: Symptoms): boolean =>
  before.refused ||
  (known !== null &&
    (known.losesCors || known.exceptionsLoseCors === true) &&
    known.elsewhere === null &&
    (before.metadata === 'read' ||
      was('preflight', 'answered') ||
      (known.exceptionsLoseCors === true && readable)))

/** What the server says of the metadata that belong to this path; `null` if it was not asked. */
const metadataStatus = ({ result }: Symptoms): number | null => {
  const found = result('metadata')
  return found?.kind === 'answered' ? found.status : null
}

/** The path is right, and what may be read depends on the client, so that no response to anybody else shows it. */
const isOfClient = (symptoms: Symptoms): boolean =>
  metadataStatus(symptoms) === 200 && symptoms.evidence.known?.originsOfClient !== undefined

/** Everything that could be tried can be read, and yet the exchange failed. */
const otherwiseFine = ({ up, readable, sent, was, stuck }: Symptoms): boolean =>
  up && readable && !stuck && sent === 'failed' && !was('preflight', 'failed', 'pending')

export const corsRules: readonly Rule<keyof typeof corsCauses>[] = [
  {
    cause: 'origin-null',
    certainty: 'likely',
    when: (symptoms) => unreadable(symptoms) && symptoms.facts.ownOriginNull,
    because: () => ['The origin that this page’s requests carry is “null”.'],
  },
  {
    cause: 'no-token',
    certainty: 'likely',
    when: (symptoms) =>
      unreadable(symptoms) && wasRead(symptoms) && symptoms.evidence.target.token === 'none',
  },
  {
    cause: 'other-path',
    certainty: 'likely',
    when: (symptoms) => unreadable(symptoms) && (symptoms.evidence.known?.elsewhere ?? null) !== null,
  },
  {
    cause: 'endpoint-uncovered',
    certainty: 'likely',
    when: (symptoms) => unreadable(symptoms) && isUncovered(symptoms),
  },
  {
    cause: 'no-issuer',
    certainty: (symptoms) => (metadataStatus(symptoms) === 404 ? 'certain' : 'likely'),
    when: (symptoms) =>
      unreadable(symptoms) && (metadataStatus(symptoms) === 404 || symptoms.was('metadata', 'failed')),
  },
  {
    cause: 'client-origins',
    certainty: 'likely',
    when: (symptoms) =>
      symptoms.sent === 'failed' &&
      (isOfClient(symptoms) ||
        (otherwiseFine(symptoms) && symptoms.evidence.known?.originsOfClient !== undefined)),
  },
  {
    cause: 'success-only',
    certainty: 'likely',
    when: (symptoms) =>
      (unreadable(symptoms) || otherwiseFine(symptoms)) &&
      symptoms.sent === 'failed' &&
      symptoms.evidence.known?.successOnly === true &&
      symptoms.evidence.known.elsewhere === null,
    because: ({ evidence: { known } }) => [`${known?.name ?? 'It'} sends CORS headers with a token only.`],
  },
  {
    cause: 'client-origins-only',
    certainty: 'likely',
    when: (symptoms) => comesTooLate(symptoms) && symptoms.evidence.known?.originsOfRequest !== undefined,
    because: () => ['A request that names the client could be read.'],
  },
  {
    cause: 'after-authentication',
    certainty: 'likely',
    when: (symptoms) => comesTooLate(symptoms) && symptoms.evidence.known?.originsOfRequest === undefined,
    because: ({ evidence: { before } }) => [
      `A success was read from ${before.succeeded ? 'there' : 'another endpoint there'}${before.metadata === 'unreadable' ? ', and the metadata could not be' : ''}.`,
    ],
  },
  {
    cause: 'failed-unread',
    certainty: 'likely',
    when: (symptoms) =>
      (unreadable(symptoms) || otherwiseFine(symptoms)) &&
      !symptoms.was('cors-post', 'failed') &&
      !isUncovered(symptoms) &&
      mayHaveFailed(symptoms) &&
      symptoms.sent === 'failed',
    because: ({ evidence: { before } }) => [
      before.refused
        ? 'A refusal from there was read before.'
        : 'Other responses of this server can be read.',
    ],
  },
  {
    cause: 'success-only',
    certainty: 'likely',
    when: (symptoms) =>
      unreadable(symptoms) &&
      symptoms.evidence.before.succeeded &&
      symptoms.evidence.known?.refusalsReadable !== true &&
      symptoms.evidence.target.token !== 'none' &&
      !symptoms.evidence.before.refused &&
      // What needs no preflight was read, and this one needs one.
      !(symptoms.preflighted && symptoms.evidence.before.metadata === 'read') &&
      !comesTooLate(symptoms) &&
      symptoms.sent === 'failed',
    because: () => ['A response from there was read before.'],
  },
  {
    cause: 'response-lacks',
    certainty,
    when: (symptoms) =>
      unreadable(symptoms) && symptoms.preflighted && symptoms.wire === 'sent' && !postDropped(symptoms),
    because: () => ['The browser’s timing says that the request itself was sent, after its preflight.'],
  },
  {
    cause: 'cors-missing',
    certainty,
    when: (symptoms) =>
      lacksCors(symptoms) &&
      symptoms.result('metadata') === null &&
      (symptoms.evidence.before.metadata !== 'read' || symptoms.evidence.target.about === 'metadata') &&
      !(symptoms.preflighted && symptoms.wire === 'sent'),
  },
  {
    cause: 'endpoint-lacks',
    certainty,
    when: (symptoms) =>
      lacksCors(symptoms) &&
      !isOfClient(symptoms) &&
      symptoms.evidence.target.about !== 'metadata' &&
      (metadataStatus(symptoms) === 200 || symptoms.evidence.before.metadata === 'read'),
  },
  {
    cause: 'this-response-lacks',
    certainty: 'likely',
    when: (symptoms) => otherwiseFine(symptoms) && symptoms.was('cors-post', 'answered'),
  },
  {
    cause: 'post-lacks',
    certainty: 'likely',
    when: (symptoms) =>
      otherwiseFine(symptoms) &&
      !symptoms.evidence.before.refused &&
      !symptoms.was('cors-post', 'answered') &&
      !postDropped(symptoms),
  },
]

export const corsAlternatives: readonly Rule<keyof typeof corsCauses>[] = [
  {
    cause: 'no-token',
    certainty: 'likely',
    when: (symptoms) => unreadable(symptoms) && symptoms.evidence.target.token === 'none',
  },
  {
    cause: 'wrong-path',
    certainty: 'likely',
    when: (symptoms) =>
      unreadable(symptoms) &&
      !wasRead(symptoms) &&
      !isUncovered(symptoms) &&
      !postDropped(symptoms) &&
      symptoms.result('metadata') === null,
  },
]
