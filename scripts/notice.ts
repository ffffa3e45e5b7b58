import { minifySync } from 'vite'
import { neededFeatures, supportedBrowsers } from './supported.ts'

/** How the page is delivered: as a folder of files, or as one file. */
export type Delivery = 'folder' | 'file'

/** A reason for which the page has not started, and what to do. `<code>` is filled in by the script, with what it found. */
interface Cause {
  readonly words: string
  /** The deliveries it can happen to; both unless named. */
  readonly only?: Delivery
}

/** Each by its class; the script names these. If the script was not let run, only the last is shown. */
const causes = {
  old: { words: `This browser is too old: it lacks <code></code>. Use ${supportedBrowsers}.` },
  disk: {
    words:
      'It was opened from disk, and browsers load no scripts from there. Open <a href="./playground.html">playground.html</a>, the same page in one file, or put the folder on a web server.',
    only: 'folder',
  },
  frame: {
    words:
      'Its frame is sandboxed without <code>allow-same-origin</code>. Add that, or open <a href="" target="_blank">the page by itself</a>.',
    only: 'folder',
  },
  asset: {
    words:
      '<code></code> did not load. Reload the page: a newer version may be there. If that does not help, whoever hosts it has to upload the whole folder again. <button type="button">Reload</button>',
    only: 'folder',
  },
  error: { words: 'Its script stopped: <code></code>.' },
  policy: {
    words: `Its script did not run, or has not loaded yet. JavaScript may be switched off, or forbidden by an extension, by a Content-Security-Policy of the server, or by a frame sandboxed without <code>allow-scripts</code>. Or the browser is too old: use ${supportedBrowsers}.`,
  },
} as const satisfies Readonly<Record<string, Cause>>

type CauseName = keyof typeof causes

/**
 * Said over the page until its script has taken over, which removes it together with the form of the HTML. Before the page has
 * loaded nobody sees it, unless that is very long.
 */
export function noticeMarkup(delivery: Delivery): string {
  const rows = Object.entries<Cause>(causes).filter(([, { only = delivery }]) => only === delivery)
  const items = rows.map(([name, { words }]) => `<li class="${name}">${words}</li>`)
  return `<div id="notice" role="alert"><div><h2>This page has not started</h2><ul>${items.join('')}</ul></div></div>`
}

/** Plain enough for a browser of any age; what an old one does not understand has a value before it. */
export const noticeStyles = [
  '#notice{position:fixed;top:0;left:0;z-index:9;width:100%;height:100%;overflow:auto;visibility:hidden;background:#0009;animation:notice 0s 30s forwards}',
  '#notice.shown{visibility:visible}',
  '@keyframes notice{to{visibility:visible}}',
  '#notice div{max-width:36rem;margin:10vh auto;padding:1rem 1.5rem;border-radius:6px;background:#fff;color:#000;background:var(--surface);color:var(--ink)}',
  '#notice ul{margin:.5rem 0 0;padding:0;list-style:none;overflow-wrap:anywhere}',
  '#notice li{display:none}',
  '#notice .policy,#notice.shown li{display:block}',
  '#notice button{display:block;margin-top:.75rem}',
  'noscript{display:block;padding:.75rem}',
].join('')

/**
 * The script in the HTML, before any file is asked for: one of the folder goes to the address with a slash at its end if that
 * is missing; both see what the browser lacks, and say why the page has not started once it has loaded.
 */
export function noticeScript(delivery: Delivery): string {
  const tests = Object.entries(neededFeatures).map(([name, test]) => `${test}||${JSON.stringify(name)}`)
  const lacks = `[${tests.join(',')}].find(x=>x!==true)`.replaceAll('root', 'document.documentElement')
  const calls = [
    ...(delivery === 'folder' ? [`(${String(addSlash)})(location)`] : []),
    `(${String(watch)})(${lacks},document.documentElement,${String(delivery === 'folder')})`,
  ]
  const { code, errors } = minifySync('notice.js', calls.join(';'), {
    module: false,
    compress: { target: 'es2015' },
  })
  const [error] = errors
  if (error) throw new Error(error.message)
  return code.trim()
}

// What follows becomes text of the page as it is: each function knows its own names only, in the syntax of 2015.

/**
 * A host that serves index.html at `/playground` lets its files be looked up in `/`. What ends like the name of a file is
 * left alone; a version such as `/v1.2` is no such name. A host that removes the slash again is asked once: the tab remembers
 * that until an address has its slash.
 */
function addSlash({ pathname, protocol }: Location): void {
  const asked = 'playground-slash'
  try {
    if (/(^|\/)(index|.*\.[a-z]\w*|)$/i.test(pathname)) sessionStorage.removeItem(asked)
    else if (protocol !== 'file:' && sessionStorage.getItem(asked) !== pathname) {
      sessionStorage.setItem(asked, pathname)
      location.pathname = `${pathname}/`
    }
  } catch (error) {
    // Nothing may be stored, as in a sandboxed frame, in which a page of files does not start anyway.
    if (!(error instanceof DOMException)) throw error
  }
}

/** `lacks` is the first feature that the browser does not have, if there is one. */
function watch(lacks: string | undefined, root: HTMLElement, inFolder: boolean): void {
  let cause: CauseName = 'policy'
  let found = lacks
  if (lacks) root.dataset['lacks'] = lacks
  // What does not load tells its own element only, which is seen on the way down.
  addEventListener(
    'error',
    ({ message, target }) => {
      cause = message ? 'error' : 'asset'
      found = message || (target as HTMLScriptElement).src
    },
    true,
  )
  addEventListener('load', () => {
    const notice = document.getElementById('notice')
    if (!notice) return
    if (inFolder && self.origin === 'null') cause = 'frame'
    if (inFolder && location.protocol === 'file:') cause = 'disk'
    if (lacks) cause = 'old'
    notice.className = 'shown'
    ;(notice.previousElementSibling as HTMLElement).inert = true
    notice.querySelectorAll('li').forEach((row) => {
      if (row.className !== cause) row.remove()
    })
    const detail = notice.querySelector('code:empty')
    if (detail) detail.textContent = lacks || found || ''
    const button = notice.querySelector('button')
    if (button)
      button.onclick = () => {
        location.reload()
      }
  })
}
