import { flushSync, mount } from 'svelte'
import { switchTransport } from './lib/http/switch-transport.ts'
import { isPractice } from './lib/practice/base/origin.ts'
import { download } from './browser/download.ts'
import { browserStore } from './browser/store.ts'
import { submitByClick } from './browser/submit.ts'
import { copyText } from './browser/copy-text.ts'
import type { Place } from './state/base/environment.ts'
import { Playground } from './state/playground.svelte.ts'
import { Relay } from './state/base/relay.svelte.ts'
import './app.css'
import App from './App.svelte'
import { doneTo, meanwhileOf, redo, rememberDrawer } from './take-over.ts'

const meta = (name: string): string | undefined =>
  document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content

const clock = { now: () => Date.now(), monotonic: () => performance.now() }

/** The practice servers of a page load, with keys of their own, each made when it is first asked. */
const loadPractice = once(async () => {
  const { createPracticeServers, practiceTransport } = await import('./lib/practice/index.ts')
  return practiceTransport(createPracticeServers({ now: clock.now }), self.origin)
})

const loadNetwork = once(async () => (await import('./browser/network.ts')).browserNetwork())

const loadProber = once(async () => (await import('./browser/prober.ts')).browserProber())

/** What is kept is of this copy of the page: another one of its origin, under another path, has a name of its own. */
const name = 'client-credentials-playground'
const ownName = `${name} ${location.pathname.replace(/[^/]*$/, '')}`

const loadKeyStore = once(async () =>
  (await import('./browser/key-store.ts')).browserKeyStore(`${ownName} keys`),
)

const transport = switchTransport(loadNetwork, { serves: isPractice, load: loadPractice })

/** In a page built for it by `npm start -- --relay` only: a page that anybody else serves contains none of it. */
const relay =
  import.meta.env.MODE === 'relay'
    ? new Relay(
        meta('relay')?.split(' ') ?? [],
        transport,
        once(async () => {
          const { relayTransport } = await import('./browser/relay-transport.ts')
          return relayTransport((input, init) => fetch(input, init))
        }),
      )
    : null

function placeOf({ protocol }: Location): Place {
  if ((crypto as Partial<Crypto>).subtle === undefined) return 'insecure'
  if (protocol === 'file:') return 'disk'
  return self.origin === 'null' ? 'opaque' : 'ordinary'
}

const place = placeOf(location)
const store = browserStore(ownName, name)

// Pages opened as files share their storage: what one keeps, all could use.
const keyStore = place === 'ordinary' ? loadKeyStore : null

const session = once(async () => (await import('./browser/session.ts')).browserSession(ownName))

const playground = new Playground({
  clock,
  transport: relay?.transport ?? transport,
  relay,
  prober: loadProber,
  browser: { origin: self.origin, userAgent: navigator.userAgent, languages: navigator.languages },
  place,
  address: location.href.replace(/[?#].*/s, ''),
  store,
  session,
  keyStore,
  forget: async () => (await import('./browser/leaving.ts')).forget(store, keyStore, await session()),
  localIssuer: meta('local-authorization-server') ?? 'http://localhost:9000',
  localApi: meta('local-api') ?? 'http://localhost:9001',
  nextToPage: async (name) => (await import('./browser/next-to-page.ts')).nextToPage(name),
  whenNewer: (say) => {
    // A browser that denies storage has none, and a part that did not load is said elsewhere.
    if (import.meta.env.MODE !== 'one-file' && place === 'ordinary') useWorker(say).catch(() => undefined)
  },
})

/** Replaces what was shown before this script was there, once the page is made: if that fails, the notice in it remains. */
function takeOver(firstScreen: HTMLElement): void {
  const done = doneTo(firstScreen)
  const askedDrawer = rememberDrawer(document)
  const meanwhile = meanwhileOf(firstScreen, playground.connection)
  const page = document.createElement('div')
  const reload = () => {
    location.reload()
  }
  mount(App, { target: page, props: { playground, copyText, download, reload, askedDrawer, meanwhile } })
  firstScreen.replaceChildren(page)
  flushSync()
  redo(done, page)
  submitByClick()
}

/** What a token will need, or its absence: later it may be out of reach. */
const fetchAhead = once(() =>
  Promise.allSettled([
    import('./lib/oauth/token/understand.ts'),
    loadNetwork(),
    loadPractice(),
    import('./lib/jwt/verify/verify.ts'),
    import('./state/connection-checks.svelte.ts'),
    loadProber(),
    playground.keys.load(),
    import('./browser/once-loaded.ts').then(({ onceLoaded }) => onceLoaded(playground, store)),
  ]),
)

/**
 * A page on a host has a worker, once all else is there. One that our own program serves has none, and removes what is left there: the
 * program is on the same machine, and its port will be that of another build, or of another page.
 */
async function useWorker(say: (reload: () => void) => void): Promise<void> {
  await fetchAhead()
  const { removeWorker, startWorker } = await import('./browser/own-worker.ts')
  await (import.meta.env.MODE === 'production' && meta('served-by') === undefined
    ? startWorker(say)
    : removeWorker())
}

/** A link is shown before anything of it is used, also one that comes while the page is open. */
async function openLink(): Promise<void> {
  // Places in the page have names that begin with a letter.
  if (/^#\d/.test(location.hash)) (await import('./browser/link.ts')).openLink(playground)
}

// The script in the HTML has seen whether this browser has what the page needs.
if (document.documentElement.dataset['lacks'] === undefined) {
  takeOver(document.getElementById('app') ?? document.body)
  addEventListener('hashchange', () => void openLink())
  void openLink()
  // Once the form is usable and the request is next to it.
  void import('./ui/ExchangeSide.svelte').then(fetchAhead, fetchAhead)
}

/** Makes a thing once; a failed attempt is not remembered, so that the next one can succeed. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined
      throw error
    })
    return made
  }
}
