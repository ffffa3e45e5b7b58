import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, relative } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { PlaygroundPage } from '../browser/playground-page.ts'

/** A step of a guide as the page shows it: a script, a whole file, or words for what is done by hand. */
export interface GuideStep {
  readonly section: string
  readonly text: string
  readonly code: string
  readonly what:
    { readonly kind: 'shell' } | { readonly kind: 'file'; readonly path: string } | { readonly kind: 'words' }
}

/** The steps of these sections of the guide that the page shows for what is in the form, in that order. */
export async function readGuide(
  playground: PlaygroundPage,
  sections: readonly string[],
): Promise<GuideStep[]> {
  await playground.unfold('Setup: ')
  const steps: GuideStep[] = []
  for (const section of sections) {
    const fold = await playground.unfold(section)
    for (const item of await fold.locator('.steps > li').all()) {
      const read = async (selector: string) =>
        (await item.locator(selector).count()) > 0 ? ((await item.locator(selector).textContent()) ?? '') : ''
      const file = await read('.code > code')
      const language = await read('.row > span.muted')
      const what =
        file !== ''
          ? { kind: 'file' as const, path: file }
          : { kind: language === 'shell' ? ('shell' as const) : ('words' as const) }
      steps.push({ section, text: await read('p'), code: await read('pre'), what })
    }
  }
  return steps
}

interface Workplace {
  /** What the terminal has besides. */
  readonly env: Readonly<Record<string, string>>
  /** Folders of programs that the guide expects in the PATH. */
  readonly path: readonly string[]
  /** Responds as soon as the server runs that the guide starts; `null` if it runs already. */
  readonly url: string | null
}

/** A program of a guide, and how it ends if it does. */
interface Running {
  readonly pid: number | undefined
  readonly ended: Promise<number>
}

/** Follows a guide in a new folder, to the letter, and ends what it has started. */
export class Follower {
  readonly #folder = mkdtempSync(join(tmpdir(), 'playground-guide-'))
  readonly #running: Running[] = []

  constructor(readonly workplace: Workplace) {}

  /**
   * Does the steps that a program can do. Rejects with what a script printed if it fails, unless that is one of
   * `stops`; and rejects if one of them was not printed by any that failed.
   */
  async follow(steps: readonly GuideStep[], stops: RegExp | readonly RegExp[] = []): Promise<void> {
    const expected = [stops].flat()
    const met = new Set<RegExp>()
    for (const { what, code, text } of steps) {
      if (what.kind === 'words') continue
      if (what.kind === 'file') {
        this.#write(what.path, code)
        continue
      }
      const { status, printed } = await this.#run(code, expected)
      if (status === 0) continue
      const output = printed.join('')
      const found = expected.filter((stop) => stop.test(output))
      if (found.length === 0) throw new Error(`“${text}” ended with ${status}:\n${output.slice(-4000)}`)
      for (const stop of found) met.add(stop)
    }
    const missing = expected.filter((stop) => !met.has(stop))
    if (missing.length > 0) throw new Error(`No step ended with ${missing.join(', ')}`)
  }

  /** Ends what runs, and removes the folder. */
  async end(): Promise<void> {
    for (const { pid } of this.#running) if (pid !== undefined) endGroup(pid)
    await Promise.all(this.#running.map(({ ended }) => ended))
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #write(path: string, content: string): void {
    const file = join(this.#folder, path)
    if (relative(this.#folder, file).startsWith('..'))
      throw new Error(`The file ${path} is outside of the folder.`)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content.endsWith('\n') ? content : `${content}\n`)
  }

  /** Until the script ends, or the server that it is responds: then its status is 0; or until it prints what stops it, and waits for a change. */
  async #run(
    code: string,
    stops: readonly RegExp[],
  ): Promise<{ status: number; printed: readonly string[] }> {
    const { env, path, url } = this.workplace
    const starts = url !== null && !(await responds(url))
    const child = spawn('bash', ['-e', '-c', inOneTerminal(code)], {
      cwd: this.#folder,
      // A group of its own, which ends as a whole.
      detached: true,
      env: {
        ...process.env,
        ...env,
        KC_OPTS: `-Duser.home=${this.#folder}`,
        PATH: [...path, process.env['PATH']].join(delimiter),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const printed: string[] = []
    const stopped = new Promise<number>((resolve) => {
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (chunk: string) => {
          printed.push(chunk)
          if (stops.some((stop) => stop.test(printed.join('')))) resolve(1)
        })
    })
    const ended = new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      // Of a failure, all that was printed counts.
      child.once('exit', (status) => {
        if (status === 0) resolve(0)
      })
      child.once('close', (status) => {
        resolve(status ?? 1)
      })
    })
    this.#running.push({ pid: child.pid, ended })
    const status = await Promise.race(starts ? [ended, stopped, isUp(url, ended)] : [ended, stopped])
    return { status, printed }
  }
}

/** What one script exports, the next one has: a user does all of them in one terminal. */
const inOneTerminal = (code: string): string =>
  `if [ -f .exported ]; then . ./.exported; fi\n${code}\nexport -p >.exported\n`

/** 0 once the URL responds, or how the program that is to serve it ended before. */
async function isUp(url: string, ended: Promise<number>): Promise<number> {
  for (;;) {
    const asked = responds(url).then((up) => (up ? 0 : delay(250, null)))
    const status = await Promise.race([ended, asked])
    if (status !== null) return status
  }
}

async function responds(url: string): Promise<boolean> {
  try {
    await (await fetch(url, { redirect: 'manual' })).arrayBuffer()
    return true
  } catch {
    // Nothing listens yet.
    return false
  }
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGTERM')
  } catch {
    // It has ended by itself.
  }
}
