import type { Browser, Page } from '@playwright/test'
import { unsignedToken, type FaultServer } from '../../tests/servers/fault-server.ts'
import { openForm } from './form.ts'
import { distribution, median, milliseconds, type Section } from './report.ts'

const warmUp = 10
const runs = 40

/** A token of common size, another one each time, so that its arrival can be seen. */
export function mintAtOnce(server: FaultServer): string {
  let minted = 0
  return server.answer('/minted', () => {
    minted += 1
    const claims = {
      iss: server.origin,
      sub: 'm2m',
      client_id: 'm2m',
      aud: 'https://api.example',
      scope: 'read',
    }
    const times = { iat: 1_700_000_000, exp: 4_102_444_800, jti: String(minted).padStart(8, '0') }
    const access_token = unsignedToken(JSON.stringify({ ...claims, ...times })) + 'x'.repeat(320)
    const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }
    return { headers, body: JSON.stringify({ access_token, token_type: 'Bearer', expires_in: 3600 }) }
  })
}

/** From the click to the frame that shows the token, compared with the time of the network alone. */
export async function measureExchanges(
  browser: Browser,
  site: string,
  oneFile: string,
  endpoint: string,
): Promise<Section> {
  const page = await time(browser, site, endpoint)
  const reference = await time(browser, oneFile, endpoint)
  const beyond = (samples: readonly number[], bare: readonly number[]) =>
    milliseconds(median(samples) - median(bare))
  return {
    title: 'From click to token, every view filled, the server answering at once',
    rows: [
      ['the page, to the frame that shows it', distribution(page.painted)],
      ['a bare fetch from the same page', distribution(page.bare)],
      ['the page beyond the bare fetch', beyond(page.painted, page.bare), '8 ms more than the one-file page'],
      ['... of that before the wait for the frame', beyond(page.inDocument, page.bare)],
      ['the one-file page beyond the bare fetch', beyond(reference.painted, reference.bare)],
    ],
  }
}

async function time(browser: Browser, url: string, endpoint: string) {
  const page = await openForm(browser, url, endpoint)
  await exchange(page, endpoint, warmUp)
  const times = await exchange(page, endpoint, runs)
  await page.context().close()
  return times
}

function exchange(page: Page, endpoint: string, count: number) {
  const options = { endpoint, count }
  return page.evaluate(async ({ endpoint, count }) => {
    const times = { painted: [] as number[], inDocument: [] as number[], bare: [] as number[] }
    for (let run = 0; run < count; run += 1) {
      // A user does not click in step with the screen.
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 17))
      const { painted, inDocument } = await probe.press()
      times.painted.push(painted)
      times.inDocument.push(inDocument)

      const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'm2m', scope: 'read' })
      const start = performance.now()
      const response = await fetch(endpoint, { method: 'POST', body, cache: 'no-store', credentials: 'omit' })
      await response.text()
      times.bare.push(performance.now() - start)
    }
    return times
  }, options)
}
