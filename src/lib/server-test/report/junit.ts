import { groups, type Group } from '../base/row.ts'
import { type Check, isVulnerability, type Report } from './report.ts'

/**
 * The report as a pipeline reads it: a suite for each group, and a failure for each deviation from a MUST. Other deviations and
 * notes pass, with what was found in their output, as they do not end a run with an error.
 * @see https://github.com/testmoapp/junitxml
 */
export function junitOf(report: Report): string {
  const { checks, server, started } = report
  const names = Object.keys(groups) as readonly Group[]
  const suites = names.flatMap((group) => {
    const own = checks.filter(({ row }) => row.group === group)
    return own.length === 0 ? [] : [suite(group, own, started)]
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(server)}" ${counts(checks)}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

const suite = (group: Group, checks: readonly Check[], started: number): string =>
  [
    `  <testsuite name="${group}" ${counts(checks)} timestamp="${new Date(started).toISOString()}">`,
    ...checks.map(testCase),
    '  </testsuite>',
  ].join('\n')

const isFailure = ({ verdict, weight }: Check): boolean => verdict === 'deviates' && weight === 'must'

function counts(checks: readonly Check[]): string {
  const skipped = checks.filter(({ verdict }) => verdict === 'skipped').length
  return `tests="${checks.length}" failures="${checks.filter(isFailure).length}" errors="0" skipped="${skipped}"`
}

function testCase(check: Check): string {
  const { id, row, verdict, weight, found, section } = check
  const start = `    <testcase classname="${row.group}" name="${id}"`
  const whole = `Expected: ${row.expected} (${section.label}). Found: ${found}`
  if (isFailure(check)) {
    const type = isVulnerability(check) ? 'vulnerability' : weight
    return `${start}>\n      <failure type="${type}" message="${escaped(found)}">${escaped(whole)}</failure>\n    </testcase>`
  }
  if (verdict === 'skipped') return `${start}>\n      <skipped message="${escaped(found)}"/>\n    </testcase>`
  if (verdict === 'ok') return `${start}/>`
  return `${start}>\n      <system-out>${escaped(`${verdict} (${weight}). ${whole}`)}</system-out>\n    </testcase>`
}

/** As text of XML, without the characters that it must not have, escaped or not. @see https://www.w3.org/TR/xml/#charsets */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)
