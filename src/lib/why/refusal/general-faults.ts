import type { CauseId } from './causes.ts'
import type { Facts } from './facts/facts.ts'
import type { Fault } from './facts/faults.ts'
import type { Row } from './record.ts'

const token = ['token', 'introspection', 'revocation'] as const

/** Whether a validator names such a fault. */
const names =
  (test: (fault: Fault, facts: Facts) => boolean) =>
  (facts: Facts): boolean =>
    facts.came.faults.some((fault) => test(fault, facts))

const isMissing = (place: string, field: RegExp) =>
  names((fault) => fault.type === 'missing' && fault.place === place && field.test(fault.field))

const row = (endpoint: Row['endpoint'], cause: CauseId, when: (facts: Facts) => boolean): Row => ({
  ...(endpoint && { endpoint }),
  when,
  causes: [cause],
  certainty: 'certain',
})

/** What was sent in the body, a validator misses in the query. */
const isWantedInQuery = names(
  ({ type, place, field }, { sent: { parameters } }) =>
    type === 'missing' && place === 'query' && parameters.has(field),
)

const sentBasic = ({ sent: { places } }: Facts): boolean => places.includes('header')
const lacksAuthorization = isMissing('header', /^authorization$/i)

/** A validator names field, place and rule, so that nothing is left to guess (pydantic, and FastAPI with it: 422). */
export const faultRows: readonly Row[] = [
  row(
    ['token'],
    'password-grant-only',
    names(({ field, pattern }) => field === 'grant_type' && /^\W*password\W*$/.test(pattern)),
  ),
  row(
    token,
    'json-wanted',
    names(
      ({ type, place, field }, { sent: { json } }) =>
        place === 'body' &&
        field === '' &&
        json === null &&
        /^(model_attributes|model|dict|dataclass)_type$/.test(type),
    ),
  ),
  row(token, 'query-wanted', isWantedInQuery),
  row(['introspection', 'revocation'], 'token-parameter-missing', isMissing('body', /^token$/)),
  row(
    token,
    'basic-ignored',
    (facts) => sentBasic(facts) && isMissing('body', /^client_(id|secret)$/)(facts),
  ),
  row(
    token,
    'no-credentials',
    (facts) => !facts.sent.parameters.has('client_secret') && isMissing('body', /^client_secret$/)(facts),
  ),
  row(token, 'body-ignored', (facts) => !sentBasic(facts) && lacksAuthorization(facts)),
  row(token, 'parameter-missing', isMissing('body', /./)),
  row(['api'], 'no-credentials', (facts) => facts.sent.authorization === null && lacksAuthorization(facts)),
  row(['api'], 'credentials-lost', lacksAuthorization),
  row(['api'], 'header-other', isMissing('header', /./)),
  row(['api'], 'request-malformed', ({ came: { faults } }) => faults.length > 0),
]
