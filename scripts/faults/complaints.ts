import type { Result } from '../checks/report.ts'
import type { ConnectionFault, Expected, Outcome } from '../../tests/servers/connection-faults.ts'
import type { RecordedRequest } from '../../tests/servers/fault-server.ts'
import { carriersOf, leaksOf } from '../../tests/servers/secret-traces.ts'

/** The page in a browser of any make, whatever drives it. Every step waits for what it needs. */
export interface DrivenPage {
  open(url: string): Promise<unknown>
  select(label: string, value: string): Promise<unknown>
  fill(label: string, value: string): Promise<unknown>
  press(button: string): Promise<unknown>
  /** Until there is a response of 200. */
  tokenIn(): Promise<unknown>
  /** Once the check is over: its first cause, as it is shown. */
  firstCause(): Promise<{ readonly title: string; readonly certainty: string }>
  canPress(button: string): Promise<unknown>
  /** Until there is no such button. */
  gone(button: string): Promise<unknown>
}

type Method = keyof Expected

const secret = 's3cret+that must/not-leak'
const methods = ['client_secret_basic', 'client_secret_post'] as const
const postButton = 'Also try a POST without credentials'

/** Each fault, with credentials in a header and in the body, on a page that nothing has happened to. */
export async function tryFaults(
  faults: readonly ConnectionFault[],
  expectedOf: keyof Expected[Method],
  site: string,
  withPage: (use: (page: DrivenPage) => Promise<string[]>) => Promise<string[]>,
): Promise<boolean[]> {
  const results: boolean[] = []
  for (const fault of faults)
    for (const method of methods)
      results.push(
        await passes(`${fault.name}, ${method}`, () =>
          withPage((page) => complaintsOf(page, site, fault, method, expectedOf)),
        ),
      )
  return results
}

export const resultOf = (results: readonly boolean[]): Result => {
  const passed = results.filter(Boolean).length
  return { passed, failed: results.length - passed }
}

/** One line for each, and one for each thing that is not as expected. */
export async function passes(name: string, test: () => Promise<readonly string[]>): Promise<boolean> {
  const start = performance.now()
  const complaints = await test().catch((error: unknown) => [String(error)])
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${complaints.length === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
  for (const complaint of complaints) console.log(`    ${complaint}`)
  return complaints.length === 0
}

async function complaintsOf(
  page: DrivenPage,
  site: string,
  fault: ConnectionFault,
  method: Method,
  expectedOf: keyof Expected[Method],
): Promise<string[]> {
  const { endpoint, records, close } = await fault.start()
  try {
    await page.open(site)
    await fillForm(page, endpoint, method, fault)
    if (fault.expected[method][expectedOf] !== 'unsendable') await page.press('Get token')
    if (fault.worksOnce) {
      await page.tokenIn()
      await page.press('Get token')
    }
    const complaints = await differences(page, fault.expected[method][expectedOf])
    const probing = () => postsOf(records) - carriersOf(secret, records).length
    if (probing() > 0) complaints.push('a POST was tried, and nobody had asked for it')
    if (fault.afterPost) {
      await page.press(postButton)
      await page.gone(postButton)
      complaints.push(...(await differences(page, fault.afterPost[method][expectedOf])))
      if (probing() === 0) complaints.push('no POST was tried')
    }
    return [...complaints, ...leaksOf(secret, records, fault.worksOnce || fault.resent ? 2 : 1)]
  } finally {
    await close()
  }
}

const postsOf = (records: readonly RecordedRequest[]): number =>
  records.filter(({ method }) => method === 'POST').length

async function fillForm(
  page: DrivenPage,
  endpoint: string,
  method: Method,
  { hangs }: ConnectionFault,
): Promise<void> {
  await page.select('Server', 'own')
  await page.select('Client authentication', method)
  await page.fill('Token endpoint', endpoint)
  await page.fill('Client ID', 'm2m')
  await page.fill('Client secret', secret)
  await page.fill('Timeout', hangs ? '1' : '20')
}

/** What the page says, if it is not what is expected. */
async function differences(page: DrivenPage, expected: Outcome): Promise<string[]> {
  if (expected === 'token') {
    await page.tokenIn()
    return []
  }
  if (expected === 'unsendable') return (await page.canPress('Get token')) ? ['Get token can be pressed'] : []
  const { title, certainty } = await page.firstCause()
  const titles = [expected.title, ...(expected.or === undefined ? [] : [expected.or])]
  const right = titles.some((each) => (typeof each === 'string' ? title === each : each.test(title)))
  const sure =
    typeof expected.certainty === 'string'
      ? certainty === expected.certainty
      : expected.certainty.test(certainty)
  return [
    ...(right ? [] : [`the first cause is “${title}”, not ${titles.join(' or ')}`]),
    ...(sure ? [] : [`it is ${certainty}, not ${String(expected.certainty)}`]),
  ]
}
