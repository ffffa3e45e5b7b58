/** What is used of the global object of a service worker, which the types of a page do not have. */
interface WorkerScope {
  readonly caches: CacheStorage
  readonly registration: { readonly scope: string }
  readonly clients: {
    claim(): Promise<void>
    matchAll(options: {
      readonly type: 'window'
    }): Promise<readonly { postMessage(message: unknown): void }[]>
  }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void
}

interface Lasting {
  waitUntil(done: Promise<unknown>): void
}

interface Fetching {
  readonly request: Request
  respondWith(response: Promise<Response>): void
}

/**
 * The service worker of the page. It keeps the files of its build, so that the page opens without a network, and those of the two
 * builds before, so that a tab from before a redeploy still finds its own; and the lessons that whoever hosts the page has written,
 * once they were read. It has nothing to do with any other request: not with other
 * origins, other paths, a query, or another method. What has its hash in its name comes from what is kept; all else is asked
 * of the host, as if there were no worker, and comes from what is kept only if the host cannot be reached.
 *
 * Becomes the text of `sw.js` as it is, so it knows its own names only.
 * @param files paths below the scope, with the hash that the browser checks them by
 * @see https://w3c.github.io/ServiceWorker/
 */
export function worker(self: WorkerScope, version: string, files: Readonly<Record<string, string>>): void {
  const { caches, clients } = self
  const { scope } = self.registration
  /** Of this copy of the page: another path of this origin may have another. */
  const mine = `client-credentials-playground ${scope} `
  const page = 'index.html'
  const patience = 5000

  const urlOf = (name: string) => scope + (name === page ? '' : name)

  /** Oldest first. */
  const versions = async () => (await caches.keys()).filter((name) => name.startsWith(mine))

  async function keep(): Promise<void> {
    const responses = await Promise.all(
      Object.entries(files).map(async ([name, integrity]) => {
        const cache = name.startsWith('assets/') ? 'default' : 'no-cache'
        const response = await fetch(urlOf(name), { integrity, cache, redirect: 'error' })
        if (!response.ok) throw new Error(`${name}: ${response.status}`)
        return [name, response] as const
      }),
    )
    // All are there, so the version is whole.
    const cache = await caches.open(mine + version)
    await Promise.all(responses.map(([name, response]) => cache.put(urlOf(name), response)))
    await self.skipWaiting()
  }

  async function begin(): Promise<void> {
    const others = (await versions()).filter((name) => name !== mine + version)
    await Promise.all(others.slice(0, -2).map((name) => caches.delete(name)))
    await clients.claim()
    const urls = Object.keys(files).map(urlOf)
    for (const client of await clients.matchAll({ type: 'window' })) client.postMessage(urls)
  }

  /** This build's, else the newest of those before. */
  async function kept(url: string): Promise<Response | undefined> {
    for (const name of [mine + version, ...(await versions()).reverse()]) {
      const response = await caches.match(url, { cacheName: name })
      if (response) return response
    }
    return undefined
  }

  async function byHost(request: Request, url: string): Promise<Response> {
    const coming = fetch(request)
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, patience))
    const first = await Promise.race([coming.catch(() => undefined), late])
    return first ?? (await kept(url)) ?? coming
  }

  /** What may change without a build: the last one that came is kept. */
  async function byHostLast(request: Request, url: string): Promise<Response> {
    const response = await byHost(request, url)
    const copy = response.ok ? response.clone() : null
    if (copy)
      await caches.open(mine + version).then(
        (cache) => cache.put(url, copy),
        () => undefined,
      )
    return response
  }

  self.addEventListener('install', (event) => {
    event.waitUntil(keep())
  })
  self.addEventListener('activate', (event) => {
    event.waitUntil(begin())
  })
  self.addEventListener('fetch', (event) => {
    const { request } = event
    const [url = ''] = request.url.split('#')
    const name = url.slice(scope.length) || page
    if (request.method !== 'GET' || !url.startsWith(scope)) return
    if (/^assets\/[\w-]+\.(js|css)$/.test(name))
      event.respondWith(
        kept(url)
          // The browser may have lost what it kept.
          .catch(() => undefined)
          .then((response) => response ?? fetch(request)),
      )
    else if (name === 'lessons.json') event.respondWith(byHostLast(request, url))
    else if (Object.hasOwn(files, name)) event.respondWith(byHost(request, urlOf(name)))
  })
}
