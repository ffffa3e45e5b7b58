import type { Browser } from '@playwright/test'
import { type Conditions, load, type Load, type Transfer } from './load.ts'
import { distribution, kibibytes, longest, median, milliseconds, type Section } from './report.ts'

const unlimited: Conditions = { latency: 0, down: -8, up: -8, cpu: 1 }

/** What Lighthouse calls slow 4G, and its mid-range phone. */
const slow4G: Conditions = { latency: 150, down: 1.6e6, up: 750e3, cpu: 4 }

/** So far away that whatever the form can do without arrives after it. */
const farAway: Conditions = { ...unlimited, latency: 1000 }

const runs = 7

export async function measureLoading(browser: Browser, page: string, oneFile: string): Promise<Section[]> {
  const weight = await load(browser, page, farAway)
  const oneFileWeight = await load(browser, oneFile, farAway)
  const loads: Load[] = []
  const oneFileLoads: Load[] = []
  const fast: Load[] = []
  for (let run = 0; run < runs; run += 1) {
    oneFileLoads.push(await load(browser, oneFile, slow4G))
    loads.push(await load(browser, page, slow4G))
    fast.push(await load(browser, page, unlimited))
  }

  const usable = loads.map((load) => load.usable)
  const oneFileUsable = oneFileLoads.map((load) => load.usable)
  const tasks = (of: readonly Load[]) => longest(of.map(({ longTasks }) => longTasks))
  return [
    {
      title: 'Over the wire, headers and Brotli bodies, nothing cached',
      rows: [
        ['until the button works', transfer(weight.before), '34 KiB and headers, 3 responses'],
        ['afterwards, without being asked', transfer(weight.after), '6 responses, and the icon'],
        ['the one-file page', transfer(oneFileWeight.before)],
      ],
    },
    {
      title: `Until the form can be typed in: 1.6 Mbit/s down, 0.75 up, 150 ms round trip, CPU ${slow4G.cpu} times slower`,
      rows: [
        ['the page', distribution(usable)],
        ['the one-file page', distribution(oneFileUsable)],
        ['ratio of the medians', (median(usable) / median(oneFileUsable)).toFixed(2), '1.9'],
        ['until the button works', distribution(loads.map(({ works }) => works))],
        ['largest contentful paint', distribution(largest(loads))],
        ['largest contentful paint of the one-file page', distribution(largest(oneFileLoads))],
        ['ratio of the medians', (median(largest(loads)) / median(largest(oneFileLoads))).toFixed(2), '1.5'],
        ['layout shift, the most of all runs', Math.max(...loads.map(({ shift }) => shift)).toFixed(4), '0'],
        [
          'until the button works, without either limit',
          milliseconds(median(fast.map(({ works }) => works))),
        ],
        ['longest task while loading', tasks(fast), '50 ms'],
        [`longest task while loading, CPU ${slow4G.cpu} times slower`, tasks(loads)],
      ],
    },
  ]
}

const largest = (loads: readonly Load[]) =>
  loads.map(({ largestPaint }) => largestPaint).filter(Number.isFinite)

const transfer = ({ bytes, requests }: Transfer): string =>
  `${kibibytes(bytes)} in ${requests} ${requests === 1 ? 'response' : 'responses'}`
