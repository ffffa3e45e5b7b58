import type { Plan } from '../../src/lib/server-test/plan.ts'
import {
  type Check,
  gravestFirst,
  isVulnerability,
  type Report,
  summaryOf,
} from '../../src/lib/server-test/report/report.ts'
import type { Revoked } from '../../src/lib/server-test/revoke-tokens.ts'
import { commandOf } from '../../src/lib/server-test/report/markdown.ts'

/** What a test is about to do. */
export function planInWords(
  name: string,
  { rows, requests, failing, tokens, revokes, origins }: Plan,
): string {
  return [
    `${name}: ${rows.length} rows.`,
    `${requests} requests or some more to ${origins.join(', ')}, one at a time.`,
    `${failing} of them carry what must be refused, such as a wrong secret: an account may lock.`,
    `Up to ${tokens} tokens will be issued${revokes ? ', and revoked at the end by as many requests, if the server does that' : ''}.`,
    'Test servers that are yours, or that you may test.\n',
  ].join('\n')
}

/** What a test came to: deviations with all that is known, the others in a line. */
export function reportInWords(report: Report): string {
  const checks = gravestFirst(report.checks)
  const deviating = checks.filter(({ verdict }) => verdict === 'deviates')
  return [
    ...deviating.map(deviation),
    ...checks.filter(({ verdict }) => verdict === 'note').map(line),
    ...skippedInWords(checks.filter(({ verdict }) => verdict === 'skipped')),
    ...(report.stopped === null ? [] : [report.stopped]),
    `\n${summaryOf(report)}`,
  ].join('\n')
}

/** One line for all that were skipped for one reason. */
function skippedInWords(checks: readonly Check[]): readonly string[] {
  const reasons = new Map<string, string[]>()
  for (const { id, found } of checks) reasons.set(found, [...(reasons.get(found) ?? []), id])
  return [...reasons].map(([found, ids]) => `skipped  ${ids.join(', ')}: ${found}`)
}

const line = ({ id, verdict, found }: Check): string => `${verdict.padEnd(8)} ${id}: ${found}`

function deviation(check: Check): string {
  const { id, weight, found, row, section, evidence, known } = check
  const kind = isVulnerability(check) ? `VULNERABILITY (${weight})` : `DEVIATES (${weight})`
  const command = evidence === null ? [] : commandOf(evidence.exchange.request).split('\n')
  return [
    `${kind} ${id}: ${row.title}`,
    `  found     ${found}`,
    `  expected  ${row.expected} (${section.label})`,
    `  means     ${row.means}`,
    `  to do     ${row.advice}`,
    ...(known ? [`  known     ${known.says}${known.link === null ? '' : ` ${known.link.href}`}`] : []),
    ...command.map((one) => `    ${one}`),
    '',
  ].join('\n')
}

/** What became of the tokens. */
export function revokedInWords(revoked: Revoked | null): string {
  if (revoked === null) return 'The tokens of this test live until they expire.'
  const { issued, revoked: count, why } = revoked
  return `${count} of ${issued} tokens were revoked.${why === null ? '' : ` ${why} JWTs are good until they expire.`}`
}
