import type { RefusalRecord, Row } from '../../../why/refusal/record.ts'
import type { Facts } from '../../../why/refusal/facts/facts.ts'

const api = ['api'] as const

const isDpop = ({ sent: { authorization } }: Facts): boolean => /^dpop$/i.test(authorization?.scheme ?? '')
const isJwt = ({ sent: { token } }: Facts): boolean => token?.kind === 'jws'

/** Whatever is wrong with the token, and without one, too. */
const unauthorized = (row: Pick<Row, 'when' | 'causes' | 'certainty'>): Row => ({
  endpoint: api,
  code: 'request_unauthorized',
  ...row,
})

const rows: readonly Row[] = [
  {
    endpoint: api,
    code: 'token_signature_mismatch',
    causes: ['signature-wrong'],
    certainty: 'certain',
    passed: ['header', 'scheme', 'token'],
  },
  unauthorized({
    when: ({ sent: { authorization } }) => authorization === null,
    causes: ['no-credentials'],
    certainty: 'certain',
  }),
  unauthorized({ when: isDpop, causes: ['scheme-wrong'], certainty: 'likely' }),
  unauthorized({
    when: ({ past: { revoked } }) => revoked,
    causes: ['token-revoked'],
    certainty: 'likely',
  }),
  unauthorized({ when: isJwt, causes: ['token-not-active', 'signature-wrong'], certainty: 'possible' }),
  unauthorized({ causes: ['token-not-active'], certainty: 'likely' }),
]

/** What /userinfo of Ory Hydra says, which accepts tokens of this grant. */
export const hydraApi: RefusalRecord = {
  name: 'Ory Hydra',
  rows,
  order: [['token', 'signature']],
  meanings: {
    'token-not-active':
      'Hydra looks the token up, and has none like it that is active: it is of another server, has expired, or was revoked.',
  },
}
