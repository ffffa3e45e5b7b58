import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kind, typeSecrets } from './journey.ts'
import { type Trace, tracesIn } from './traces.ts'

/** What a browser has on the disk once it is closed. */
export interface OnDisk {
  /** Of what it keeps, which the search has to find. */
  readonly notFound: readonly string[]
  /** Secrets by what they are, each with a file that has it and how. */
  readonly leaked: readonly string[]
  /** In how many places the search found anything. */
  readonly places: number
}

/** Types secrets into the built page in a browser with a profile of its own, closes it, and searches the whole profile. */
export async function secretsOnDisk(kind: Kind, executablePath: string): Promise<OnDisk> {
  const profile = mkdtempSync(join(tmpdir(), `playground-${kind}-`))
  try {
    const { kept, secret } = await typeSecrets(kind, executablePath, profile)
    const traces = tracesIn(profile, [...Object.values(kept), ...Object.values(secret)])
    return {
      notFound: Object.entries(kept).flatMap(([name, text]) =>
        placesOf(traces, text).length > 0 ? [] : [name],
      ),
      leaked: Object.entries(secret).flatMap(([name, text]) =>
        placesOf(traces, text).map(({ file, form }) => `${name}: ${file}, ${form}`),
      ),
      places: traces.length,
    }
  } finally {
    rmSync(profile, { recursive: true, maxRetries: 5 })
  }
}

const placesOf = (traces: readonly Trace[], text: string): readonly Trace[] =>
  traces.filter((trace) => trace.text === text)
