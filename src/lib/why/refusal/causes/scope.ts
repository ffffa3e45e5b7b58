import type { Fix } from '../../../explanation/explanation.ts'
import { parseJson } from '../../../json/parse.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import type { RefusalCause } from '../facts/cause.ts'
import type { Facts } from '../facts/facts.ts'
import { cause } from '../facts/make.ts'

const tokens = ({ config: { scope } }: Facts): readonly string[] => scope.split(/\s+/).filter(Boolean)

/** Only a token is asked for with a scope. */
const isWithout = (facts: Facts): boolean => facts.endpoint === 'token' && tokens(facts).length === 0

/** The parameter is there, and has no name in it. */
const isEmpty = ({ endpoint, sent: { parameters } }: Facts): boolean =>
  endpoint === 'token' && parameters.get('scope')?.trim() === ''

const ofUsers = /^(openid|profile|email|address|phone|offline_access)$/

/** Commas and semicolons belong to a name, and separate nothing. */
const bySpaces = ({ config: { scope } }: Facts): readonly Fix[] =>
  /[,;]/.test(scope)
    ? [
        {
          text: 'Separate the scopes by spaces, not by a comma',
          change: {
            scope: scope
              .split(/[\s,;]+/)
              .filter(Boolean)
              .join(' '),
          },
        },
      ]
    : []

/** The scope that the server names in its words as the one it refuses, if several were asked for or not; `null` if it names none. */
export const refusedScope = (facts: Facts): string | null =>
  tokens(facts).find((name) =>
    [`'${name}'`, `"${name}"`, `“${name}”`, `\`${name}\``].some((text) => facts.came.words.includes(text)),
  ) ?? null

/** What is left to ask for without the one that is refused. */
function withoutRefused(facts: Facts): readonly Fix[] {
  const name = refusedScope(facts)
  const rest = tokens(facts).filter((one) => one !== name)
  return name === null || rest.length === 0
    ? []
    : [{ text: `Ask without the scope “${quoted(name)}”`, change: { scope: rest.join(' ') } }]
}

const without: Fix = { text: 'Ask without a scope', change: { scope: '' } }

/** What was asked for, as a subject: the scope “a”, the scopes “a b”. */
const asked = (facts: Facts): string =>
  tokens(facts).length > 1
    ? `one of the scopes “${quoted(facts.config.scope)}”`
    : `the scope “${quoted(facts.config.scope)}”`

const spec = [rfc(6749, '3.3')]
const details = [rfc(9396, '2')]

/** What the token is asked to be good for. @see RFC 6749 section 3.3, RFC 9396 */
export const scope = {
  'scope-not-sent': cause({
    stage: 'parameter-present',
    title: 'The server demands a scope',
    meaning:
      'The standard lets a client leave the scope out, and lets a server refuse that if it has no default. This one does.',
    fixes: ['Enter a scope that the client is allowed.'],
    spec,
    applies: isWithout,
    sign: (facts) =>
      isWithout(facts) ? { found: 'The request asks for no scope.', certainty: 'possible' } : null,
  }),
  'scope-empty': cause({
    stage: 'scope',
    title: 'The scope was sent empty',
    meaning:
      'The request has scope= without a name after it. That is another thing than no scope: a list has at least one name.',
    fixes: ['Leave the parameter scope out: remove it from the additional parameters.', 'Or enter a scope.'],
    spec,
    applies: isEmpty,
    sign: (facts) =>
      isEmpty(facts) ? { found: 'The parameter scope was sent, and is empty.', certainty: 'possible' } : null,
  }),
  'scope-refused': cause({
    stage: 'scope',
    title: 'The server refuses the scope',
    meaning: (facts) =>
      isWithout(facts)
        ? 'The request names no scope: the server uses a default of its own, and refuses that for this client.'
        : `Either the server does not know ${asked(facts)}, or the client may not have it: the response does not tell which. Names of scopes are compared with regard to case.`,
    fixes: (facts) =>
      isWithout(facts)
        ? [
            'Enter a scope that the client is allowed.',
            'Allow the client the default scope at the server, or set another default there.',
          ]
        : [
            ...bySpaces(facts),
            'Compare the scope with those of the server, letter by letter.',
            'Allow the client this scope at the server.',
            without,
          ],
    spec,
    applies: (facts) => tokens(facts).length > 0,
  }),
  'scope-unknown': cause({
    stage: 'scope',
    title: 'The server does not know the scope',
    meaning: (facts) =>
      `The server does not know ${asked(facts)}. Names of scopes are compared with regard to case.`,
    fixes: (facts) => [
      ...bySpaces(facts),
      'Compare the scope with those of the server, letter by letter; scopes_supported in its metadata may list them.',
      'Add the scope at the server.',
      without,
    ],
    spec,
    applies: (facts) => tokens(facts).length > 0,
  }),
  'scope-permission-missing': cause({
    stage: 'scope',
    title: 'The client may not have this scope',
    meaning: (facts) =>
      `The client is not allowed ${refusedScope(facts) === null ? asked(facts) : `the scope “${quoted(refusedScope(facts) ?? '')}”`}.`,
    fixes: (facts) => [
      refusedScope(facts) === null
        ? 'Allow the client this scope at the server.'
        : `Allow the client the scope “${quoted(refusedScope(facts) ?? '')}” at the server.`,
      ...withoutRefused(facts),
      without,
    ],
    spec,
    applies: (facts) => tokens(facts).length > 0,
  }),
  'scope-duplicate': cause({
    stage: 'scope',
    title: 'The request names a scope twice',
    meaning: 'The list of scopes has the same name more than once, and this server refuses that.',
    fixes: (facts) => [
      { text: 'Name each scope once', change: { scope: [...new Set(tokens(facts))].join(' ') } },
    ],
    spec,
    applies: (facts) => tokens(facts).length > 0,
    sign: (facts) =>
      new Set(tokens(facts)).size < tokens(facts).length
        ? { found: 'The same scope is in the list twice.', certainty: 'likely' }
        : null,
  }),
  'scope-user-only': cause({
    stage: 'scope',
    title: 'The scope is one for users',
    meaning:
      'openid and its companions are about a user who logged in, and offline_access asks for a refresh token. With client credentials there is no user, and no need of a refresh token.',
    fixes: (facts) => [
      {
        text: `Leave out ${tokens(facts)
          .filter((name) => ofUsers.test(name))
          .join(' ')}`,
        change: {
          scope: tokens(facts)
            .filter((name) => !ofUsers.test(name))
            .join(' '),
        },
      },
    ],
    spec: [rfc(6749, '4.4.3'), rfc(6749, '3.3')],
    // A token that an API refuses was issued with the scope.
    applies: (facts) => facts.endpoint !== 'api' && tokens(facts).some((name) => ofUsers.test(name)),
    sign: (facts) =>
      tokens(facts).some((name) => ofUsers.test(name))
        ? { found: 'A scope of the request is one for users.', certainty: 'likely' }
        : null,
  }),
  'scope-too-long': cause({
    stage: 'scope',
    title: 'The scope is longer than the server accepts',
    meaning: (facts) => `The scope has ${facts.config.scope.length} characters.`,
    fixes: ['Ask for fewer scopes at once.'],
    spec,
    applies: (facts) => tokens(facts).length > 0,
    sign: ({ config }) =>
      config.scope.length > 1000
        ? { found: `The scope has ${config.scope.length} characters.`, certainty: 'possible' }
        : null,
  }),
  'authorization-details-broken': cause({
    // It is read where the whole form is: what was checked before is not known.
    stage: 'handler',
    title: 'authorization_details is not JSON, and the server fails',
    meaning:
      'The parameter has to be the text of a JSON array. The server stops in an exception at this one.',
    fixes: [
      'Make authorization_details a JSON array of objects, each with a type.',
      { text: 'Leave authorization_details out', change: { authorization_details: '' } },
    ],
    spec: details,
    applies: ({ config: { authorization_details } }) => authorization_details.trim() !== '',
    sign: ({ config: { authorization_details: text } }) =>
      text.trim() !== '' && !parseJson(text).ok
        ? { found: 'authorization_details is not JSON.', certainty: 'likely' }
        : null,
  }),
  'authorization-details-refused': cause({
    stage: 'scope',
    title: 'The server does not accept the authorization_details',
    meaning:
      'A type that the server does not know, a member that it does not expect, or one that is missing: each type has rules of its own.',
    fixes: [
      'Compare type and members with what the server’s documentation says of this type; authorization_details_types_supported in its metadata lists the types.',
      'Allow the client this type at the server.',
    ],
    spec: [rfc(9396, '2.2'), ...details],
    applies: ({ config: { authorization_details } }) => authorization_details.trim() !== '',
  }),
} as const satisfies Readonly<Record<string, RefusalCause>>
