import type { Engine } from '../../http/engine.ts'
import type { Exchange, HttpRequest } from '../../http/message.ts'
import { wireOf, type Durations, type ProbeResult, type Result } from '../evidence/evidence.ts'
import type { Probe } from './probe.ts'

/** What a probe is made with. What is sent is recorded too: the page makes no request that History does not list. */
export interface Instruments {
  readonly engine: Engine
  /** `timeout` in milliseconds. */
  send(request: HttpRequest, purpose: string, timeout: number): Promise<Exchange>
  openSocket(url: string, purpose: string, timeout: number): Promise<Exchange>
  /** Enters it into History. What the page does with a record takes time, so a series is recorded at its end. */
  record(exchange: Exchange): void
  /** Milliseconds of the Resource Timing entry; `undefined` if there is none. */
  timing(exchange: Exchange): Promise<number | undefined>
}

/** Makes one probe. */
export async function makeProbe(probe: Probe, instruments: Instruments): Promise<ProbeResult> {
  const { kind, purpose, timeout } = probe
  switch (probe.by) {
    case 'fetch': {
      const exchange = await instruments.send(probe.request, purpose, timeout)
      instruments.record(exchange)
      return { kind, ...measured(exchange), result: await resultOf(exchange, instruments) }
    }
    case 'web-socket': {
      const exchange = await instruments.openSocket(probe.url, purpose, timeout)
      instruments.record(exchange)
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
  const made: Exchange[] = []
  const refused: Exchange[] = []
  let spent = 0
  for (let turn = 1; turn <= times && spent < timeout; turn += 1) {
    const nth = `${turn} of ${times}`
    const one = await instruments.send(request, `${purpose} ${nth}`, timeout - spent)
    const other = await instruments.send(
      baseline,
      `What the browser itself refuses, for comparison: ${nth}`,
      timeout,
    )
    made.push(one)
    refused.push(other)
    spent += one.duration + other.duration
  }
  // What the browser refuses is not sent, and no entry of History.
  for (const exchange of made) instruments.record(exchange)
  const result = { kind: 'timed', target: durations(made), baseline: durations(refused) } as const
  return { kind, id: null, duration: spent, result }
}

function durations(exchanges: readonly Exchange[]): Durations {
  const sorted = exchanges.map(({ duration }) => duration).sort((a, b) => a - b)
  const at = (part: number) => sorted[Math.floor(sorted.length * part)] ?? 0
  return { median: at(1 / 2), third: at(1 / 3) }
}
