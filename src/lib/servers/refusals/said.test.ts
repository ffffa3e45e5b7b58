import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readResponse } from '../../oauth/response/read-response.ts'
import { explainVerdict } from '../../why/refusal/explain.ts'
import { jwtBearer } from '../../why/refusal/causes/assertion-facts.ts'
import { readCame } from '../../why/refusal/facts/came.ts'
import { findReason } from '../../why/refusal/reason.ts'
import { factsOf, type Refusal } from '../../why/refusal/refusal-testing.ts'
import { serverRefusals } from './refusals.ts'

const records = Object.values(serverRefusals)

/** What the page says of a body that came so, of a server that nobody chose. */
function told(status: number, body: string, sent: Refusal = {}) {
  const { headers = [] } = sent
  const response = { status, statusText: '', headers, body: new TextEncoder().encode(body) }
  const { came, ...facts } = { ...factsOf(sent), came: readCame(readResponse(response).answer) }
  if (sent.credentials === 'assertion') facts.sent.parameters.set('client_assertion_type', jwtBearer)
  const verdict = findReason({ ...facts, came }, null, records)
  const explanation = explainVerdict(verdict, { ...facts, came })
  const mark = explanation.certainty === 'possible' ? '? ' : ''
  return { cause: `${mark}${verdict.reasons[0]?.id ?? ''}`, came, explanation }
}

interface Row {
  readonly cause: string
  readonly status: number
  readonly sent: Refusal
  readonly body: string
}

const sections = readFileSync(new URL('said.txt', import.meta.url), 'utf8')
  .split('\n# ')
  .slice(1)

const rowsOf = (section: string): readonly Row[] =>
  section.split('\n').flatMap((line) => {
    const [, cause = '', status, sent = '', body = ''] =
      /^([^|]+?) \| (\d{3}) \| (\{.*?\})? ?\| (.+)$/.exec(line) ?? []
    return status === undefined
      ? []
      : [{ cause, status: Number(status), sent: JSON.parse(sent || '{}') as Refusal, body }]
  })

describe.each(sections.map((section) => [section.split('\n', 1)[0], rowsOf(section)] as const))(
  '%s',
  (_, rows) => {
    it.each(rows)('$cause: $status $body', ({ cause, status, body, sent }) => {
      const found = told(status, body, sent)
      expect(cause.split('/')).toContain(found.cause)
      expect(found.came.refuses).toBe(true)
    })

    const speaking = rows.filter(({ status, body, sent }) => told(status, body, sent).came.quotable !== '')

    it.each(speaking)('the server is quoted: $body', ({ status, body, sent }) => {
      const { came, explanation } = told(status, body, sent)
      const [words = ''] = came.quotable.split('\n')
      expect(explanation.says?.words ?? explanation.title).toContain(words)
      expect(body.toLowerCase()).toContain(words.slice(0, 20).toLowerCase())
    })
  },
)

it('the table has rows in each of its sections', () => {
  expect(sections.length).toBeGreaterThan(8)
  for (const section of sections) expect(rowsOf(section).length).toBeGreaterThan(2)
})
