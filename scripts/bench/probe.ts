import type { Page } from '@playwright/test'

/** Helps inside the page that is measured. Times are those of `performance.now()`. */
interface Probe {
  /** When the form could first be typed in: the frame after its last field was there. */
  readonly usable: Promise<number>
  /** When the button could first be pressed, and the frame after it. */
  readonly works: Promise<{ readonly mounted: number; readonly painted: number }>
  /** When the largest piece of the page was painted, and how much what was there before has moved: the sum of all shifts. */
  vitals(): { readonly largestPaint: number; readonly shift: number }
  /** Durations of the tasks of 50 ms or more since the last call. */
  longTasks(): Promise<number[]>
  /** Resolves as soon as a change of the document makes it true. */
  when(condition: () => boolean): Promise<void>
  /** The time when the next frame has been made. */
  nextFrame(): Promise<number>
  button(): HTMLButtonElement | undefined
  /** The text of what has that accessible name; empty if nothing has. */
  text(label: string): string
  /** Presses the button, and waits for a token other than the one on screen, in every view that shows it. */
  press(): Promise<{ readonly inDocument: number; readonly painted: number }>
}

declare global {
  var probe: Probe
}

/** Makes `probe` in every page that is opened from now on. */
export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let tasks: number[] = []
    new PerformanceObserver((list) => {
      tasks.push(...list.getEntries().map(({ duration }) => duration))
    }).observe({ type: 'longtask', buffered: true })

    let largestPaint = Number.NaN
    new PerformanceObserver((list) => {
      for (const { startTime } of list.getEntries()) largestPaint = startTime
    }).observe({ type: 'largest-contentful-paint', buffered: true })

    let shift = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shift += (entry as PerformanceEntry & { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })

    const when = (condition: () => boolean) =>
      new Promise<void>((resolve, reject) => {
        const observer = new MutationObserver(check)
        observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
        const timer = setTimeout(() => reject(new Error(`Not so after 30 s: ${String(condition)}`)), 30_000)
        check()
        function check() {
          if (!condition()) return
          observer.disconnect()
          clearTimeout(timer)
          resolve()
        }
      })

    const nextFrame = () =>
      new Promise<number>((resolve) => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now())
        requestAnimationFrame(() => port2.postMessage(null))
      })

    const button = () =>
      [...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === 'Get token')
    // Before the script of a page is there, its button sends no form.
    const enabled = () => button()?.disabled === false && button()?.type === 'submit'
    const text = (label: string) => document.querySelector(`[aria-label="${label}"]`)?.textContent ?? ''

    globalThis.probe = {
      usable: when(() => button() !== undefined).then(nextFrame),
      works: when(enabled).then(async () => ({ mounted: performance.now(), painted: await nextFrame() })),
      vitals: () => ({ largestPaint, shift }),
      longTasks: async () => {
        // The observer hears of a task some time after its end.
        await new Promise((resolve) => setTimeout(resolve, 200))
        const found = tasks
        tasks = []
        return found
      },
      when,
      nextFrame,
      button,
      text,
      press: async () => {
        await when(enabled)
        const before = text('Access token')
        const start = performance.now()
        button()?.click()
        await when(() => {
          const token = text('Access token')
          return token !== '' && token !== before && text('Raw response').includes(token)
        })
        const inDocument = performance.now() - start
        return { inDocument, painted: (await nextFrame()) - start }
      },
    }
  })
}
