import type { HttpRequest } from '../../http/message.ts'
import { curl } from '../../snippets/curl.ts'
import { quoted } from '../../text/quoted.ts'
import type { Verdict } from '../base/row.ts'
import type { Known } from '../known/entry.ts'
import { type Check, gravestFirst, isVulnerability, type Report, summaryOf, titleOf } from './report.ts'

/**
 * The report for the issue tracker of the server: what deviates, each with the command that shows it, then what is worth
 * knowing, then the rest in one table. What came from outside cannot become markup.
 */
export function markdownOf(report: Report): string {
  const sorted = gravestFirst(report.checks)
  const of = (verdict: Verdict) => sorted.filter((check) => check.verdict === verdict)
  return [
    `# ${plain(report.server)}: tested against the standards`,
    `${report.product} ${report.version}, ${new Date(report.started).toISOString()}`,
    `**${summaryOf(report)}.**`,
    ...(report.stopped === null ? [] : [plain(report.stopped)]),
    ...section('Deviations', of('deviates').map(deviation)),
    ...section('Worth knowing', list(of('note'))),
    ...section('As they should be', table(of('ok'))),
    ...section('Skipped', list(of('skipped'))),
  ].join('\n\n')
}

const section = (title: string, blocks: readonly string[]): readonly string[] =>
  blocks.length === 0 ? [] : [`## ${title}`, ...blocks]

const deviation = (check: Check): string => {
  const { id, row, weight, found, section: spec, evidence, known } = check
  const kind = isVulnerability(check) ? `Vulnerability, ${weight}` : weight
  return [
    `### ${plain(row.title)} (\`${id}\`, ${kind})`,
    [
      `- Expected: ${plain(row.expected)} ([${spec.label}](${spec.href}))`,
      `- Found: ${plain(found)}`,
      `- For a client: ${plain(row.means)}`,
      `- To do: ${plain(row.advice)}`,
      ...(known ? [`- Known: ${plain(known.says)}${linkOf(known)}`] : []),
    ].join('\n'),
    ...(evidence === null ? [] : [fenced(commandOf(evidence.exchange.request))]),
  ].join('\n\n')
}

const linkOf = ({ link }: Known): string => (link === null ? '' : ` ([${plain(link.label)}](${link.href}))`)

const list = (checks: readonly Check[]): readonly string[] =>
  checks.length === 0
    ? []
    : [checks.map(({ id, row, found }) => `- \`${id}\` ${plain(row.title)}: ${plain(found)}`).join('\n')]

const table = (checks: readonly Check[]): readonly string[] =>
  checks.length === 0
    ? []
    : [
        [
          '| | group | what | section |',
          '| --- | --- | --- | --- |',
          ...checks.map(
            ({ id, row, section: spec }) =>
              `| \`${id}\` | ${titleOf(row.group)} | ${plain(row.title)} | [${spec.label}](${spec.href}) |`,
          ),
        ].join('\n'),
      ]

/** The request as a command, with variables in place of secrets, tokens and what is signed. */
export const commandOf = (request: HttpRequest): string => curl.render({ request }, 'variables')

/** A text that is none but text in Markdown and in the HTML that it may have in it. @see https://spec.commonmark.org/0.31.2/#backslash-escapes */
const plain = (text: string): string =>
  quoted(text).replace(/[\\`*_{}[\]<>()#+!|~&@$-]/g, (one) => (/[-()+!#]/.test(one) ? one : `\\${one}`))

/** A block that nothing in it can end. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}sh\n${text}\n${fence}`
}
