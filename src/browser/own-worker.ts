/** What is used of Trusted Types, which the types of a page do not have. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: () => string },
  ): { createScriptURL(text: string): string }
}

const hour = 3_600_000

/** The worker of this path, of whatever version. */
const file = './sw.js'

/**
 * Registers the page's own service worker, which keeps the files of the page. Calls back once a newer version of the page is there, with
 * what reloads it. The browser looks for one whenever the page is opened; a tab to which the user returns after an hour looks, too.
 * Without a worker, as in a private window or with a host that has no `sw.js`, nothing is kept and nothing is said.
 */
export async function startWorker(newer: (reload: () => void) => void): Promise<void> {
  const serviceWorker = container()
  if (!serviceWorker) return
  const script = document.querySelector<HTMLScriptElement>('script[src]')?.src
  serviceWorker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    // The files of the version that is in control from now on. It may be that of this page, or, until this page has its worker, of
    // another copy in a folder above.
    if (!Array.isArray(data) || !data.includes(folderOfPage()) || data.includes(script)) return
    newer(() => {
      location.reload()
    })
  })
  const registration = await registered(serviceWorker)
  let looked = performance.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' || performance.now() - looked < hour) return
    looked = performance.now()
    // Offline; or the host has none any more.
    registration?.update().catch(() => undefined)
  })
}

/** Nothing if the browser or the host has none for this page. */
async function registered(workers: ServiceWorkerContainer): Promise<ServiceWorkerRegistration | undefined> {
  try {
    return await workers.register(fileAsTrusted())
  } catch {
    return undefined
  }
}

/** The one policy of the page for scripts by URL yields this one. */
function fileAsTrusted(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  return trustedTypes?.createPolicy('own-worker', { createScriptURL: () => file }).createScriptURL('') ?? file
}

/** Removes the worker that a copy of the page left at this address, with what it keeps. */
export async function removeWorker(): Promise<void> {
  const scope = folderOfPage()
  const left = await container()?.getRegistration()
  if (left?.scope !== scope) return
  await left.unregister()
  const names = await caches.keys()
  const own = names.filter((name) => name.startsWith(`client-credentials-playground ${scope} `))
  await Promise.all(own.map((name) => caches.delete(name)))
}

const folderOfPage = () => new URL('./', location.href).href

/** Firefox has none in some private windows, whatever the types say. */
const container = () => (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker
