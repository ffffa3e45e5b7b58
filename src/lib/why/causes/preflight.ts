import { fetchStandard, rfc } from '../../spec.ts'
import type { Certainty, Fix } from '../../explanation/explanation.ts'
import type { Rule, Tell } from './rule.ts'
import type { Symptoms } from '../evidence/symptoms.ts'
import { asksDpop, avoidPreflight, compare, readConsole, throughRelay, withoutDpop } from './common-fixes.ts'

const asked = ({ evidence }: Symptoms): string => evidence.target.asks.join(', ') || 'the header'

const withContentType = ({ evidence: { target } }: Symptoms): string =>
  [...new Set([...target.asks, 'content-type'])].join(', ')

const curl = { text: 'See with curl what the preflight gets', copy: 'preflight' } as const

const allowPreflight = (symptoms: Symptoms): Fix => ({
  text: `Let the server respond to OPTIONS with 204, before it asks for a login, with Access-Control-Allow-Methods: ${symptoms.evidence.target.method}, Access-Control-Allow-Headers: ${withContentType(symptoms)}, and Access-Control-Allow-Origin:`,
  guide: 'origin',
})

/** The question the browser asks first, and its responses. */
export const preflightCauses = {
  'header-not-allowed': (symptoms) => ({
    title: `The preflight does not allow ${asked(symptoms)}`,
    meaning: `The browser asks first whether it may send ${asked(symptoms)}. The server responds to such questions, but does not name it in Access-Control-Allow-Headers. Then the request itself is not sent.`,
    fixes: [
      ...withoutDpop(symptoms),
      ...avoidPreflight(symptoms),
      ...(symptoms.evidence.known?.withoutDpop && asksDpop(symptoms)
        ? []
        : [
            `Let the server respond to OPTIONS with Access-Control-Allow-Headers: ${asked(symptoms)} (a * does not cover authorization).${symptoms.evidence.known?.corsLines ? ` Its line for that is ${symptoms.evidence.known.corsLines.header}` : ''}`,
          ]),
      curl,
      throughRelay(symptoms),
    ],
    spec: [fetchStandard('http-cors-protocol'), fetchStandard('cors-preflight-fetch')],
  }),
  'preflight-refused': (symptoms) => ({
    title: 'The preflight fails',
    meaning: `The browser asks first, with an OPTIONS request, whether it may send ${asked(symptoms)}, and gets no yes: the server responds to OPTIONS with 401, 404 or 405, with a redirect to a login, without CORS headers, or without naming ${asked(symptoms)}. Then the request itself is not sent.`,
    fixes: [
      ...withoutDpop(symptoms),
      ...avoidPreflight(symptoms),
      ...(symptoms.evidence.known?.withoutDpop && asksDpop(symptoms) ? [] : [allowPreflight(symptoms)]),
      curl,
      throughRelay(symptoms),
      readConsole,
    ],
    spec: [fetchStandard('cors-preflight-fetch'), rfc(9110, '9.3.7')],
  }),
  'preflight-redirect': (symptoms) => ({
    title: 'The preflight is redirected',
    meaning:
      'The server responds to OPTIONS with a 30x, most often to a login or from http: to https:; browsers do not follow it. Then the request itself is not sent.',
    fixes: [
      ...avoidPreflight(symptoms),
      {
        text: 'Let OPTIONS through before the login: it never carries credentials. Let the server respond to it with Access-Control-Allow-Origin:',
        guide: 'origin',
      },
      compare(symptoms),
      curl,
      throughRelay(symptoms),
    ],
    spec: [fetchStandard('cors-preflight-fetch')],
  }),
  'method-not-allowed': (symptoms) => ({
    title: `${symptoms.preflighted ? 'The preflight' : 'CORS of the server'} does not allow ${symptoms.evidence.target.method}`,
    meaning: symptoms.preflighted
      ? 'The response to OPTIONS does not name the method in Access-Control-Allow-Methods. Then the request itself is not sent.'
      : 'The metadata of this server can be read, so that it allows this origin. A server that looks at the method of the request itself refuses one that it does not allow, and processes nothing.',
    fixes: [
      ...(symptoms.evidence.known?.corsLines
        ? [`Add the method where the server has its CORS: ${symptoms.evidence.known.corsLines.method}`]
        : []),
      `Let the server respond to OPTIONS with Access-Control-Allow-Methods: ${symptoms.evidence.target.method}.`,
      ...(symptoms.preflighted ? [curl] : [{ text: 'See with curl what it gets', copy: 'request' } as const]),
      throughRelay(symptoms),
    ],
    spec: [fetchStandard('http-cors-protocol')],
  }),
} as const satisfies Record<string, Tell>

/**
 * That a probe with dummy credentials fails may be its response’s fault too: one that refuses them, without the CORS headers
 * that the response to none had. Not so if any preflight fails, or if Firefox shows that the request got no further.
 */
const certainty = ({ wire, was }: Symptoms): Certainty =>
  wire === 'unsent' || was('other-preflight', 'failed') ? 'certain' : 'likely'

const fails = ({ up, readable, was }: Symptoms): boolean => up && readable && was('preflight', 'failed')

export const preflightRules: readonly Rule<keyof typeof preflightCauses>[] = [
  {
    cause: 'header-not-allowed',
    certainty,
    when: (symptoms) => fails(symptoms) && symptoms.was('other-preflight', 'answered', 'redirected'),
  },
  {
    cause: 'preflight-refused',
    certainty,
    when: (symptoms) => fails(symptoms) && !symptoms.was('other-preflight', 'answered', 'redirected'),
  },
]

/** What needs no preflight was read from this very URL. */
export const simpleReadRules: readonly Rule<keyof typeof preflightCauses>[] = [
  {
    cause: 'header-not-allowed',
    certainty: 'likely',
    when: ({ preflighted, sent, up, wire, evidence: { before } }) =>
      preflighted &&
      sent === 'failed' &&
      up &&
      wire !== 'sent' &&
      before.simple &&
      before.metadata !== 'unreadable',
    because: () => ['A request to this URL was read before which needs no preflight.'],
  },
]

/** The metadata were read, so that the server is there and CORS is on for them: then the preflight comes first. */
export const besideMetadataRules: readonly Rule<keyof typeof preflightCauses>[] = [
  {
    cause: 'preflight-refused',
    certainty: 'likely',
    when: (symptoms) =>
      refused(symptoms) &&
      symptoms.evidence.before.metadata === 'read' &&
      !symptoms.evidence.before.succeeded &&
      symptoms.evidence.known?.losesCors !== true &&
      symptoms.evidence.known?.successOnly !== true &&
      symptoms.evidence.known?.originsOfClient === undefined,
    because: () => ['The metadata of this server could be read, and they need no preflight.'],
  },
]

/** At a server that has CORS for all its endpoints at once, what sets the POST apart is its method. */
export const besideMetadataMethodRules: readonly Rule<keyof typeof preflightCauses>[] = [
  {
    cause: 'method-not-allowed',
    certainty: 'likely',
    when: ({ up, readable, sent, preflighted, evidence: { before, known, target } }) =>
      up &&
      !readable &&
      sent === 'failed' &&
      !preflighted &&
      target.method !== 'GET' &&
      before.metadata === 'read' &&
      !before.succeeded &&
      !before.refused &&
      known?.corsLines !== undefined &&
      known.elsewhere === null,
    because: () => ['The metadata of this server could be read, by a GET of the same origin.'],
  },
]

/** If a GET cannot be read either, a missing permission and a response without CORS look alike. */
export const preflightAlternatives: readonly Rule<keyof typeof preflightCauses>[] = [
  {
    cause: 'method-not-allowed',
    certainty: 'likely',
    when: ({ readable, sent, evidence: { target } }) =>
      readable && sent === 'failed' && !['GET', 'HEAD', 'POST'].includes(target.method),
  },
  {
    cause: 'preflight-refused',
    certainty: 'likely',
    when: (symptoms) => refused(symptoms) && symptoms.evidence.known?.originsOfClient === undefined,
  },
]

/** What was read there, or elsewhere, leaves something else. */
const refused = ({
  up,
  readable,
  was,
  result,
  wire,
  uncovered,
  evidence: { before, known },
}: Symptoms): boolean =>
  up &&
  result('metadata') === null &&
  !readable &&
  was('preflight', 'failed') &&
  wire !== 'sent' &&
  !before.refused &&
  uncovered === null &&
  !(before.metadata === 'read' && (known?.elsewhere ?? null) !== null)
