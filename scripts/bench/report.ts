/** One line of the report: what was measured, what came out, and what was hoped for. */
type Row = readonly [what: string, value: string, target?: string]

export interface Section {
  readonly title: string
  readonly rows: readonly Row[]
}

export function printSection({ title, rows }: Section): void {
  const lines = rows.map(([what, value, target]) => {
    const end = target === undefined ? '' : `target ${target}`
    return `  ${what.padEnd(52)}${value.padEnd(36)}${end}`.trimEnd()
  })
  console.log(`\n${title}\n${lines.join('\n')}`)
}

/** The value that this share of the samples does not exceed. */
function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5)

export const milliseconds = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)} ms`

/** `8.1 ms (p95 12.3 ms, 40 runs)` */
export const distribution = (samples: readonly number[]): string =>
  `${milliseconds(median(samples))} (p95 ${milliseconds(quantile(samples, 0.95))}, ${samples.length} runs)`

export const kibibytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KiB`

/** The longest task of the median run and of the worst; browsers report tasks from 50 ms on. */
export function longest(runs: readonly (readonly number[])[]): string {
  const each = runs.map((tasks) => Math.max(0, ...tasks))
  const words = (value: number) => (value === 0 ? 'under 50 ms' : milliseconds(value))
  const worst = words(Math.max(...each))
  return runs.length === 1 ? worst : `${words(median(each))} (worst ${worst}, ${runs.length} runs)`
}
