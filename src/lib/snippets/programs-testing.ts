import { execFile, type ExecFileOptions } from 'node:child_process'
import { constants } from 'node:fs'
import { access, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { renderers } from './renderers.ts'

/** A snippet with a number that no other has. */
interface Snippet {
  readonly id: number
  readonly code: string
}

/** How the snippets of a language are run: all of them at once, as starting a program takes longest. */
export interface Program {
  readonly needs: readonly string[]
  /** A command that fails if one of them lacks what the code uses. */
  readonly works?: readonly [string, ...string[]]
  /** Files to write into an empty directory, by name, and the commands to run there one after the other. */
  readonly files: (snippets: readonly Snippet[]) => Readonly<Record<string, string>>
  readonly commands: (snippets: readonly Snippet[]) => readonly (readonly [string, ...string[]])[]
  /** What of a URL it cannot send as it is. */
  readonly encodes?: RegExp
}

/** oauth4webapi makes a request of its own and has a test of its own. */
type Language = Exclude<keyof typeof renderers, 'oauth4webapi'>

const named = (snippets: readonly Snippet[], ending: string): Record<string, string> =>
  Object.fromEntries(snippets.map(({ id, code }) => [`${id}.${ending}`, code]))

const each = (snippets: readonly Snippet[], line: (id: number) => string): string =>
  snippets.map(({ id }) => `${line(id)}\n`).join('')

/** The languages whose programs are on this machine. */
export const programs: Readonly<Partial<Record<Language, Program>>> = {
  curl: {
    needs: ['sh', 'curl'],
    files: (snippets) => ({ ...named(snippets, 'sh'), all: each(snippets, (id) => `. ./${id}.sh`) }),
    commands: () => [['sh', 'all']],
  },
  curlPowerShell: {
    needs: ['pwsh', 'curl'],
    files: (snippets) => ({
      ...named(snippets, 'ps1'),
      'all.ps1': `Set-Alias curl.exe curl\n${each(snippets, (id) => `. ./${id}.ps1`)}`,
    }),
    commands: () => [['pwsh', '-NoProfile', '-NonInteractive', '-File', 'all.ps1']],
  },
  javascript: {
    needs: ['node'],
    files: (snippets) => ({
      ...named(snippets, 'mjs'),
      'all.mjs': each(snippets, (id) => `await import('./${id}.mjs')`),
    }),
    commands: () => [['node', 'all.mjs']],
  },
  python: {
    needs: ['python3'],
    files: (snippets) => ({
      ...named(snippets, 'py'),
      'all.py': each(snippets, (id) => `exec(open('${id}.py', encoding='utf-8').read(), {})`),
    }),
    commands: () => [['python3', '-I', 'all.py']],
  },
  go: {
    needs: ['go'],
    files: (snippets) => ({
      ...named(
        snippets.map(({ id, code }) => ({
          id,
          code: code.replace('func main() {', `func request${id}() {`),
        })),
        'go',
      ),
      'all.go': `package main\nfunc main() {\n${each(snippets, (id) => `request${id}()`)}}\n`,
    }),
    commands: (snippets) => [['go', 'run', ...snippets.map(({ id }) => `${id}.go`), 'all.go']],
  },
  java: {
    needs: ['java', 'javac'],
    encodes: /[|{}]|%(?![\dA-Fa-f]{2})/g,
    files: (snippets) => ({
      ...named(
        snippets.map(({ id, code }) => ({
          id,
          code: code.replace('class Request {', `class Request${id} {`),
        })),
        'java',
      ),
      'All.java': `class All {\npublic static void main(String[] none) throws Exception {\n${each(snippets, (id) => `Request${id}.main(none);`)}}\n}\n`,
    }),
    commands: (snippets) => [
      ['javac', '-proc:none', ...snippets.map(({ id }) => `${id}.java`), 'All.java'],
      ['java', '-XX:TieredStopAtLevel=1', 'All'],
    ],
  },
  php: {
    needs: ['php'],
    works: ['php', '-r', 'exit(function_exists("curl_init") ? 0 : 1);'],
    files: (snippets) => ({
      ...named(snippets, 'php'),
      all: `<?php ${each(snippets, (id) => `include '${id}.php';`)}`,
    }),
    commands: () => [['php', 'all']],
  },
}

/** What this machine lacks of a language. */
export async function missing({ needs, works }: Pick<Program, 'needs' | 'works'>): Promise<string[]> {
  const directories = (process.env['PATH'] ?? '').split(delimiter)
  const found = await Promise.all(
    needs.map(async (name) => {
      const tries = directories.map((directory) => access(join(directory, name), constants.X_OK))
      return Promise.any(tries).then(
        () => true,
        () => false,
      )
    }),
  )
  const absent = needs.filter((_, index) => !found[index])
  if (absent.length > 0 || works === undefined) return absent
  const [command, ...options] = works
  return execute(command, options, {}).then(
    () => [],
    () => [`${needs.join(' and ')} with all that is needed`],
  )
}

/** Runs the snippets in a directory. Rejects with what the program wrote when it failed. */
export async function run(
  { files, commands }: Program,
  snippets: readonly Snippet[],
  directory: string,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const env = { ...process.env, GOPROXY: 'off', GO111MODULE: 'off', ...variables }
  await Promise.all(
    Object.entries(files(snippets)).map(([name, text]) => writeFile(join(directory, name), text)),
  )
  for (const [command, ...options] of commands(snippets)) {
    await execute(command, options, { cwd: directory, env })
  }
}

async function execute(command: string, options: readonly string[], where: ExecFileOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    execFile(command, options, where, (error, out, err) => {
      if (error) reject(new Error(`${command}: ${String(err) || error.message}\n${String(out)}`))
      else resolve()
    })
  })
}
