import { addParameter, setParameter, withoutParameter } from '../../../faults/edit-request.ts'
import { scopeTokens } from '../../../oauth/config/config.ts'
import { scopeOf, stringsOf } from '../../../jwt/decode/claim-values.ts'
import { member } from '../../../json/value.ts'
import { responseScope } from '../../../oauth/response/token-facts.ts'
import { rfc } from '../../../spec.ts'
import { quoted } from '../../../text/quoted.ts'
import { edited, tokenAttempt } from '../../base/attempts.ts'
import { refuses, unread } from '../../base/judges.ts'
import {
  deviates,
  type Judgement,
  noted,
  ok,
  type Rows,
  type Seen,
  type Sent,
  skipped,
} from '../../base/row.ts'
import type { Subject } from '../../base/subject.ts'
import { came, codeOf, finals, issued, statusOf } from '../../base/sent.ts'

const row = { group: 'token', phase: 'refused', weight: 'must', section: rfc(6749, '3.3') } as const

const resourceRow = { ...row, weight: 'note', section: rfc(8707, '2') } as const

/** No server has a scope of that name. */
const unknown = 'no.such.scope'

const scopeOfClient = ({ clients }: Subject): string => clients.client.scope

const scoped = (subject: Subject): string | null =>
  scopeOfClient(subject) === '' ? 'The working request asks for no scope.' : null

const withScope = (says: string, to: (scope: string) => string | null) =>
  tokenAttempt({
    says,
    altered: ['scope'],
    issues: true,
    change: edited((request, { scope }) => {
      const value = to(scope)
      if (value === null) return withoutParameter(request, 'scope')
      return scope === '' ? addParameter(request, 'scope', value) : setParameter(request, 'scope', value)
    }),
  })

const withResource = (value: string) =>
  tokenAttempt({
    says: `resource is ${value}.`,
    altered: ['resource'],
    issues: true,
    change: edited((request) => addParameter(withoutParameter(request, 'resource'), 'resource', value)),
  })

const resource = (value: string) =>
  ({
    ...resourceRow,
    expected: 'invalid_target, or a token as if it were not there; no error of the server',
    means: 'A client believes that its token is for that API alone.',
    advice: 'Respond with invalid_target if the server cannot issue a token for a resource.',
    sends: [withResource(value)],
    judge: (seen: Seen): Judgement => {
      const [sent] = finals(seen)
      if (!sent) return skipped('Nothing was sent.')
      const unseen = unread(seen, sent)
      if (unseen) return unseen.verdict === 'deviates' ? { ...unseen, verdict: 'note' } : unseen
      const token = issued(sent)
      if (token) {
        const isNamed = stringsOf(member(token.claims, 'aud'))?.includes(value) === true
        return noted(
          `The server issued a token all the same${isNamed ? ', and its aud is that resource' : ''}.`,
        )
      }
      return codeOf(sent) === 'invalid_target' ? ok(came(sent)) : noted(came(sent))
    },
  }) as const

const scopeNotTold = {
  means: 'A client is not told that its scope is the reason.',
  advice: 'Respond with 400 and invalid_scope.',
} as const

/** What is asked for. */
export const scopeRows = {
  'no-scope': {
    ...row,
    title: 'No scope',
    expected: 'a token that says its scope, or invalid_scope',
    means: 'A client does not learn what its token is good for, or why there is none.',
    advice: 'Grant a default scope and send it as scope, or respond with invalid_scope.',
    unless: scoped,
    sends: [withScope('There is no scope.', () => null)],
    judge: refuses({
      statuses: [400],
      codes: ['invalid_scope'],
      noted: { invalid_request: 'The server wants a scope, and says so by another code.' },
      accepted: (_seen, sent) => saysScope(sent),
    }),
  },
  'empty-scope': {
    ...row,
    section: rfc(6749, '3.2'),
    title: 'A scope without a value',
    expected: 'the response to a request without scope',
    means:
      'A client that sends an empty field of its configuration is treated otherwise than one that sends none.',
    advice: 'Treat a parameter without a value as one that was left out.',
    sends: [withScope('scope is empty.', () => '')],
    judge: emptyScope,
  },
  'scope-beyond': {
    ...row,
    title: 'A scope that nobody has',
    expected: 'invalid_scope, or a token whose scope says what was granted',
    means: 'A client believes that it may do what the token does not allow.',
    advice: 'Refuse an unknown scope with invalid_scope, or send the scope that was granted.',
    refused: scopeNotTold,
    sends: [withScope(`${unknown} is asked for besides.`, (scope) => `${scope} ${unknown}`.trim())],
    judge: refuses({ statuses: [400], codes: ['invalid_scope'], accepted: (_seen, sent) => beyond(sent) }),
  },
  'scope-malformed': {
    ...row,
    title: 'A scope with a quotation mark',
    expected: 'invalid_scope or invalid_request, or a token without it',
    means: 'What is no scope gets into tokens, where it may break what reads them.',
    advice: 'Accept the characters of the standard alone in a scope.',
    refused: scopeNotTold,
    sends: [withScope('scope is a"b.', () => 'a"b')],
    judge: refuses({
      statuses: [400],
      codes: ['invalid_scope', 'invalid_request'],
      accepted: (_seen, sent) =>
        grantedIn(sent)?.includes('a"b') === true
          ? deviates('The server issued a token with this scope.', { evidence: sent })
          : ok('The server issued a token without this scope.', { evidence: sent }),
    }),
  },
  'resource-unknown': { ...resource('https://unknown.invalid/'), title: 'A resource that cannot exist' },
  'resource-fragment': { ...resource('https://a.invalid/#x'), title: 'A resource with a fragment' },
} as const satisfies Rows

/** The scope of a token: what the response says, else what the token itself has; `null` if neither can be read. */
function grantedIn(sent: Sent): readonly string[] | null {
  const said = responseScope(sent.reading)
  if (said !== null) return scopeTokens(said)
  return scopeOf(issued(sent)?.claims ?? null)?.values ?? null
}

function saysScope(sent: Sent): Judgement {
  const said = responseScope(sent.reading)
  if (said === '')
    return deviates('The server issued a token, and the response has an empty scope.', {
      section: rfc(6749, 'A.4'),
      evidence: sent,
    })
  if (said !== null)
    return ok(`The server issued a token with the scope “${quoted(said)}”.`, { evidence: sent })
  const token = issued(sent)
  const own = grantedIn(sent)
  if (token?.claims && (own === null || own.length === 0))
    return ok('The server issued a token that has no scope.', { evidence: sent })
  return own === null
    ? noted('The server issued a token and names no scope. It may have none.', { evidence: sent })
    : deviates(`The server issued a token with “${quoted(own.join(' '))}”, and names no scope.`, {
        section: rfc(6749, '5.1'),
        evidence: sent,
      })
}

function beyond(sent: Sent): Judgement {
  const granted = grantedIn(sent)
  const more = { evidence: sent }
  if (granted?.includes(unknown) === true)
    return deviates(`The server granted ${unknown}, which nobody has defined.`, { ...more, weight: 'should' })
  return responseScope(sent.reading) === null
    ? deviates('The server issued a token, and does not say which scope it has.', {
        ...more,
        section: rfc(6749, '5.1'),
      })
    : ok('The server issued a token, and says the scope that was granted.', more)
}

function emptyScope(seen: Seen): Judgement {
  const [sent] = finals(seen)
  const id = scopeOfClient(seen.subject) === '' ? 'baseline' : 'no-scope'
  const [other] = finals({ mine: seen.of(id) })
  if (!sent || !other) return skipped('There is no response to compare it with.')
  const unseen = unread(seen, sent)
  if (unseen) return unseen
  if (statusOf(other) === 0) return skipped('The response without scope could not be read.')
  const both = [sent, other].map((one) =>
    issued(one) ? 'a token' : `${statusOf(one)} ${codeOf(one) ?? ''}`.trim(),
  )
  const granted = [sent, other].map((one) => grantedIn(one)?.toSorted().join(' ') ?? null)
  if (both[0] !== both[1])
    return deviates(
      `With an empty scope it gave ${quoted(both[0] ?? '')}, and without scope ${quoted(both[1] ?? '')}.`,
    )
  if (granted[0] === granted[1]) return ok('The response is that to a request without scope.')
  if (granted[0] === '' && granted[1] === null)
    return deviates('The response has an empty scope, and without scope it has none.', {
      section: rfc(6749, 'A.4'),
    })
  return granted.includes(null)
    ? noted('Of the two responses one says which scope was granted. The other token cannot be read.')
    : deviates('The token has another scope than one without scope.')
}
