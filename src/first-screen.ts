import { render } from 'svelte/server'
import App from './App.svelte'
import { Playground } from './state/playground.svelte.ts'

/** The page as it is before its script runs, as HTML: what `main.ts` takes over. */
export function firstScreen(): string {
  const nothing = () => Promise.reject(new Error('There is no browser here.'))
  const playground = new Playground({
    clock: { now: () => 0, monotonic: () => 0 },
    transport: nothing,
    relay: null,
    prober: nothing,
    browser: { origin: 'https://page.invalid', userAgent: '', languages: [] },
    store: { read: () => null, write: () => undefined },
    keyStore: null,
    localIssuer: 'http://localhost:9000',
    localApi: 'http://localhost:9001',
  })
  return render(App, {
    props: { playground, copyText: () => Promise.resolve(false), download: () => undefined },
  }).body
}
