import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { launch } from 'puppeteer-core'
import { startStaticHost } from '../../tests/servers/static-host.ts'
import { fill, firstCause, named, press, select, timeout } from './firefox-page.ts'

const host = 'playground.example'

/**
 * A page from a public address in a Firefox whose prompt for the local network nobody responds to: what the page says, if
 * that is not what is expected. Headless, Firefox leaves the prompt open; Chromium refuses by itself.
 */
export async function waitingForPermission(executablePath: string): Promise<string[]> {
  const site = await startStaticHost({ tls: true })
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    acceptInsecureCerts: true,
    extraPrefsFirefox: {
      'network.dns.localDomains': host,
      'network.lna.enabled': true,
      'network.lna.blocking': true,
      'network.lna.address_space.public.override': `127.0.0.1:${site.port}`,
    },
  })
  try {
    const page = await browser.newPage()
    await page.goto(`https://${host}:${site.port}/`)
    await select(page, 'Server', 'own')
    await fill(page, 'Token endpoint', `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`)
    await fill(page, 'Client ID', 'm2m')
    await fill(page, 'Timeout', '1')
    await select(page, 'Client authentication', 'none')
    const notice = await page.waitForSelector(named('Local network', 'complementary'), { timeout })
    const words = await notice?.evaluate(({ textContent }) => textContent)
    await press(page, 'Get token')
    const { title, certainty } = await firstCause(page)
    return [
      ...(words?.includes('Your browser will ask before it sends.') ? [] : [`beforehand it says “${words}”`]),
      ...(title === 'The browser is waiting for your permission' ? [] : [`the first cause is “${title}”`]),
      ...(certainty === 'likely' ? [] : [`it is ${certainty}, not likely`]),
      ...(asked === 0 ? [] : [`the server was asked ${asked} times`]),
    ]
  } finally {
    await browser.close()
    await site.close()
    server.close()
    server.closeAllConnections()
  }
}
