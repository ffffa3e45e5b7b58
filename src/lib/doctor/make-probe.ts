import type { Exchange, HttpRequest } from '../http/message.ts'
import { wireOf, type Engine, type ProbeResult, type Result } from './evidence.ts'
import type { Probe } from './probe.ts'

/** What a probe is made with. What is sent is recorded: the page makes no request that History does not list. */
export interface Instruments {
  readonly engine: Engine
  /** `timeout` in milliseconds. */
  send(request: HttpRequest, purpose: string, timeout: number): Promise<Exchange>
  openSocket(url: string, purpose: string, timeout: number): Promise<Exchange>
  /** Milliseconds of the Resource Timing entry; `undefined` where there is none. */
  timing(exchange: Exchange): Promise<number | undefined>
}

/** Makes one probe. */
export async function makeProbe(probe: Probe, instruments: Instruments): Promise<ProbeResult> {
  const { kind, purpose, timeout } = probe
  switch (probe.by) {
    case 'fetch': {
      const exchange = await instruments.send(probe.request, purpose, timeout)
      return { kind, ...measured(exchange), result: await resultOf(exchange, instruments) }
    }
    case 'web-socket': {
      const exchange = await instruments.openSocket(probe.url, purpose, timeout)
      return { kind, ...measured(exchange), result: closed(exchange) }
    }
    case 'timing':
      return compare(probe, instruments)
    default:
      return probe satisfies never
  }
}

const measured = ({ id, duration }: Exchange): Pick<ProbeResult, 'id' | 'duration'> => ({ id, duration })

/** What an exchange came to, as evidence. */
export async function resultOf(
  exchange: Exchange,
  instruments: Pick<Instruments, 'engine' | 'timing'>,
): Promise<Result> {
  const { outcome } = exchange
  switch (outcome.kind) {
    case 'response':
      return { kind: 'answered', status: outcome.response.status }
    case 'opaque':
      return { kind: 'answered', status: null }
    case 'opaque-redirect':
      return { kind: 'redirected' }
    case 'failure':
      if (outcome.partial) return { kind: 'answered', status: outcome.partial.status }
      return {
        kind: 'failed',
        message: outcome.message,
        wire: wireOf(instruments.engine, await instruments.timing(exchange)),
      }
    case 'aborted':
      if (outcome.partial) return { kind: 'answered', status: outcome.partial.status }
      return { kind: 'pending', wire: 'unknown' }
    default:
      return outcome satisfies never
  }
}

function closed({ outcome }: Exchange): Result {
  return outcome.kind === 'failure'
    ? { kind: 'closed', code: Number(outcome.message) }
    : { kind: 'pending', wire: 'unknown' }
}

/** In turn, so that what else the machine does weighs on both alike. */
async function compare(
  { kind, purpose, timeout, request, baseline, times }: Extract<Probe, { by: 'timing' }>,
  instruments: Instruments,
): Promise<ProbeResult> {
  const durations: number[] = []
  const baselines: number[] = []
  let spent = 0
  for (let turn = 1; turn <= times && spent < timeout; turn += 1) {
    const { duration } = await instruments.send(request, `${purpose} ${turn} of ${times}`, timeout - spent)
    const refused = await instruments.send(
      baseline,
      `For comparison, what the browser itself refuses: ${turn} of ${times}`,
      timeout,
    )
    durations.push(duration)
    baselines.push(refused.duration)
    spent += duration + refused.duration
  }
  const result = { kind: 'timed', median: median(durations), baseline: median(baselines) } as const
  return { kind, id: null, duration: spent, result }
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
