import { type Check, fail, note, pass, type Result } from '../check.ts'
import { quoted } from '../text/quoted.ts'
import { rfc, type SpecLink } from '../spec.ts'
import { type Challenge, type Deviation, parseChallenges } from './challenges.ts'

type Finding = readonly [result: (found: string) => Result, spec: SpecLink, found: (names: string) => string]

/** What each deviation is, with the names that it was found at; the rest of the page reads over it. */
const deviations: Readonly<Record<Deviation, Finding>> = {
  'comma-after-scheme': [
    fail,
    rfc(9110, '11.2'),
    (names) =>
      `A comma is between ${names} and its first parameter: by the grammar the scheme ends there, and a strict client reads no parameter of it.`,
  ],
  'no-comma': [fail, rfc(9110, '11.2'), (names) => `No comma is before ${names}.`],
  'no-scheme': [fail, rfc(9110, '11.6.1'), (names) => `No scheme is before ${names}.`],
  colon: [fail, rfc(9110, '11.2'), (names) => `A colon is after ${names}, as in JSON; a parameter has “=”.`],
  'bare-words': [
    fail,
    rfc(9110, '5.6.4'),
    (names) =>
      `The value of ${names} has spaces and no quotation marks: by the grammar it ends at the first.`,
  ],
  'bare-value': [
    note,
    rfc(9110, '11.2'),
    (names) => `The value of ${names} has no quotation marks, which a single token does not need.`,
  ],
  'other-quotes': [
    fail,
    rfc(9110, '5.6.4'),
    (names) =>
      `The value of ${names} is in quotes of another kind than ": a strict client reads them as a part of it.`,
  ],
  'escaped-quotes': [
    fail,
    rfc(9110, '5.6.4'),
    (names) => `A backslash is before the quotation marks around the value of ${names}.`,
  ],
  'quote-inside': [
    fail,
    rfc(9110, '5.6.4'),
    (names) => `A quotation mark inside the value of ${names} has no backslash: a strict client stops there.`,
  ],
  'quote-open': [
    fail,
    rfc(9110, '5.6.4'),
    (names) => `The quotation mark at the end of ${names} is missing.`,
  ],
  'not-ascii': [
    fail,
    rfc(6750, '3'),
    (names) => `The value of ${names} has a character outside ASCII: none is allowed in error_description.`,
  ],
  stray: [fail, rfc(9110, '11.6.1'), (names) => `What belongs to no challenge is skipped: ${names}.`],
}

/** The same in a few words. */
const titles: Readonly<Record<Deviation, string>> = {
  'comma-after-scheme': 'A comma after the scheme',
  'no-comma': 'Parameters without a comma between them',
  'no-scheme': 'A challenge without a scheme',
  colon: 'A colon in place of “=”',
  'bare-words': 'Several words without quotation marks',
  'bare-value': 'A value without quotation marks',
  'other-quotes': 'Other quotation marks than "',
  'escaped-quotes': 'Quotation marks that are escaped',
  'quote-inside': 'A quotation mark inside a value',
  'quote-open': 'A quotation mark that is not closed',
  'not-ascii': 'A character outside ASCII',
  stray: 'Characters that belong to no challenge',
}

/** Parameters of which RFC 6750 allows one each. */
const single = ['realm', 'scope', 'error', 'error_description', 'error_uri'] as const

/** The status that goes with a code. @see RFC 6750 section 3.1 */
const statuses: Readonly<Record<string, number>> = {
  invalid_request: 400,
  invalid_token: 401,
  insufficient_scope: 403,
}

/**
 * What deviates from the standard in a field `WWW-Authenticate`, a check each with its section; one that passed, if
 * nothing does. Empty if there is no challenge. Never throws.
 * @param field all fields of that name, joined
 * @see RFC 9110 section 11.6.1, RFC 6750 section 3
 */
export function challengeFindings(field: string, status: number): readonly Check[] {
  const noticed = new Map<Deviation, Set<string>>()
  const challenges = parseChallenges(field, (deviation, name) => {
    noticed.set(deviation, (noticed.get(deviation) ?? new Set()).add(name))
  })
  if (challenges.length === 0) return []
  const ofGrammar = [...noticed].map(([deviation, names]): Check => {
    const [result, spec, found] = deviations[deviation]
    const listed = [...names].slice(0, 6).map((name) => `“${quoted(name)}”`)
    return { what: titles[deviation], ...result(found(listed.join(', '))), spec }
  })
  const all = [...ofGrammar, ...challenges.flatMap((challenge) => ofChallenge(challenge, status))]
  return all.length > 0
    ? all
    : [
        {
          what: 'The challenge is written as the grammar has it',
          ...pass('Nothing deviates from it'),
          spec: rfc(9110, '11.6.1'),
        },
      ]
}

function ofChallenge({ scheme, parameters }: Challenge, status: number): readonly Check[] {
  if (!/^(bearer|dpop)$/i.test(scheme)) return []
  const names = parameters.map(([name]) => name.toLowerCase())
  const repeated = single.filter((name) => names.indexOf(name) !== names.lastIndexOf(name))
  const error = parameters.find(([name]) => name.toLowerCase() === 'error')?.[1] ?? ''
  const due = Object.hasOwn(statuses, error) ? statuses[error] : undefined
  return [
    ...(names.length === 0 && /^bearer$/i.test(scheme)
      ? [{ what: 'Bearer is followed by a parameter', ...fail('None is there'), spec: rfc(6750, '3') }]
      : []),
    ...(repeated.length > 0
      ? [
          {
            what: 'No parameter is there twice',
            ...fail(`Twice: ${repeated.join(', ')}`),
            spec: rfc(6750, '3'),
          },
        ]
      : []),
    ...(due !== undefined && due !== status
      ? [
          {
            what: `${error} comes with status ${due}`,
            ...note(`The status is ${status}`),
            spec: rfc(6750, '3.1'),
          },
        ]
      : []),
    ...(/^(Bearer|DPoP)$/.test(scheme)
      ? []
      : [
          {
            what: 'The name of a scheme is compared without regard to case',
            ...note(`“${quoted(scheme)}” is read as any spelling of it`),
            spec: rfc(9110, '11.1'),
          },
        ]),
  ]
}
