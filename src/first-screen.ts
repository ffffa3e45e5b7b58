import { render } from 'svelte/server'
import FirstScreen from './FirstScreen.svelte'
import { Playground } from './state/playground.svelte.ts'

async function draw(): Promise<string> {
  // Outside a browser, oauth4webapi names itself in the request.
  Object.defineProperty(globalThis, 'navigator', { value: { userAgent: 'Mozilla/5.0 ' }, configurable: true })
  const nothing = () => Promise.reject(new Error('There is no browser here.'))
  const playground = new Playground({
    clock: { now: () => 0, monotonic: () => 0 },
    transport: nothing,
    relay: null,
    prober: nothing,
    browser: { origin: 'https://page.invalid', userAgent: '', languages: [] },
    place: 'ordinary',
    address: 'https://page.invalid/',
    store: { read: () => null, write: () => undefined, clear: () => undefined, follow: () => undefined },
    session: nothing,
    keyStore: null,
    forget: nothing,
    localIssuer: 'http://localhost:9000',
    localApi: 'http://localhost:9001',
    nextToPage: () => Promise.resolve(null),
    whenNewer: () => undefined,
  })
  while (!playground.connection.composed) await new Promise((resolve) => setTimeout(resolve))
  return render(FirstScreen, { props: { playground } }).body
}

/**
 * The page as it is before its script runs, as HTML: what `main.ts` takes over. Made while this module is evaluated, as
 * Vite loads nothing late for it afterwards.
 */
export const firstScreen = await draw()
